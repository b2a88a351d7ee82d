import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SAMPLES } from './checks/docs/samples.js';
import { validateFile } from './validate/index.js';

const CORPUS = path.resolve(__dirname, '../../../shared/corpus/official/samples');
const AT = new Date('2026-06-03T10:00:00Z');
if (!existsSync(CORPUS)) console.log('corpus.spec: no corpus beside the checkout, its samples are not tried');

const filesOf = (folder: string): readonly string[] => (existsSync(path.join(CORPUS, folder)) ? readdirSync(path.join(CORPUS, folder)).filter((name) => name.endsWith('.xml')) : []);
const validate = (folder: string, name: string) => validateFile(readFileSync(path.join(CORPUS, folder, name)), { at: AT });
const codesOf = (folder: string, name: string, severity: string): readonly string[] => [
  ...new Set(validate(folder, name).verdict.findings.filter((finding) => finding.severity === severity).map(({ code }) => code)),
];

/** What docs/checks.md says of a sample. */
function explained(name: string, severity: string): readonly string[] {
  const base = name.replace(/\.xml$/, '');
  const speaksOf = (sample: string): boolean => sample.startsWith('all') || sample.split(', ').some((one) => one === base || `IT01234567890_${one}` === base);
  return SAMPLES.filter((note) => note.severity === severity && speaksOf(note.sample)).map(({ code }) => code);
}

const MAIL = path.resolve(__dirname, '../../../shared/corpus/pec/eml/oca-2018-busta-trasporto-sdi-invio-file.eml');

/** A quoted-printable attachment of a mail, by its name: enough for this one mail, whose proper reader is in another room. */
function attachment(mail: string, fileName: string): Buffer {
  const start = mail.indexOf('\n\n', mail.indexOf(`filename=${fileName}`)) + 2;
  const text = mail.slice(start, mail.indexOf('\n--', start));
  return Buffer.from(text.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1');
}

it.skipIf(!existsSync(MAIL))('an invoice that SdI delivered raises nothing, neither on its day nor today', () => {
  const xml = attachment(readFileSync(MAIL, 'latin1').replaceAll('\r\n', '\n'), 'IT02652600210_00007.xml');
  expect(xml.length).toBeGreaterThan(60_000);
  for (const day of ['2018-12-06', '2026-06-03']) expect(validateFile(xml, { at: new Date(`${day}T10:00:00Z`), fileName: 'IT02652600210_00007.xml' }).verdict).toMatchObject({ valid: true, formato: 'FPR12', findings: [] });
});

describe.skipIf(!existsSync(CORPUS))('the official samples', () => {
  it.each(filesOf('invoices'))('%s is accepted, or docs/checks.md says which rule it breaks', (name) => {
    const errors = codesOf('invoices', name, 'error');
    expect(errors.toSorted()).toEqual(explained(name, 'error').toSorted());
    expect(validate('invoices', name).verdict.valid).toBe(errors.length === 0);
  });

  it('two are refused, ten are tried', () => {
    const names = filesOf('invoices');
    expect(names).toHaveLength(10);
    expect(names.filter((name) => !validate('invoices', name).verdict.valid).toSorted()).toEqual(['FSM_example_creditnote.xml', 'IT01234567890_FPR03.xml']);
  });

  it.each(filesOf('invoices'))('%s raises no warning that docs/checks.md does not explain', (name) => {
    const known = explained(name, 'warning');
    expect(codesOf('invoices', name, 'warning').filter((code) => !known.includes(code))).toEqual([]);
  });

  it.each(filesOf('invoices'))('%s has a valid structure', (name) => {
    expect(validate('invoices', name).verdict.findings.filter(({ code }) => code === '00200' || code === '00201')).toEqual([]);
  });

  it('IT01234567890_FPA02 with a percentage of one decimal is refused for it, and warned of the line whose discount is negative', () => {
    const { findings } = validate('invoices-invalid', 'IT01234567890_FPA02.xml').verdict;
    expect(findings.filter(({ severity }) => severity === 'error').map(({ code, line, value }) => ({ code, line, value }))).toEqual([{ code: '00200', line: 142, value: '10.0' }]);
    expect(findings.filter(({ code }) => code === '00423')).toMatchObject([{ severity: 'warning', line: 131, value: '6.58' }]);
  });

  it('IT01234567890_FPR02 as first published is refused for the element out of place, and for its wrong summary', () => {
    const errors = validate('invoices-invalid', 'IT01234567890_FPR02.xml').verdict.findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code, path: place }) => ({ code, element: place?.split('/').at(-1) }))).toEqual([
      { code: '00200', element: expect.stringMatching(/^(PECDestinatario|ContattiTrasmittente)$/) },
      { code: '00422', element: 'ImponibileImporto' },
    ]);
  });

  it.each(filesOf('invoices-v1.0'))('%s, of a format that SdI no longer takes, is refused without a crash', (name) => {
    expect(validate('invoices-v1.0', name).verdict.valid).toBe(false);
  });
});
