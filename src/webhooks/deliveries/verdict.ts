import type { PostResult } from '../target/post-result.js';
import { pauseAfter, readRetryAfter, SCHEDULE } from './schedule.js';

/** A busy receiver may hold up its whole lane, but not for longer than this at a time. */
export const MAX_LANE_PAUSE_MS = 15 * 60_000;

/** What becomes of a delivery after an attempt. */
export interface Verdict {
  readonly state: 'delivered' | 'waiting' | 'failed';
  /** With `waiting`: milliseconds until the next attempt. */
  readonly pauseMs?: number;
  /** The receiver is gone for good (410): the endpoint is switched off, the delivery waits for it to be switched on again. */
  readonly gone?: boolean;
  /** The receiver asked for peace (429 or 503 with Retry-After): nothing at all is sent to it for this long. */
  readonly lanePauseMs?: number;
}

/** Statuses whose `Retry-After` speaks of the receiver as a whole and not of this message (RFC 6585 §4, RFC 9110 §15.6.4). */
const BUSY = new Set([429, 503]);

/**
 * Judges one attempt: only a 2xx is success (redirects are not followed and count as failures), 410 means that nobody wants these messages any more, all else is
 * tried again on the schedule until it ends.
 *
 * @param attempts number of attempts made, this one included
 */
export function judge(result: PostResult, attempts: number, now: Date, random: number, schedule: readonly number[] = SCHEDULE): Verdict {
  const { status } = result;
  if (status !== undefined && status >= 200 && status < 300) return { state: 'delivered' };
  if (status === 410) return { state: 'waiting', pauseMs: 0, gone: true };
  const asked = readRetryAfter(result.responseHeaders?.['retry-after'], now);
  const lanePauseMs = asked !== undefined && status !== undefined && BUSY.has(status) ? Math.min(asked, MAX_LANE_PAUSE_MS) : undefined;
  const pauseMs = pauseAfter(attempts, random, asked, schedule);
  return { ...(pauseMs === undefined ? { state: 'failed' } : { state: 'waiting', pauseMs }), ...(lanePauseMs ? { lanePauseMs } : {}) };
}
