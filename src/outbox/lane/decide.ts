import type { Attempt } from '../attempts/attempt.js';
import { type Backoff, backoffMs } from './backoff.js';
import type { Outcome } from './settle.js';

/** Numbers that steer a lane; one place, so that a test can make them small. */
export interface LanePolicy {
  /** Invoices read at once. */
  readonly batch: number;
  /** Refused logins in a row after which the lane stops: several providers lock the box (pec.md 6). */
  readonly maxAuthFailures: number;
  /** Refusals of our own address in a row after which the lane waits: they are the mailbox's, not the invoices'. */
  readonly maxSenderRefusals: number;
  /** Waits of the lane after trouble with the connection. */
  readonly connection: Backoff;
  /** Waits of the lane after the provider said "too many". */
  readonly throttled: Backoff;
  /** Waits of one invoice after a temporary refusal of its message. */
  readonly message: Backoff;
  /** A hand-over that was deferred this often, or this long ago for the first time, is trouble that people have to see. */
  readonly stuck: { readonly tries: number; readonly afterMs: number };
}

export const LANE_POLICY: LanePolicy = {
  batch: 50,
  maxAuthFailures: 2,
  maxSenderRefusals: 3,
  connection: { firstMs: 1_000, maxMs: 15 * 60_000 },
  throttled: { firstMs: 60_000, maxMs: 60 * 60_000 },
  message: { firstMs: 5_000, maxMs: 60 * 60_000 },
  stuck: { tries: 10, afterMs: 24 * 3_600_000 },
};

/** What a lane remembers of its last hand-overs. Kept in the database, where the next holder of the lane finds it. */
export interface LaneMemory {
  readonly connectionFailures: number;
  readonly authFailures: number;
  readonly throttles: number;
  readonly senderRefusals: number;
  readonly notBefore?: Date;
  readonly stopped: boolean;
}

export const FRESH: LaneMemory = { connectionFailures: 0, authFailures: 0, throttles: 0, senderRefusals: 0, stopped: false };

/** What a lane has read before it decides. */
export interface LaneFacts {
  readonly now: Date;
  readonly enabled: boolean;
  /** Refused credentials stopped this side of the mailbox, and nobody has changed them since. */
  readonly stopped: boolean;
  readonly notBefore?: Date;
  readonly abandoned: number;
  readonly due: number;
  readonly nextDueAt?: Date;
  readonly quota: { readonly perHour: number; readonly perDay: number; readonly lastHour: number; readonly lastDay: number; readonly hourFreesAt?: Date; readonly dayFreesAt?: Date };
}

export type LaneAction =
  /** Settle what a dead process left open, before anything else. */
  | { readonly do: 'recover' }
  /** Hand over this many of the due invoices, oldest first. */
  | { readonly do: 'send'; readonly count: number }
  | { readonly do: 'wait'; readonly until: Date; readonly why: 'backoff' | 'quota-hour' | 'quota-day' | 'not-due' }
  | { readonly do: 'rest'; readonly why: 'nothing' | 'disabled' | 'stopped' };

const QUOTA_PROBE_MS = 60_000;
const CLOCK_SKEW_MS = 100;

/** What the lane does next. Recovery comes first even when the mailbox is disabled or stopped: it only writes down what is known. */
export function decide(facts: LaneFacts): LaneAction {
  if (facts.abandoned > 0) return { do: 'recover' };
  if (!facts.enabled) return { do: 'rest', why: 'disabled' };
  if (facts.stopped) return { do: 'rest', why: 'stopped' };
  if (facts.due === 0) {
    if (!facts.nextDueAt) return { do: 'rest', why: 'nothing' };
    // "Due" is judged by the database's clock, which may be a little behind ours.
    return { do: 'wait', until: new Date(Math.max(facts.nextDueAt.getTime(), facts.now.getTime() + CLOCK_SKEW_MS)), why: 'not-due' };
  }
  if (facts.notBefore && facts.notBefore > facts.now) return { do: 'wait', until: facts.notBefore, why: 'backoff' };
  const { quota, now } = facts;
  const dayLeft = quota.perDay - quota.lastDay;
  const hourLeft = quota.perHour - quota.lastHour;
  if (dayLeft <= 0) return { do: 'wait', until: later(quota.dayFreesAt, now), why: 'quota-day' };
  if (hourLeft <= 0) return { do: 'wait', until: later(quota.hourFreesAt, now), why: 'quota-hour' };
  return { do: 'send', count: Math.min(facts.due, dayLeft, hourLeft) };
}

