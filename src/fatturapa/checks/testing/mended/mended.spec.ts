import { describe, expect, it } from 'vitest';
import { validateFile } from '../../../validate/index.js';
import { RECEIVED, type TestDocument } from '../documents.js';
import { MENDED } from './pairs.js';

const findingsOf = (document: TestDocument) => validateFile(document.bytes(), { at: RECEIVED }).verdict.findings;
const errorsOf = (document: TestDocument) => findingsOf(document).filter(({ severity }) => severity === 'error');

/** The lines that stand in one text and not in the other: what the accountant has typed. */
function typed(before: TestDocument, after: TestDocument): readonly string[] {
  const left = before.xml().split('\n');
  return after
    .xml()
    .split('\n')
    .filter((line) => {
      const at = left.indexOf(line);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
}

/** Element names and value of one line. */
function partsOf(line: string): { readonly name: string; readonly value: string } {
  const match = /<([A-Za-z]+)>(?:([^<]*)<)?/.exec(line);
  return { name: match?.[1] ?? '', value: match?.[2] ?? '' };
}

it('are ten', () => expect(MENDED).toHaveLength(10));

describe.each(MENDED)('$what', ({ before, after, findings, papers = [] }) => {
  it('is refused, and the Italian findings say where and how', () => {
    const errors = errorsOf(before);
    expect(errors.map(({ code }) => code)).toEqual(findings.map(({ code }) => code));
    findings.forEach(({ place, says, asks }, index) => {
      const error = errors[index];
      expect(error?.path?.endsWith(place), `${error?.path} should end with ${place}`).toBe(true);
      expect(error?.line).toBeGreaterThan(1);
      expect(error?.message.it).toContain(says);
      expect(error?.fix?.it).toContain(asks);
    });
  });

  it('is accepted as mended, without a warning for the mend', () => {
    expect(errorsOf(after)).toEqual([]);
    const warned = new Set(findingsOf(before).filter(({ severity }) => severity === 'warning').map(({ code }) => code));
    expect(findingsOf(after).filter(({ severity, code }) => severity === 'warning' && !warned.has(code))).toEqual([]);
  });

  it('needs nothing that is neither in the findings nor in the papers', () => {
    const texts = errorsOf(before)
      .map(({ message, fix, path }) => `${message.it} ${fix?.it} ${path}`)
      .join(' ');
    const lines = typed(before, after);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const { name, value } = partsOf(line);
      if (name) expect(texts).toContain(name);
      // A description is retyped whole; of it the texts name what changes.
      if (value && name !== 'Descrizione') expect(papers.includes(value) || texts.includes(value), `${name} ${value}`).toBe(true);
    }
  });
});
