import { describe, expect, it } from 'vitest';
import { ORDINARY_TYPES, SIMPLIFIED_TYPES, type SimpleTypeName } from '../simple-types.js';
import type { SimpleType } from '../types.js';
import { compareDecimals } from './numbers.js';

/** What libxml2 says of these values; `accept.spec.ts` asks it where the official schemas are at hand. */
const CASES: readonly (readonly [type: SimpleTypeName, valid: readonly string[], invalid: readonly string[]])[] = [
  ['String10Type', ['a', ' ', '\t', 'a\r\nb', '0123456789', '\x7f'], ['', 'è', '€', '01234567890']],
  ['String60LatinType', ['è', 'ÿ', '\u0080', '\u00a0', 'x'.repeat(60)], ['', '€', 'Ā', '’', '–', 'x'.repeat(61), '😀']],
  ['String1000LatinType', ['è'.repeat(1000)], ['è'.repeat(1001), `${'x'.repeat(500)}€`]],
  ['TitoloType', ['Dr', '  Dr  ', 'a          b'], ['D', ' D ', 'Professoressa']],
  ['CodiceType', [' ', '😀'.repeat(28)], ['', 'x'.repeat(29), '😀'.repeat(29)]],
  ['CodEORIType', ['😀'.repeat(13), 'x'.repeat(17)], ['😀'.repeat(12), 'x'.repeat(18)]],
  ['NazioneType', ['IT'], ['it', 'IT ', 'ITA', 'I1', '']],
  ['IBANType', ['IT60X0542811101000000123456'], ['IT60 X0542811101000000123456', 'I160X0542811101']],
  ['BICType', ['BITAITRR', 'BITAITRRXXX'], ['BITAITR1X', 'BITAIT1R', 'BITAITRO']],
  ['EmailType', ['a@b', ' a@b ', 'a.b@[10.0.0.1]', '"[]!#-é"@b', '"\\ "@b', `${'a'.repeat(254)}@b`], ['a', 'a@', 'a..b@c', 'a@b.', 'a b@c', '"a"@b', `${'a'.repeat(255)}@b`]],
  ['EmailContattiType', ['aa@b.cc', '@@a.bbb', 'a@....b', 'aaa@b.😀'], ['a@b.c', 'aaaaa@b', 'aaaa@.c', 'aaaa@b.', '@aaa.ccc', 'a.b@ccc', 'a@b.ccc\n']],
  ['RateType', ['0.00', '100.00', '022.00', ' 22.00\n'], ['100.01', '22', '22,00', '22.0', '22.000', '-1.00', '+1.00']],
  ['Amount2DecimalType', ['-0.00', '12345678901.00', ' 1.00'], ['123456789012.00', '1.5', '1,50', '1.234,50', '+1.00', '.50', '1 .00', '']],
  ['Amount8DecimalType', ['1.00', '1.12345678'], ['1.1', '1.123456789']],
  ['NumeroLineaType', ['1', '+1', ' 9999 ', `${'0'.repeat(40)}1`], ['0', '10000', '-1', '1.0', '', '+', '１', `1${'0'.repeat(40)}`]],
  ['GiorniTerminePagamentoType', ['0', '-0', '+000', '999'], ['1000', '-1']],
  ['date', ['2024-02-29', '2000-02-29', '2024-01-01Z', '2024-01-01+14:00', '-0001-01-01', '12024-01-01'], ['2023-02-29', '1900-02-29', '0000-01-01', '02024-01-01', '2024-1-1', '2024-13-01', '2024-04-31', '2024-01-01+14:01', ' 2024-01-01', '2024-01-01T00:00:00', '01/01/2024', '']],
  ['DataFatturaType', ['1970-01-01', '1970-01-01-14:00', '1970-01-02+14:00'], ['1969-12-31', '1969-12-31-14:00', '1970-01-01Z', '1970-01-01+00:01', '-2024-01-01']],
  ['dateTime', ['2024-01-01T24:00:00', '2024-01-01T23:59:59.5', '2024-01-01T12:00:00Z', '2024-01-01T12:00:00Z '], ['2024-01-01T24:00:01', '2024-01-01T12:00', '2024-01-01T12:00:60', '2024-01-01T12:00:00.', '2024-01-01 12:00:00', '2024-01-01T12:00:00 ']],
  ['base64Binary', ['', 'QUJD', 'QUI=', 'QQ==', 'QUJD\r\nQUJD\n', 'Q U I = ', 'QUé=J'.replace('=J', 'I=')], ['Q', 'QUJ', 'QQ=', 'QR==', 'QUJ=', '=', 'QUI=QUI=', 'QUI==']],
  ['TipoDocumentoType', ['TD01', 'TD29'], ['TD07', 'TD99', 'td01', ' TD01', '']],
  ['CausalePagamentoType', ['ZO', 'Z'], ['Z0', 'F', 'J']],
];

