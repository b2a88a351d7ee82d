import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batches } from './batches.js';
import { fairShare } from './fair-share.js';
import { unanswered } from './unanswered.js';
import { attempt } from '../testing/messages.js';

const LIMITS = { messages: 5, size: 100, giant: 1_000 };

describe('batches', () => {
  it('leaves nothing out, keeps the order, and fetches no giant with others', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2_000 })), (sizes) => {
        const heads = sizes.map((size, index) => ({ uid: index + 1, size }));
        const made = batches(heads, LIMITS);
        expect(made.flat()).toEqual(heads);
        for (const batch of made) {
          expect(batch.length).toBeGreaterThan(0);
          expect(batch.length).toBeLessThanOrEqual(LIMITS.messages);
          if (batch.some((head) => head.size > LIMITS.giant)) expect(batch).toHaveLength(1);
          if (batch.length > 1) expect(batch.reduce((sum, head) => sum + head.size, 0)).toBeLessThanOrEqual(LIMITS.size);
        }
      }),
    );
  });
});

describe('fairShare', () => {
  it('covers all mailboxes and gives nobody much more than the others', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 50 }), (mailboxes, readers) => {
        const share = fairShare(mailboxes, readers);
        expect(share * readers).toBeGreaterThanOrEqual(mailboxes);
        expect((share - 1) * readers).toBeLessThan(Math.max(1, mailboxes));
      }),
    );
  });
});

describe('unanswered', () => {
  const now = new Date('2026-11-03T10:00:00Z');
  const ago = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);
  const lost = { ...attempt, state: 'unknown' as const, settledAt: ago(3_600) };
  const facts = { now, readSince: ago(4_000), waiting: 0, silenceS: 3_600, named: new Set<string>(), overtaken: new Set([lost.id]) };

  it('counts a hand-over as lost after the agreed silence', () => expect(unanswered([lost], facts)).toEqual([lost]));
  it('asks for no other answer under a short rule, as the sandbox has', () =>
    expect(unanswered([lost], { ...facts, silenceS: 3_599, overtaken: new Set() })).toEqual([lost]));
  it.each([
    ['the mailbox has no rule', lost, { ...facts, silenceS: undefined }],
    ['the silence is too short', { ...lost, settledAt: ago(3_599) }, facts],
    ['the mailbox was not read all the while', lost, { ...facts, readSince: ago(60) }],
    ['something read has not been judged', lost, { ...facts, waiting: 1 }],
    ['a receipt has named its identificativo', { ...lost, identificativo: 'x@y' }, facts],
    ['some message names it', lost, { ...facts, named: new Set([lost.id]) }],
    ['the provider has answered nothing else since', lost, { ...facts, overtaken: new Set<string>() }],
    ['another has followed it', { ...lost, resendRequestedAt: ago(1) }, facts],
  ] as const)('never while %s', (_, candidate, given) => expect(unanswered([candidate], given)).toEqual([]));
});
