const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * Pauses in milliseconds before the first, second, ... attempt, as the Standard Webhooks specification proposes: ten attempts over about 75 hours.
 */
export const SCHEDULE: readonly number[] = [
  0,
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

/** Pauses grow by up to this part at random, and never shrink: deliveries that failed together do not come back together, and three days stay three days. */
const JITTER = 0.1;

/** A receiver may ask for a longer pause, but not for more than this. */
export const MAX_RETRY_AFTER_MS = 24 * HOUR;

/**
 * The pause after the given number of failed attempts, or undefined when the schedule is exhausted.
 *
 * @param failed how many attempts have failed, from 1
 * @param random a number from 0 to below 1
 * @param retryAfterMs what the receiver asked for
 */
export function pauseAfter(failed: number, random: number, retryAfterMs = 0, schedule: readonly number[] = SCHEDULE): number | undefined {
  const step = schedule[failed];
  if (step === undefined) return undefined;
  return Math.round(Math.max(step, Math.min(retryAfterMs, MAX_RETRY_AFTER_MS)) * (1 + JITTER * random));
}

/** Milliseconds that a `Retry-After` header asks for (RFC 9110 §10.2.3: seconds or an HTTP date); undefined when absent or senseless. */
export function readRetryAfter(header: string | undefined, now: Date): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * SECOND;
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)) return undefined;
  const pause = Date.parse(text) - now.getTime();
  return Number.isNaN(pause) ? undefined : Math.max(0, pause);
}
