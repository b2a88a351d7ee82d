import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STAGES } from '../attempts/attempt.js';
import { settle, settleAbandoned } from './settle.js';

describe('settle', () => {
  it.each([
    ['connect', undefined, '', { state: 'deferred', lane: 'connection' }],
    ['connect', 554, 'no service', { state: 'deferred', lane: 'connection' }],
    ['tls', undefined, 'certificate has expired', { state: 'deferred', lane: 'connection' }],
    ['auth', 535, '5.7.8 bad credentials', { state: 'deferred', lane: 'credentials' }],
    ['auth', 454, '4.7.0 later', { state: 'deferred', lane: 'connection' }],
    ['auth', undefined, 'reset', { state: 'deferred', lane: 'connection' }],
    ['mail', 553, '5.7.1 Sender address rejected: not owned by user', { state: 'refused', sender: true }],
    ['mail', 552, '5.3.4 message too big', { state: 'refused', sender: false }],
    ['mail', 451, '4.3.0 later', { state: 'deferred', lane: 'none' }],
    ['rcpt', 550, '5.1.1 unknown', { state: 'refused', sender: false }],
    ['rcpt', 450, '4.2.1 later', { state: 'deferred', lane: 'none' }],
    ['rcpt', undefined, 'reset', { state: 'deferred', lane: 'connection' }],
    ['data', 554, 'no', { state: 'refused', sender: false }],
    ['data', 421, 'closing', { state: 'deferred', lane: 'connection' }],
    ['data', undefined, 'reset', { state: 'deferred', lane: 'connection' }],
    ['final-dot', undefined, 'reset', { state: 'unknown' }],
    ['answered', 250, 'queued', { state: 'accepted' }],
    ['answered', 554, 'virus', { state: 'refused', sender: false }],
    ['answered', 452, 'no space', { state: 'deferred', lane: 'none' }],
    ['answered', 354, 'what', { state: 'unknown' }],
    ['rcpt', 550, '5.7.1 blocked Class Of Service - Too much traffic from this sender', { state: 'deferred', lane: 'throttled' }],
  ] as const)('%s %s %s', (stage, code, response, outcome) => {
    expect(settle({ stage, response, ...(code === undefined ? {} : { code }) })).toEqual(outcome);
  });

  it('refuses what is larger than the server takes', () => {
    expect(settle({ stage: 'mail', response: 'larger', tooLarge: true })).toEqual({ state: 'refused', sender: false });
  });

  // T4: a message that may have been submitted is never deferred or refused, for both would allow a second one.
  it('never allows a second message unless the first was definitely answered', () => {
    fc.assert(
      fc.property(fc.constantFrom(...STAGES), fc.option(fc.integer({ min: 200, max: 599 }), { nil: undefined }), fc.string(), (stage, code, response) => {
        const { state } = settle({ stage, response, ...(code === undefined ? {} : { code }) });
        const mayBeSubmitted = stage === 'final-dot' || (stage === 'answered' && (code === undefined || code < 400));
        if (mayBeSubmitted) expect(['unknown', 'accepted']).toContain(state);
        if (state === 'accepted') expect([stage, Math.floor((code ?? 0) / 100)]).toEqual(['answered', 2]);
      }),
    );
  });
});

describe('settleAbandoned', () => {
  it('knows nothing once the last octets may have left', () => {
    expect(settleAbandoned('final-dot')).toBe('unknown');
    expect(settleAbandoned('data')).toBe('unknown');
  });
  it('knows that nothing was submitted before', () => expect(settleAbandoned(undefined)).toBe('deferred'));
});
