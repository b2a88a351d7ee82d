import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baseName, formatFileName, formatMessageFileName, parseFileName, parseMessageFileName, PROGRESSIVI, progressivoFromNumber } from './file-names.js';

describe('invoice file names (sdi.md 2.1)', () => {
  it('takes a legal name apart, whatever its case', () => {
    expect(parseFileName('it09876543217_0000a.XML.P7M')).toEqual({ idPaese: 'it', idCodice: '09876543217', progressivo: '0000a', extension: 'xml.p7m', baseName: 'IT09876543217_0000A' });
  });

  it.each([
    ['IT01234567890_FPR01.xml', true],
    ['IT01234567890_1.xml', true],
    ['ITRSSMRA80A01H501U_00001.zip', true],
    ['DE12_00001.xml', true],
    [`FR${'1'.repeat(28)}_00001.xml`, true],
    ['IT0123456789_00001.xml', false],
    ['IT01234567890123456_00001.xml', false],
    ['DE1_00001.xml', false],
    [`FR${'1'.repeat(29)}_00001.xml`, false],
    ['IT01234567890_.xml', false],
    ['IT01234567890_000001.xml', false],
    ['IT01234567890_00-01.xml', false],
    ['IT01234567890_00001.pdf', false],
    ['IT01234567890_00001.p7m', false],
    ['I101234567890_00001.xml', false],
    [' IT01234567890_00001.xml', false],
    ['IT01234567890_00001.xml\n', false],
    ['../IT01234567890_00001.xml', false],
    ['', false],
  ])('%j legal: %s', (name, legal) => {
    expect(parseFileName(name) !== undefined).toBe(legal);
  });

  it('compares base names without case, folder and extension', () => {
    for (const name of ['IT01234567890_0000a.xml', 'it01234567890_0000A.XML.P7M', 'IT01234567890_0000A.zip', 'cartella/IT01234567890_0000A.xml.p7m.p7m', 'IT01234567890_0000A']) {
      expect(baseName(name)).toBe('IT01234567890_0000A');
    }
    expect(baseName('fattura n. 3.pdf')).toBe('FATTURA N. 3.PDF');
  });

  it('counts progressivi in base 36, never twice the same', () => {
    expect(progressivoFromNumber(1n)).toBe('00001');
    expect(progressivoFromNumber(35n)).toBe('0000Z');
    expect(progressivoFromNumber(36n)).toBe('00010');
    expect(progressivoFromNumber(PROGRESSIVI - 1n)).toBe('ZZZZZ');
    expect(() => progressivoFromNumber(PROGRESSIVI)).toThrow(RangeError);
    expect(() => progressivoFromNumber(-1n)).toThrow(RangeError);
  });

  it('property: a formatted name reads back, and order of numbers is order of names', () => {
    const n = fc.bigInt({ min: 0n, max: PROGRESSIVI - 1n });
    fc.assert(
      fc.property(n, n, fc.constantFrom('xml' as const, 'xml.p7m' as const, 'zip' as const), (a, b, extension) => {
        const name = formatFileName({ idPaese: 'IT', idCodice: '09876543217', progressivo: progressivoFromNumber(a), extension });
        expect(parseFileName(name)).toMatchObject({ extension, baseName: baseName(name), progressivo: progressivoFromNumber(a) });
        expect(progressivoFromNumber(a) < progressivoFromNumber(b)).toBe(a < b);
      }),
    );
  });

  it('refuses to make an illegal name', () => {
    expect(() => formatFileName({ idPaese: 'IT', idCodice: '123', progressivo: '1' })).toThrow(RangeError);
  });

  it('reads and writes names of SdI messages (sdi.md 2.3)', () => {
    expect(parseMessageFileName('IT03339130126_00009_RC_003.xml')).toEqual({ baseName: 'IT03339130126_00009', code: 'RC', progressivo: '003', extension: 'xml' });
    expect(parseMessageFileName('IT03339130126_00009.xml')).toBeUndefined();
    expect(formatMessageFileName('IT09876543217_0000A.xml.p7m', 'AT', 1, 'zip')).toBe('IT09876543217_0000A_AT_001.zip');
    expect(formatMessageFileName(`${'x'.repeat(50)}.xml`, 'NS', 12)).toBe(`${'X'.repeat(36)}_NS_012.xml`);
  });
});
