import { expect, it } from 'vitest';
import { isSdiAddress } from './addresses.js';

it.each([
  ['sdi01@pec.fatturapa.it', true],
  ['SDI48@PEC.fatturapa.it', true],
  ['sdi1@pec.fatturapa.it', false],
  ['sdi001@pec.fatturapa.it', false],
  ['sdi01@pec.fatturapa.it.example.com', false],
  ['xsdi01@pec.fatturapa.it', false],
  ['sdi01@pecXfatturapa.it', false],
  ['sdi01@pec.fatturapa.it\n', false],
  ['"sdi01@pec.fatturapa.it" <x@example.com>', false],
])('%j is an address of SdI: %s (sdi.md 3.1)', (address, answer) => {
  expect(isSdiAddress(address)).toBe(answer);
});
