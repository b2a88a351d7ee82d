import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Attempt, AttemptState } from '../attempts/attempt.js';
import { backoffMs } from './backoff.js';
import { decide, FRESH, type LaneFacts, LANE_POLICY, nextAttempt, remember } from './decide.js';

const now = new Date('2026-11-03T10:00:00Z');
const at = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);
const facts = (over: Partial<LaneFacts> = {}): LaneFacts => ({
  now,
  enabled: true,
  stopped: false,
  abandoned: 0,
  due: 3,
  quota: { perHour: 300, perDay: 7200, lastHour: 0, lastDay: 0 },
  ...over,
});

describe('decide', () => {
  it('sends what is due', () => expect(decide(facts())).toEqual({ do: 'send', count: 3 }));
  it('settles first what a dead process left, even on a stopped lane', () => expect(decide(facts({ abandoned: 1, stopped: true }))).toEqual({ do: 'recover' }));
  it('rests on a disabled mailbox', () => expect(decide(facts({ enabled: false }))).toEqual({ do: 'rest', why: 'disabled' }));
  it('rests after refused credentials', () => expect(decide(facts({ stopped: true }))).toEqual({ do: 'rest', why: 'stopped' }));
  it('rests when nothing waits', () => expect(decide(facts({ due: 0 }))).toEqual({ do: 'rest', why: 'nothing' }));
  it('waits for the next due time', () => expect(decide(facts({ due: 0, nextDueAt: at(60) }))).toEqual({ do: 'wait', until: at(60), why: 'not-due' }));
  it('waits out its backoff', () => expect(decide(facts({ notBefore: at(5) }))).toEqual({ do: 'wait', until: at(5), why: 'backoff' }));

  // T6: mass send bypasses the queue and hits provider limits.
  it('T6 sends no more than the quota of the hour and the day', () => {
    expect(decide(facts({ quota: { perHour: 300, perDay: 7200, lastHour: 298, lastDay: 400 } }))).toEqual({ do: 'send', count: 2 });
    expect(decide(facts({ quota: { perHour: 300, perDay: 401, lastHour: 100, lastDay: 400 } }))).toEqual({ do: 'send', count: 1 });
    expect(decide(facts({ quota: { perHour: 300, perDay: 7200, lastHour: 300, lastDay: 400, hourFreesAt: at(90) } }))).toEqual({ do: 'wait', until: at(90), why: 'quota-hour' });
    expect(decide(facts({ quota: { perHour: 300, perDay: 400, lastHour: 300, lastDay: 400, dayFreesAt: at(900) } }))).toEqual({ do: 'wait', until: at(900), why: 'quota-day' });
  });

  it('never sends beyond what is due and allowed, and never waits for the past', () => {
    const count = fc.integer({ min: 0, max: 1000 });
    fc.assert(
      fc.property(count, count, count, count, count, fc.integer({ min: -100, max: 100 }), (due, perHour, perDay, lastHour, lastDay, frees) => {
        const action = decide(facts({ due, quota: { perHour, perDay, lastHour, lastDay, hourFreesAt: at(frees), dayFreesAt: at(frees) } }));
        if (action.do === 'send') {
          expect(action.count).toBeGreaterThan(0);
          expect(action.count).toBeLessThanOrEqual(Math.min(due, perHour - lastHour, perDay - lastDay));
        }
        if (action.do === 'wait') expect(action.until.getTime()).toBeGreaterThan(now.getTime());
      }),
    );
  });
});

describe('remember', () => {
  it('T6 stops after two refused logins and not before', () => {
    const first = remember(FRESH, { state: 'deferred', lane: 'credentials' }, 1, now, 0.5, LANE_POLICY);
    expect(first.memory).toMatchObject({ authFailures: 1, stopped: false });
    expect(first.dueAt).toEqual(now);
    expect(remember(first.memory, { state: 'deferred', lane: 'credentials' }, 2, now, 0.5, LANE_POLICY).memory.stopped).toBe(true);
  });

  it('forgets its failures with the first acceptance', () => {
    const failing = remember(FRESH, { state: 'deferred', lane: 'connection' }, 1, now, 0.5, LANE_POLICY).memory;
    expect(failing.notBefore).toBeDefined();
    expect(remember(failing, { state: 'accepted' }, 1, now, 0.5, LANE_POLICY).memory).toBe(FRESH);
  });

  it('does not burn the whole queue when the provider refuses our own address', () => {
    let memory = FRESH;
    for (let index = 0; index < 3; index += 1) memory = remember(memory, { state: 'refused', sender: true }, 1, now, 0.5, LANE_POLICY).memory;
    expect(memory.notBefore?.getTime()).toBeGreaterThan(now.getTime());
  });

  it('gives a deferred message a due time and lets the others pass', () => {
    const { memory, dueAt } = remember(FRESH, { state: 'deferred', lane: 'none' }, 1, now, 0, LANE_POLICY);
    expect(memory).toBe(FRESH);
    expect(dueAt).toEqual(at(2.5));
  });
});

describe('backoffMs', () => {
  it('doubles, stays under its ceiling and jitters over half', () => {
    const backoff = { firstMs: 1000, maxMs: 60_000 };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (failures, random) => {
        const ms = backoffMs(backoff, failures, random);
        const full = Math.min(60_000, 1000 * 2 ** Math.min(30, failures - 1));
        expect(ms).toBeGreaterThanOrEqual(full / 2);
        expect(ms).toBeLessThanOrEqual(full);
      }),
    );
  });
});

describe('nextAttempt', () => {
  const attempt = (state: AttemptState, resend = false): Attempt => ({
    id: 'a',
    invoiceId: 'i',
    companyId: 'c',
    mailboxId: 'm',
    number: 1,
    messageId: 'inv.X.a1@pec.example.it',
    sdiAddress: 'sdi01@pec.fatturapa.it',
    mimeSha256: '0'.repeat(64),
    state,
    tries: 1,
    openedAt: now,
    ...(resend ? { resendRequestedAt: now } : {}),
  });

  it('begins with the first', () => expect(nextAttempt(undefined)).toEqual({ as: 'new', number: 1 }));
  it('goes on with a deferred one', () => expect(nextAttempt(attempt('deferred'))).toMatchObject({ as: 'retry' }));

  // T4: lost answer, resend, duplicate.
  it.each(['open', 'accepted', 'refused', 'unknown'] as const)('T4 never follows an attempt that is %s by another on its own', (state) => {
    expect(nextAttempt(attempt(state))).toEqual({ as: 'none' });
  });
  it('T4 follows an unknown one only when a person asked', () => expect(nextAttempt(attempt('unknown', true))).toEqual({ as: 'new', number: 2 }));
  it('T4 follows a deferred one by a new one once a person asked', () => expect(nextAttempt(attempt('deferred', true))).toEqual({ as: 'new', number: 2 }));
  it('never overtakes an open one', () => expect(nextAttempt(attempt('open', true))).toEqual({ as: 'none' }));
});