/** A limit of zero never frees; the lane then looks again after a while, as the limit may be raised. */
function later(at: Date | undefined, now: Date): Date {
  return at && at > now ? at : new Date(now.getTime() + QUOTA_PROBE_MS);
}

/** What the lane remembers after an outcome, and when the invoice is due again if it was deferred. */
export function remember(memory: LaneMemory, outcome: Outcome, tries: number, now: Date, random: number, policy: LanePolicy): { memory: LaneMemory; dueAt?: Date } {
  const after = (ms: number): Date => new Date(now.getTime() + ms);
  switch (outcome.state) {
    case 'accepted':
      return { memory: FRESH };
    case 'refused': {
      const senderRefusals = outcome.sender ? memory.senderRefusals + 1 : 0;
      if (senderRefusals === 0) return { memory: FRESH };
      if (senderRefusals < policy.maxSenderRefusals) return { memory: { ...FRESH, senderRefusals } };
      return { memory: { ...FRESH, senderRefusals, notBefore: after(backoffMs(policy.connection, senderRefusals - policy.maxSenderRefusals + 1, random)) } };
    }
    case 'unknown': {
      const connectionFailures = memory.connectionFailures + 1;
      return { memory: { ...memory, connectionFailures, notBefore: after(backoffMs(policy.connection, connectionFailures, random)) } };
    }
    case 'deferred':
      break;
  }
  switch (outcome.lane) {
    case 'none':
      // The server answered this message, so connection and login are sound.
      return { memory: FRESH, dueAt: after(backoffMs(policy.message, tries, random)) };
    case 'credentials': {
      const authFailures = memory.authFailures + 1;
      const stopped = authFailures >= policy.maxAuthFailures;
      const wait = after(backoffMs(policy.connection, authFailures, random));
      // Once credentials are mended the invoice should leave at once: only the lane holds it back.
      return { memory: { ...memory, authFailures, stopped, notBefore: wait }, dueAt: now };
    }
    case 'connection': {
      const connectionFailures = memory.connectionFailures + 1;
      return { memory: { ...memory, connectionFailures, notBefore: after(backoffMs(policy.connection, connectionFailures, random)) }, dueAt: now };
    }
    case 'throttled': {
      const throttles = memory.throttles + 1;
      return { memory: { ...memory, throttles, notBefore: after(backoffMs(policy.throttled, throttles, random)) }, dueAt: now };
    }
  }
}

/** Which attempt an invoice's next hand-over is. */
export type NextAttempt =
  | { readonly as: 'new'; readonly number: number }
  /** The same attempt again: same Message-ID, same octets. */
  | { readonly as: 'retry'; readonly attempt: Attempt }
  /** Nothing may leave: the last attempt is under way, submitted, refused or unknown, and nobody asked for another. */
  | { readonly as: 'none' };

/** The rule that keeps a file from being sent twice, whatever the schedule says. */
export function nextAttempt(latest: Attempt | undefined): NextAttempt {
  if (!latest) return { as: 'new', number: 1 };
  if (latest.resendRequestedAt && latest.state !== 'open') return { as: 'new', number: latest.number + 1 };
  if (latest.state === 'deferred') return { as: 'retry', attempt: latest };
  return { as: 'none' };
}
