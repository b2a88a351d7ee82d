import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_RETRY_AFTER_MS, pauseAfter, readRetryAfter, SCHEDULE } from './schedule.js';
import { judge, MAX_LANE_PAUSE_MS } from './verdict.js';

const now = new Date('2025-03-01T10:00:00Z');
const HOUR = 3_600_000;
const answered = (status: number, responseHeaders: Record<string, string> = {}) => ({ durationMs: 5, status, responseHeaders });

describe('the schedule', () => {
  it('makes ten attempts over at least three days, and not much more', () => {
    for (const random of [0, 0.5, 0.999]) {
      let total = 0;
      let attempts = 1;
      for (let pause = pauseAfter(1, random); pause !== undefined; pause = pauseAfter(attempts, random)) {
        total += pause;
        attempts += 1;
      }
      expect(attempts).toBe(10);
      expect(total).toBeGreaterThanOrEqual(72 * HOUR);
      expect(total).toBeLessThanOrEqual(84 * HOUR);
    }
  });

  it('never comes back sooner than it says, nor much later', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        fc.integer({ min: 0, max: 10 * MAX_RETRY_AFTER_MS }),
        (failed, random, asked) => {
          const pause = pauseAfter(failed, random, asked)!;
          const least = Math.max(SCHEDULE[failed]!, Math.min(asked, MAX_RETRY_AFTER_MS));
          expect(pause).toBeGreaterThanOrEqual(least);
          expect(pause).toBeLessThanOrEqual(least * 1.1 + 1);
        },
      ),
    );
  });
});

describe('Retry-After', () => {
  it.each([
    ['120', 120_000],
    [' 7 ', 7_000],
    ['Sat, 01 Mar 2025 10:01:00 GMT', 60_000],
    ['Sat, 01 Mar 2025 09:00:00 GMT', 0],
    [undefined, undefined],
    ['', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['99999999999999', undefined],
    ['2025', 2_025_000],
    ['Sat, 99 Mar 2025 10:01:00 GMT', undefined],
  ])('%j is %j ms', (header, expected) => expect(readRetryAfter(header, now)).toBe(expected));
});

describe('the verdict', () => {
  it.each([200, 201, 202, 204, 299])('takes %i for success', (status) =>
    expect(judge(answered(status), 3, now, 0)).toEqual({ state: 'delivered' }),
  );

  it.each([300, 301, 302, 307, 308, 304, 400, 401, 404, 422, 500, 502, 503])('tries again after %i', (status) =>
    expect(judge(answered(status), 1, now, 0)).toEqual({ state: 'waiting', pauseMs: 5000 }),
  );

  it('tries again when nothing was answered', () =>
    expect(judge({ durationMs: 20_000, error: 'timeout' }, 2, now, 0)).toEqual({ state: 'waiting', pauseMs: 300_000 }));

  it('gives up after the tenth attempt', () => expect(judge(answered(500), 10, now, 0)).toEqual({ state: 'failed' }));

  it('switches the endpoint off at 410 and keeps the delivery', () =>
    expect(judge(answered(410), 10, now, 0)).toEqual({ state: 'waiting', pauseMs: 0, gone: true }));

  it('rests for as long as a busy receiver asks, within bounds', () => {
    expect(judge(answered(429, { 'retry-after': '60' }), 1, now, 0)).toEqual({ state: 'waiting', pauseMs: 60_000, lanePauseMs: 60_000 });
    expect(judge(answered(503, { 'retry-after': '999999' }), 1, now, 0)).toEqual({
      state: 'waiting',
      pauseMs: MAX_RETRY_AFTER_MS,
      lanePauseMs: MAX_LANE_PAUSE_MS,
    });
    expect(judge(answered(500, { 'retry-after': '60' }), 1, now, 0)).toEqual({ state: 'waiting', pauseMs: 60_000 });
    expect(judge(answered(503, { 'retry-after': '1' }), 4, now, 0)).toEqual({ state: 'waiting', pauseMs: 2 * HOUR, lanePauseMs: 1000 });
  });
});
