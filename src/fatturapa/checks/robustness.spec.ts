import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../document/index.js';
import { runChecks } from './run.js';
import { CASES } from './testing/cases/index.js';
import { RECEIVED } from './testing/documents.js';

const DOCUMENTS = CASES.flatMap(({ raises, just }) => [...raises, ...just]).map(({ document }) => document.xml());

type Edit = (lines: string[], at: number, value: string) => void;
const inner = (line: string, change: (text: string) => string): string => line.replace(/^(\s*<(\w+)>)(.*)(<\/\2>)$/, (_, open: string, _name, text: string, close: string) => `${open}${change(text)}${close}`);
/** Each leaf of these documents stands on a line of its own. Cuts may leave tags open: such a file is not read at all, and nothing is asked of it. */
const EDITS: readonly Edit[] = [
  (lines, at) => void lines.splice(at, 1),
  (lines, at) => void lines.splice(at, 0, lines[at] ?? ''),
  (lines, at) => void (lines[at] = inner(lines[at] ?? '', () => '')),
  (lines, at, value) => void (lines[at] = inner(lines[at] ?? '', () => value)),
  (lines, at) => void (lines[at] = inner(lines[at] ?? '', (text) => text.split('').toReversed().join(''))),
  (lines, at) => {
    const block = /^(\s*)<(\w+)>$/.exec(lines[at] ?? '');
    const end = block ? lines.indexOf(`${block[1]}</${block[2]}>`, at) : -1;
    if (end > 0) lines.splice(at, end - at + 1);
  },
];
const value = fc.oneof(fc.constantFrom('', ' ', '0', '0.00', '-1.00', '99999999999.99999999', '0.01', '100.00', 'N2', 'N4', 'N6.9', 'TD04', 'TD16', 'TD21', 'TD29', 'SI', 'SC', 'IT', 'XX', 'FPA12', '9999-12-31', '-0001-01-01', '12345678901', 'INTENTO', '\u20ac'), fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replace(/[^\p{L}\p{N} ]/gu, '')));

describe('every check', () => {
  it('bears whatever a file holds', () => {
    let read = 0;
    fc.assert(
      fc.property(fc.nat(), fc.array(fc.tuple(fc.nat(), fc.nat(), value), { minLength: 1, maxLength: 6 }), fc.boolean(), fc.option(fc.string(), { nil: undefined }), (which, edits, healthProvider, fileName) => {
        const lines = (DOCUMENTS[which % DOCUMENTS.length] ?? '').split('\n');
        for (const [kind, place, text] of edits) EDITS[kind % EDITS.length]?.(lines, 2 + (place % (lines.length - 2)), text);
        const reading = readDocument(Buffer.from(lines.join('\n')));
        if (!reading.ok) return;
        read++;
        const faults: unknown[] = [];
        const findings = runChecks(reading.document, { at: RECEIVED, healthProvider, size: 5_000_001, ...(fileName !== undefined && { fileName }), onFault: (code, error) => faults.push(code, error) });
        expect(faults).toEqual([]);
        for (const { message, fix, code } of findings) expect(`${code} ${message.it} ${message.en} ${fix?.it} ${fix?.en}`).not.toMatch(/\bundefined\b|\bNaN\b/);
      }),
      { numRuns: 1500 },
    );
    expect(read).toBeGreaterThan(500);
  });
});
