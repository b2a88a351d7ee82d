import { expect, it } from 'vitest';
import { attemptMessageId } from './attempt.js';

const INVOICE = '01900000-0000-7000-8000-00000000000b';
const of = (invoiceId: string, number: number): string => attemptMessageId(invoiceId, number, 'Fatture@PEC.Ditta.example');

it('names the attempt and our domain in a local part that every server takes', () => {
  expect(of(INVOICE, 12)).toMatch(/^inv\.[0-9A-HJKMNP-TV-Z]{26}\.a12@pec\.ditta\.example$/);
  expect(of('ffffffff-ffff-ffff-ffff-ffffffffffff', 2_147_483_647).split('@')[0]?.length).toBeLessThanOrEqual(64);
});

it('cannot be guessed from the invoice, to which it still leads', () => {
  const ids = Array.from({ length: 1000 }, () => of(INVOICE, 1));
  expect(new Set(ids.map((id) => id.slice(17, 30))).size).toBe(1000);
  expect(new Set(ids.map((id) => id.slice(4, 17)))).toEqual(new Set(['800000000000B'.padStart(13, '0')]));
  // Of the 64 random bits, each takes both values.
  const values = ids.map((id) => [...id.slice(17, 30)].reduce((sum, letter) => sum * 32n + BigInt('0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(letter)), 0n));
  for (let bit = 0n; bit < 64n; bit += 1n) expect(new Set(values.map((value) => (value >> bit) & 1n)).size).toBe(2);
});
