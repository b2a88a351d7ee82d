import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base64Size, formatDate, formatDateTime, formatInstant, formatMoney, formatNumber, formatRate, formatSize } from './format.js';
import { escapeHtml } from './html.js';

const plain = (text: string): string => text.replace(/\u00a0/g, ' ');

describe('numbers', () => {
  it.each([
    ['1234.56', 2, '1.234,56', '1,234.56'],
    ['0.00', 2, '0,00', '0.00'],
    ['-1234567.8', 2, '-1.234.567,80', '-1,234,567.80'],
    ['12.50000000', 2, '12,50', '12.50'],
    ['0.12345678', 2, '0,12345678', '0.12345678'],
    ['00012.00', 0, '12', '12'],
    ['999999999999.99', 2, '999.999.999.999,99', '999,999,999,999.99'],
    ['1e5', 2, '1e5', '1e5'],
    ['', 2, '', ''],
  ])('%s with %i decimals', (text, decimals, italian, english) => {
    expect(formatNumber('it', text, decimals)).toBe(italian);
    expect(formatNumber('en', text, decimals)).toBe(english);
  });

  it('loses no digit', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^-?[0-9]{1,12}\.[0-9]{2,8}$/), (text) => {
        const [sign, whole = '', fraction = ''] = [text.startsWith('-') ? '-' : '', ...text.replace('-', '').split('.')];
        const exact = `${sign}${whole.replace(/^0+(?=\d)/, '')}.${fraction.replace(/0+$/, '')}`.replace(/\.$/, '');
        expect(formatNumber('it', text).replace(/\./g, '').replace(',', '.')).toBe(exact);
        expect(formatNumber('en', text).replace(/,/g, '')).toBe(exact);
      }),
    );
  });

  it('writes amounts with their currency', () => {
    expect(plain(formatMoney('it', '1234.56', 'EUR'))).toBe('1.234,56 €');
    expect(plain(formatMoney('it', '1234.56', 'USD'))).toBe('1.234,56 USD');
    expect(formatMoney('en', '-1234.56', 'EUR')).toBe('-€1,234.56');
    expect(plain(formatMoney('en', '1234.5', 'CHF'))).toBe('CHF 1,234.50');
    expect(formatMoney('it', '1234.56', undefined)).toBe('1.234,56');
    expect(formatRate('it', '10.50')).toBe('10,5%');
    expect(formatRate('it', '22.00')).toBe('22%');
  });
});

describe('dates', () => {
  it.each([
    ['2026-11-21', '21/11/2026', '21 Nov 2026'],
    ['2026-01-05+01:00', '05/01/2026 (+01:00)', '5 Jan 2026 (+01:00)'],
    ['2026-13-05', '05/13/2026', '2026-13-05'],
    ['ieri', 'ieri', 'ieri'],
  ])('%s', (text, italian, english) => {
    expect(plain(formatDate('it', text))).toBe(italian);
    expect(plain(formatDate('en', text))).toBe(english);
  });

  it.each([
    ['2026-01-10T16:46:12.000+02:00', '10/01/2026, 16:46:12 (+02:00)'],
    ['2026-01-10T16:46:00', '10/01/2026, 16:46'],
    ['2026-01-10T16:46:00.250', '10/01/2026, 16:46:00.25'],
    ['2026-01-10', '10/01/2026'],
  ])('%s', (text, italian) => expect(plain(formatDateTime('it', text))).toBe(italian));

  it('writes instants in Italian time', () => {
    expect(formatInstant('it', new Date('2026-07-15T22:30:05Z'))).toBe('16/07/2026, 00:30:05');
    expect(plain(formatInstant('en', new Date('2026-01-15T09:30:00Z')))).toBe('15 Jan 2026, 10:30');
    expect(formatInstant('it', new Date(Number.NaN))).toBe('');
  });
});

describe('sizes', () => {
  it('counts the octets of base64', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(70), (bytes, width) => {
        const text = Buffer.from(bytes).toString('base64').replace(new RegExp(`(.{${width + 1}})`, 'g'), '$1\r\n');
        expect(base64Size(text)).toBe(bytes.length);
      }),
    );
  });

  it.each([
    [0, '0 byte', '0 bytes'],
    [1, '1 byte', '1 byte'],
    [1500, '1,5 kB', '1.5 kB'],
    [2_000_000, '2 MB', '2 MB'],
  ])('%i', (octets, italian, english) => {
    expect(plain(formatSize('it', octets))).toBe(italian);
    expect(plain(formatSize('en', octets))).toBe(english);
  });
});

describe('escapeHtml', () => {
  it('leaves nothing that a page could take for its own', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void expect(escapeHtml(text)).not.toMatch(/[<>"'\u0000-\u0008\u202a-\u202e\u2066-\u2069]|&(?!(amp|lt|gt|quot|#39);)/)));
    expect(escapeHtml('a\u202eb\tc')).toBe('a[U+202E]b\tc');
  });
});
