import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sample, type SampleName } from '../../../test/support/sample.js';
import { applyPatches } from '../build/index.js';
import { readDocument } from '../document/index.js';
import type { Element } from '../document/model.js';
import type { FatturapaFinding } from '../types.js';
import { validateFile } from '../validate/index.js';
import { ordinary, publicAdministration, RECEIVED, simplified } from './testing/documents.js';
import { addLine, addSummary, exempt, exemptWithCassa, withCassa } from './testing/exempt.js';

/** One mistake in a right document: either its patch brings the right value back, or there is no patch. */

const money = (cents: number): string => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;

/** Several rates with the amounts of a day's work, each line right and summed. */
const invoices = fc.record({ rates: fc.subarray([400, 500, 1000, 2200], { minLength: 1 }), cents: fc.array(fc.integer({ min: 100, max: 250_000 }), { minLength: 4, maxLength: 4 }), untaxed: fc.boolean() }).map(({ rates, cents, untaxed }) => {
  const first = ordinary().remove('Linee').remove('Riepilogo');
  const taxed = rates.reduce((document, rate, index) => {
    const base = (cents[index] ?? 100) * 2;
    const line = { NumeroLinea: String(index + 1), Descrizione: 'Lavoro', Quantita: '2.00', PrezzoUnitario: money(base / 2), PrezzoTotale: money(base), AliquotaIVA: money(rate) };
    return addSummary(document.append('Linee', line), money(rate), money(base), money(Math.round((base * rate) / 10_000)));
  }, first);
  return untaxed ? addSummary(addLine(taxed, '0.00', '40.00', 'N4'), '0.00', '40.00', '0.00', 'N4').xml() : taxed.xml();
});
const SAMPLES: readonly SampleName[] = ['privata', 'pa', 'lotto', 'lotto-pa', 'nota-di-credito', 'semplificata'];
const fixed = [...SAMPLES.map((name) => sample(name)), ...[ordinary(), publicAdministration(), simplified(), exempt(), exemptWithCassa(), withCassa()].map((one) => one.xml())];
const documents = fc.oneof(fc.constantFrom(...fixed), invoices);

const isWhole = (text: string): boolean => /^-?\d+\.0+$/.test(text);
const isNumber = (text: string): boolean => /^-?\d+\.\d+$/.test(text);
/** Of a whole number. */
const grouped = (text: string, sign: string): string => text.replace(/\B(?=(?:\d{3})+$)/g, sign);
const whole = (text: string): string => text.replace(/\.\d+$/, '');

/** How people mistype; undefined where the value is not of that kind. */
const MISTAKES: Readonly<Record<string, (text: string, chance: number) => string | undefined>> = {
  'a comma': (text) => (isNumber(text) ? text.replace('.', ',') : undefined),
  'thousands divided': (text) => (isNumber(text) ? `${grouped(whole(text), '.')},${text.split('.')[1] ?? ''}` : undefined),
  'thousands divided, and no decimals': (text) => (isWhole(text) ? grouped(whole(text), '.') : undefined),
  'thousands divided as in English': (text) => (isWhole(text) ? grouped(whole(text), ',') : undefined),
  'no decimals': (text) => (isWhole(text) ? whole(text) : undefined),
  'small letters': (text) => text.toLowerCase(),
  'a digit mistyped': (text, chance) => {
    const places = [...text].flatMap((one, at) => (/\d/.test(one) ? [at] : []));
    const at = places[chance % places.length];
    return at === undefined ? undefined : `${text.slice(0, at)}${(Number(text[at]) + 1 + (chance % 9)) % 10}${text.slice(at + 1)}`;
  },
  'ten times as much': (text) => (isNumber(text) && !/^0\./.test(text) ? `${whole(text)}0.${text.split('.')[1] ?? ''}` : undefined),
  'a hundredth': (text) => (/^\d{1,2}\.00$/.test(text) ? `0.${whole(text).padStart(2, '0')}` : undefined),
  'some cents more': (text, chance) => (/^\d+\.\d\d$/.test(text) ? money(Math.round(Number(text) * 100) + 1 + (chance % 150)) : undefined),
  'a minus': (text) => (isNumber(text) ? `-${text}` : undefined),
  'nothing': () => '',
  'an Italian date': (text) => (/^\d{4}-\d\d-\d\d$/.test(text) ? text.split('-').toReversed().join('/') : undefined),
  'a dot at the end': (text) => `${text}.`,
  'too long, with spaces': (text) => `${text} del mese di maggio e giugno 2026/A`,
};

const leaves = (element: Element): Element[] => (element.def.type ? [element] : element.children.flatMap(leaves));
const parts = (xml: string): readonly string[] => (xml.match(/<[^>]*>|[^<\s][^<]*/g) ?? []).map((part) => part.trim());
const judged = (xml: Buffer | string) => validateFile(Buffer.from(xml), { at: RECEIVED }).verdict.findings;
const codes = (findings: readonly FatturapaFinding[]): ReadonlySet<string> => new Set(findings.map(({ code }) => code));

describe('patches', () => {
  it('mend what was broken, or are not offered', () => {
    const seen = { broken: 0, mended: 0 };
    fc.assert(
      fc.property(documents, fc.nat(), fc.constantFrom(...Object.keys(MISTAKES)), fc.nat(10_000), (xml, which, mistake, chance) => {
        const before = judged(xml);
        const offered = new Set(before.flatMap(({ patch }) => (patch ? [JSON.stringify(patch)] : [])));
        const reading = readDocument(Buffer.from(xml));
        if (!reading.ok) throw new Error('not read');
        const all = leaves(reading.document.root);
        const element = all[which % all.length];
        const wrong = element && MISTAKES[mistake]?.(element.text, chance);
        if (!element || wrong === undefined || wrong === element.text) return;
        const start = xml.indexOf('>', element.offset) + 1;
        const broken = xml.slice(0, start) + wrong + xml.slice(xml.indexOf('<', start));
        const findings = judged(broken);
        seen.broken++;
        for (const { code, patch } of findings) {
          if (!patch || offered.has(JSON.stringify(patch))) continue;
          const { xml: mended, applied } = applyPatches(Buffer.from(broken), [patch]);
          const said = `${code} ${mistake}: ${element.def.name} ${element.text} > ${wrong}, patch ${JSON.stringify(patch)}`;
          expect(applied, said).toEqual([true]);
          expect(parts(mended.toString()), said).toEqual(parts(xml));
          const known = new Set([...codes(before), ...codes(findings)]);
          expect([...codes(judged(mended))].filter((one) => !known.has(one)), said).toEqual([]);
          seen.mended++;
        }
      }),
      { numRuns: Number(process.env['PATCH_RUNS'] ?? 800) },
    );
    expect(seen.broken).toBeGreaterThan(200);
    expect(seen.mended).toBeGreaterThan(50);
  }, 60_000);
});
