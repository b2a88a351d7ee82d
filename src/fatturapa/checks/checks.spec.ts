import { describe, expect, it } from 'vitest';
import { readDocument } from '../document/index.js';
import { CHECKS } from './all-checks.js';
import { romeDay } from './days.js';
import { checksRunner } from './runner.js';
import type { CheckCases, Sample } from './testing/cases.js';
import { CASES } from './testing/cases/index.js';
import { RECEIVED } from './testing/documents.js';
import { gapsOf } from './texts.js';
import type { Check, CheckContext } from './types.js';

const contextOf = (sample: Sample): CheckContext => ({ at: RECEIVED, ...sample.context });

function documentOf(bytes: Buffer) {
  const reading = readDocument(bytes);
  if (!reading.ok) throw new Error(`not read: ${JSON.stringify(reading.findings)}`);
  return reading.document;
}

const rowsOf = (code: string): readonly Check[] => CHECKS.filter((check) => check.code === code);
const findingsOf = (code: string, { document, ...sample }: Sample, rows = rowsOf(code)) => checksRunner(rows)(documentOf(document.bytes()), contextOf({ document, ...sample }));
const byCode = new Map<string, CheckCases[]>();
for (const one of CASES) byCode.set(one.code, [...(byCode.get(one.code) ?? []), one]);
const raisesOf = (code: string) => (byCode.get(code) ?? []).flatMap(({ raises }) => raises);
const justOf = (code: string) => (byCode.get(code) ?? []).flatMap(({ just }) => just);

describe('the check table', () => {
  it('has a case that raises each row, one that just does not, and one for each doubt', () => {
    const wanting = CHECKS.flatMap((check) => {
      const made = raisesOf(check.code).flatMap((sample) => findingsOf(check.code, sample, [check]));
      const inForce = justOf(check.code).filter(({ document, context }) => {
        const day = romeDay(context?.at ?? RECEIVED);
        return check.formati.includes(document.formato) && (check.since ?? '') <= day && day <= (check.until ?? '9999');
      });
      const lacks = [
        ...(made.some(({ severity }) => severity === check.severity) ? [] : ['raises']),
        ...(inForce.length > 0 ? [] : ['just']),
        ...(!check.doubt || check.severity === 'warning' || made.some(({ severity }) => severity === 'warning') ? [] : ['doubt']),
      ];
      return lacks.map((what) => `${check.code} ${check.formati.join(' ')} ${check.since ?? ''}..${check.until ?? ''}: ${what}`);
    });
    expect(wanting).toEqual([]);
  });

  it('has no case of a code that it does not have', () => {
    expect(CASES.map(({ code }) => code).filter((code) => rowsOf(code).length === 0)).toEqual([]);
  });

  it('has texts in both languages with the same gaps, a source and days in order', () => {
    for (const check of CHECKS) {
      const texts = [check.title, check.reason, check.mend, ...(check.practice ? [check.practice] : []), ...(check.doubt ? [check.doubt.reason, check.doubt.mend] : [])];
      for (const text of texts) {
        expect(text.it.trim() && text.en.trim(), check.code).not.toBe('');
        expect(gapsOf({ it: text.it, en: '' }).toSorted(), `${check.code}: ${text.en}`).toEqual(gapsOf({ it: '', en: text.en }).toSorted());
      }
      expect(check.source, check.code).not.toBe('');
      expect((check.since ?? '') <= (check.until ?? '9999'), check.code).toBe(true);
    }
  });
});

describe.each([...byCode.keys()].toSorted())('%s', (code) => {
  it.each(raisesOf(code))('is raised: $what', (sample) => {
    const findings = findingsOf(code, sample);
    expect(findings.map((finding) => finding.code)).toEqual(Array.from({ length: sample.count ?? 1 }, () => code));
    const [first] = findings;
    expect(first?.severity).toBe(sample.severity ?? rowsOf(code)[0]?.severity);
    if (sample.path !== undefined) expect(first?.path).toBe(sample.path);
    for (const { message, fix } of findings) for (const text of [message, fix]) expect(`${text?.it} ${text?.en}`).not.toMatch(/[{}]|undefined|NaN/);
    if (sample.patched === false) for (const finding of findings) expect(finding.patch).toBeUndefined();
    if (sample.patched) {
      expect(first?.patch).toBeDefined();
      expect(findingsOf(code, { ...sample, document: sample.document.patched(first?.patch ?? []) })).toEqual([]);
    } else if (first?.patch) expect(findingsOf(code, { ...sample, document: sample.document.patched(first.patch) }).length).toBeLessThan(findings.length);
  });

  it.each(justOf(code))('is just not: $what', (sample) => expect(findingsOf(code, sample)).toEqual([]));
});
