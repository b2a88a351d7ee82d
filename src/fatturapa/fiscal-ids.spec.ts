import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codiceFiscaleFault, isCodiceFiscale, isPartitaIva, isPersonalCode, partitaIvaFault } from './fiscal-ids.js';

describe('fiscal ids', () => {
  it.each(['09876543217', '01234567897', '00000000000'])('%s has a right check digit', (value) => expect(isPartitaIva(value)).toBe(true));
  it.each(['09876543210', '0987654321', '098765432171', 'A9876543217', ''])('%s is no partita IVA', (value) => expect(isPartitaIva(value)).toBe(false));
  it.each(['RSSMRA80A01H501U', 'HVQWPH73P42H501Y', 'RSSMRA80A01H50MM'])('%s is a codice fiscale', (value) => expect(isCodiceFiscale(value)).toBe(true));
  it.each(['RSSMRA80A01H501V', 'RSSMRA80A01H501', 'rssmra80a01h501u'])('%s is none', (value) => expect(isCodiceFiscale(value)).toBe(false));
  it.each([['RSSMRA80A01H501U', true], ['RSSMRA80A01H501V', true], ['09876543217', false], ['', false]])('%s is a person’s: %s', (value, person) => expect(isPersonalCode(value)).toBe(person));

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

describe('what is wrong with an id', () => {
  it.each([
    ['IT09876543217', { kind: 'country-prefix', meant: '09876543217', certain: true }],
    ['it 098.765-43217', { kind: 'country-prefix', meant: '09876543217', certain: true }],
    ['098 765 432 17', { kind: 'spaces', meant: '09876543217', certain: true }],
    ['9876543217', { kind: 'lost-zeros', meant: '09876543217' }],
    ['9876543218', { kind: 'length' }],
    ['RSSMRA80A01H501U', { kind: 'is-codice-fiscale' }],
    ['0987654321O', { kind: 'characters' }],
    ['09876543218', { kind: 'check-digit', expected: '7' }],
    ['00000000000', { kind: 'zeros' }],
    ['', { kind: 'length' }],
  ])('partita IVA %j', (value, fault) => expect(partitaIvaFault(value)).toMatchObject(fault));

  it.each([
    ['rssmra80a01h501u', { kind: 'lower-case', meant: 'RSSMRA80A01H501U', certain: true }],
    ['RSS MRA 80A01 H501U', { kind: 'spaces', meant: 'RSSMRA80A01H501U', certain: true }],
    ['IT09876543217', { kind: 'country-prefix', meant: '09876543217', certain: true }],
    ['RSSMRA80A01H501V', { kind: 'check-letter', expected: 'U' }],
    ['1SSMRA80A01H501U', { kind: 'pattern' }],
    ['RSSMRA80A01H501', { kind: 'length' }],
    ['098765432170', { kind: 'length' }],
    ['09876543218', { kind: 'check-digit', expected: '7' }],
  ])('codice fiscale %j', (value, fault) => expect(codiceFiscaleFault(value)).toMatchObject(fault));

  it('is nothing for a right one, and what was meant is always right', () => {
    expect(partitaIvaFault('09876543217')).toBeUndefined();
    expect(codiceFiscaleFault('RSSMRA80A01H50MM')).toBeUndefined();
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), (value) => {
        for (const [fault, isRight] of [[partitaIvaFault(value), isPartitaIva], [codiceFiscaleFault(value), isCodiceFiscale]] as const) {
          if (fault?.meant !== undefined) expect(isRight(fault.meant)).toBe(true);
        }
      }),
    );
  });

  it('says the check digit that makes the number right', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{11}$/), (value) => {
        const fault = partitaIvaFault(value);
        if (fault?.kind === 'check-digit') expect(isPartitaIva(value.slice(0, 10) + fault.expected)).toBe(true);
      }),
    );
  });
});
