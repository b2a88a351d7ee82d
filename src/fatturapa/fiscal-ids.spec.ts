import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCodiceFiscale, isPartitaIva } from './fiscal-ids.js';

describe('fiscal ids', () => {
  it.each(['09876543217', '01234567897', '00000000000'])('%s has a right check digit', (value) => expect(isPartitaIva(value)).toBe(true));
  it.each(['09876543210', '0987654321', '098765432171', 'A9876543217', ''])('%s is no partita IVA', (value) => expect(isPartitaIva(value)).toBe(false));
  it.each(['RSSMRA80A01H501U', 'HVQWPH73P42H501Y'])('%s is a codice fiscale', (value) => expect(isCodiceFiscale(value)).toBe(true));
  it.each(['RSSMRA80A01H501V', 'RSSMRA80A01H501', 'rssmra80a01h501u'])('%s is none', (value) => expect(isCodiceFiscale(value)).toBe(false));

  it('refuses every change of one digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 1, max: 9 }), (place, by) => {
        const digits = [...'09876543217'].map(Number);
        digits[place] = ((digits[place] ?? 0) + by) % 10;
        expect(isPartitaIva(digits.join(''))).toBe(false);
      }),
    );
  });
});
