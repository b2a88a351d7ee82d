import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../document/index.js';
import { RECEIVED, ordinary, simplified, type TestDocument } from '../testing/documents.js';
import { type DocumentKey, documentKeys } from './document-keys.js';
import { duplicateFindings } from './duplicate-findings.js';

function read(document: TestDocument) {
  const reading = readDocument(document.bytes());
  if (!reading.ok) throw new Error(JSON.stringify(reading.findings));
  return reading.document;
}
const keysOf = (document: TestDocument): readonly DocumentKey[] => documentKeys(read(document));
const keyOf = (document: TestDocument): DocumentKey => keysOf(document)[0]!;
const of = (fields: Readonly<Record<string, string>>): TestDocument => ordinary().setAll('Documento', fields);

describe('documentKeys', () => {
  it('are of the seller, the year and the number as written', () => {
    expect(keyOf(of({ Numero: 'A 01/b' }))).toMatchObject({ position: 1, subject: 'IT09876543217', role: 'seller', group: 'other', period: '2026', numero: 'A 01/b' });
  });

  it.each(['TD16', 'TD17', 'TD18', 'TD19', 'TD20', 'TD22', 'TD23', 'TD28', 'TD29'])('%s is the buyer’s', (tipo) => {
    expect(keyOf(of({ TipoDocumento: tipo }))).toMatchObject({ subject: 'IT01234567897', role: 'buyer', group: 'other' });
  });

  it.each(['TD01', 'TD05', 'TD21', 'TD26', 'TD27'])('%s is the seller’s', (tipo) => expect(keyOf(of({ TipoDocumento: tipo }))).toMatchObject({ role: 'seller', subject: 'IT09876543217' }));

  it('keep credit notes apart', () => {
    expect(keyOf(of({ TipoDocumento: 'TD04' })).group).toBe('credit-note');
    expect(keyOf(simplified().set('Documento/TipoDocumento', 'TD08')).group).toBe('credit-note');
    expect(keyOf(of({ TipoDocumento: 'TD04' })).exact).not.toBe(keyOf(ordinary()).exact);
  });

  it('take the whole day with Art73', () => {
    expect(keyOf(of({ Art73: 'SI' })).period).toBe('2026-06-01');
    expect(keyOf(of({ Art73: 'SI' })).exact).not.toBe(keyOf(of({ Art73: 'SI', Data: '2026-06-02' })).exact);
  });

  it('are the same on another day of the year, not in another year', () => {
    expect(keyOf(of({ Data: '2026-01-01' })).exact).toBe(keyOf(ordinary()).exact);
    expect(keyOf(of({ Data: '2025-12-31' })).exact).not.toBe(keyOf(ordinary()).exact);
  });

  it('are near where only case, spaces or leading zeros differ, or the role', () => {
    for (const [a, b] of [['FA 007/2026', 'fa7/2026'], ['001', '1'], ['1 / 2', '1/2']] as const) {
      expect(keyOf(of({ Numero: a })).exact).not.toBe(keyOf(of({ Numero: b })).exact);
      expect(keyOf(of({ Numero: a })).near).toBe(keyOf(of({ Numero: b })).near);
    }
    for (const [a, b] of [['10', '1'], ['100', '1'], ['1/2', '12'], ['1.5', '15']] as const) expect(keyOf(of({ Numero: a })).near).not.toBe(keyOf(of({ Numero: b })).near);
    const own = ordinary().set('Cessionario/DatiAnagrafici/IdFiscaleIVA', { IdPaese: 'IT', IdCodice: '09876543217' });
    expect(keyOf(own.set('Documento/TipoDocumento', 'TD17')).near).toBe(keyOf(own).near);
  });

  it('that are exactly the same are near', () => {
    const numero = fc.stringMatching(/^[ -~]{1,20}$/);
    fc.assert(
      fc.property(numero, numero, (a, b) => {
        const [one, other] = [keyOf(of({ Numero: a })), keyOf(of({ Numero: b }))];
        expect(one.exact === other.exact).toBe(one.numero === other.numero);
        if (one.exact === other.exact) expect(one.near).toBe(other.near);
      }),
      { numRuns: 50 },
    );
  });

  it('number the bodies of a lot, and pass over one that is not valid', () => {
    expect(keysOf(ordinary().and(of({ Data: '2026-13-01' })).and(of({ Numero: '3' }))).map(({ position, numero }) => [position, numero])).toEqual([
      [1, '2026/1'],
      [3, '3'],
    ]);
  });

  it('fall back on the codice fiscale of a buyer without VAT id', () => {
    const document = of({ TipoDocumento: 'TD16' }).remove('Cessionario/DatiAnagrafici/IdFiscaleIVA').set('Cessionario/DatiAnagrafici/CodiceFiscale', '01234567897');
    expect(keyOf(document).subject).toBe('01234567897');
  });
});

describe('duplicateFindings', () => {
  it('are an error for the same, a warning for a near one, at the number of the body', () => {
    const document = read(ordinary().and(of({ Numero: '2' })));
    const findings = duplicateFindings(document, [{ position: 2, kind: 'same', earlier: { fileName: 'IT09876543217_0000A.xml', data: '2026-05-01' } }, { position: 1, kind: 'near' }], RECEIVED);
    expect(findings.map(({ code, severity, path, value }) => ({ code, severity, path, value }))).toEqual([
      { code: '00404', severity: 'error', path: '/FatturaElettronica/FatturaElettronicaBody[2]/DatiGenerali/DatiGeneraliDocumento/Numero', value: '2' },
      { code: '00404', severity: 'warning', path: '/FatturaElettronica/FatturaElettronicaBody[1]/DatiGenerali/DatiGeneraliDocumento/Numero', value: '2026/1' },
    ]);
    expect(findings[0]?.message.it).toBe('Il documento 2 con Numero 2 è già stato trasmesso (del 01/05/2026 nel file IT09876543217_0000A.xml).');
  });

  it('are none without clashes', () => expect(duplicateFindings(read(ordinary()), [], RECEIVED)).toEqual([]));
});
