import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isIban } from './iban.js';

const RIGHT = 'IT60X0542811101000000123456';

it.each([RIGHT, RIGHT.toLowerCase(), 'DE89370400440532013000', 'SM86U0322509800000000270100', 'GB29NWBK60161331926819'])('%s is right', (iban) => expect(isIban(iban)).toBe(true));
it.each(['', 'IT60', 'IT60X054281110100000012345', 'IT60X05428111010000001234567', 'XX', 'IT60X0542811101000000123457'])('%j is wrong', (iban) => expect(isIban(iban)).toBe(false));

it('no single digit can be changed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: RIGHT.length - 1 }), fc.integer({ min: 1, max: 9 }), (place, by) => {
      const digit = RIGHT.charCodeAt(place) - 48;
      if (digit > 9) return;
      expect(isIban(RIGHT.slice(0, place) + String((digit + by) % 10) + RIGHT.slice(place + 1))).toBe(false);
    }),
  );
});