const verdict = (type: SimpleType, value: string): boolean => type.accepts(type.normalize(value));

describe('simple types', () => {
  it.each(CASES)('%s', (name, valid, invalid) => {
    const type = ORDINARY_TYPES[name];
    expect(valid.filter((value) => !verdict(type, value))).toEqual([]);
    expect(invalid.filter((value) => verdict(type, value))).toEqual([]);
  });

  it('knows what the simplified format has otherwise', () => {
    expect(verdict(SIMPLIFIED_TYPES.CodiceDestinatarioType, 'ABC123')).toBe(false);
    expect(verdict(ORDINARY_TYPES.CodiceDestinatarioType, 'ABC123')).toBe(true);
    expect(verdict(SIMPLIFIED_TYPES.TipoDocumentoType, 'TD07')).toBe(true);
    expect(verdict(SIMPLIFIED_TYPES.NaturaType, 'N6.9')).toBe(false);
  });

  it('treats white space as XML does, and no other', () => {
    const { String10Type, TitoloType, NazioneType } = ORDINARY_TYPES;
    expect(String10Type.normalize('\ta\r\n b')).toBe(' a   b');
    expect(TitoloType.normalize('\t a\r\n  b\n')).toBe('a b');
    expect(TitoloType.normalize(' \n ')).toBe('');
    expect(TitoloType.normalize('\u00a0a\u00a0')).toBe('\u00a0a\u00a0');
    expect(NazioneType.normalize(' IT\n')).toBe(' IT\n');
  });

  it('compares numbers exactly, of any length and form', () => {
    const ascending = ['-100', '-99.5', '-0.01', '0', '0.01', '00.1', '99.9999', '100', '123456789012345678901234567890', '123456789012345678901234567891'];
    for (const [index, one] of ascending.entries()) for (const [place, other] of ascending.entries()) expect(Math.sign(compareDecimals(one, other))).toBe(Math.sign(index - place));
    for (const same of ['1', '+1', '01', '1.', '1.000']) expect(compareDecimals(same, '1')).toBe(0);
    expect(compareDecimals('-0', '+0.00')).toBe(0);
  });

  it('judges long hostile values in a time that grows with their length only', () => {
    const hostile = [' ', '0', '9', 'a', '=', '@', '.', 'A ', '\\"', '2024-01-01T12:00:00Z '].flatMap((piece) => {
      const long = piece.repeat(100_000 / piece.length);
      return [`${long}\u20ac`, `a@${long}`, `2024-01-01T12:00:00Z${long}x`];
    });
    for (const type of Object.values(ORDINARY_TYPES)) {
      // Every split of one such value tried would take minutes.
      const start = process.cpuUsage();
      for (const value of hostile) verdict(type, value);
      expect({ type: type.name, slow: process.cpuUsage(start).user > 3_000_000 }).toEqual({ type: type.name, slow: false });
    }
  });
});
