import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SdiAddressInForce, sdiAddressOutcome, type SdiAddressWord } from './sdi-address-rule.js';

const sdi = (n: number): string => `sdi${String(n).padStart(2, '0')}@pec.fatturapa.it`;
const noon = Date.UTC(2026, 10, 3, 12);
const at = (minutes: number): Date => new Date(noon + minutes * 60_000);
const inForce = (over: Partial<SdiAddressInForce> = {}): SdiAddressInForce => ({ address: sdi(3), source: 'message', since: at(0), ...over });
const word = (sender: number, announced?: number, minutes = 1): SdiAddressWord => ({ sender: sdi(sender), ...(announced === undefined ? {} : { announced: sdi(announced) }), at: at(minutes) });

describe('the address of SdI', () => {
  it.each([
    ['the first message names it by its sender', inForce({ address: sdi(1), source: 'initial' }), word(3), { adopt: sdi(3) }],
    ['the first message confirms the guess', inForce({ address: sdi(1), source: 'initial' }), word(1, 1), { adopt: sdi(1) }],
    ['the first message may be older than the guess', inForce({ address: sdi(1), source: 'initial' }), word(3, 3, -60), { adopt: sdi(3) }],
    ['the first message announces another than its sender', inForce({ address: sdi(1), source: 'initial' }), word(3, 48), { adopt: sdi(3), seen: { address: sdi(48), how: 'announcement' } }],
    ['a message from it speaks for it', inForce(), word(3, 3), { confirmed: true }],
    ['another sender that is announced', inForce(), word(48, 48), { adopt: sdi(48) }],
    ['another sender alone', inForce(), word(48), { seen: { address: sdi(48), how: 'sender' } }],
    ['another sender that announces a third one', inForce(), word(48, 7), { seen: { address: sdi(48), how: 'sender' } }],
    ['another sender that says to keep the one in force', inForce(), word(48, 3), { confirmed: true }],
    ['an announcement from the address in force', inForce(), word(3, 48), { seen: { address: sdi(48), how: 'announcement' } }],
    ['a late announcement', inForce(), word(48, 48, -1), {}],
    ['a late word for it', inForce(), word(3, 3, -1), {}],
    ['the same message again', inForce(), word(48, 48, 0), {}],
    ['an announcement after a person’s decision', inForce({ source: 'person' }), word(48, 48), { adopt: sdi(48) }],
    ['an announcement before a person’s decision', inForce({ source: 'person' }), word(48, 48, -1), {}],
    ['another sender after a person’s decision', inForce({ source: 'person' }), word(48), { seen: { address: sdi(48), how: 'sender' } }],
  ] as const)('%s', (_, before, said, outcome) => expect(sdiAddressOutcome(before, said)).toEqual(outcome));

  it('is that of the newest announcement, in whatever order messages are judged and however often', () => {
    const words = fc.uniqueArray(fc.record({ n: fc.integer({ min: 2, max: 9 }), minute: fc.integer({ min: 1, max: 500 }) }), { selector: ({ minute }) => minute, minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(words, fc.infiniteStream(fc.nat()), (told, random) => {
        let now = inForce();
        const all = [...told, ...told].sort(() => (random.next().value % 3) - 1);
        for (const { n, minute } of all) {
          const { adopt, confirmed } = sdiAddressOutcome(now, word(n, n, minute));
          if (confirmed) now = { ...now, since: at(minute) };
          if (adopt) now = { address: adopt, source: 'message', since: at(minute) };
        }
        const newest = [...told].sort((a, b) => b.minute - a.minute)[0]!;
        expect(now.address).toBe(sdi(newest.n));
      }),
    );
  });
});
