import type { Stage } from '../attempts/attempt.js';

/** What is known of a hand-over when it has ended, however it ended. */
export interface Dialogue {
  /** The last stage that was reached. With a `code`, the server answered there; without, the connection ended or timed out there. */
  readonly stage: Stage;
  readonly code?: number;
  /** The server's answer, or what our side says of the broken connection. */
  readonly response: string;
  /** The message is larger than the server takes (EHLO SIZE, RFC 1870): nothing was sent. */
  readonly tooLarge?: boolean;
}

/** How an attempt ends, and whose trouble it is. */
export type Outcome =
  | { readonly state: 'accepted' }
  /** `sender`: the server refuses the mailbox's own address, so every other invoice would fare the same. */
  | { readonly state: 'refused'; readonly sender: boolean }
  /** `lane`: the trouble is the connection's or the account's, not this message's; the whole lane waits. */
  | { readonly state: 'deferred'; readonly lane: 'none' | 'connection' | 'credentials' | 'throttled' }
  | { readonly state: 'unknown' };

/** Refusals with a permanent code that providers give for too many messages in a short time (pec.md 6: InfoCert). */
const THROTTLED = /too much traffic|class of service|rate limit|too many (messages|connections|mails)|troppi messaggi/i;

/** Stages before MAIL: nothing of the message is said yet, so an answer there is about the connection. */
const BEFORE_MAIL: ReadonlySet<Stage> = new Set(['connect', 'tls']);

/**
 * The outcome of a hand-over by the stage that it reached and the code that came (pec.md 9.5). Only two things make the outcome unknown: no answer after the
 * last octets began to leave, or an answer that is none (a code outside 2xx, 4xx and 5xx).
 */
export function settle(dialogue: Dialogue): Outcome {
  const { stage, code, response } = dialogue;
  if (dialogue.tooLarge) return { state: 'refused', sender: false };
  if (stage === 'answered' || stage === 'final-dot') {
    if (stage === 'final-dot' || code === undefined) return { state: 'unknown' };
    if (code >= 200 && code < 300) return { state: 'accepted' };
    if (code >= 400 && code < 500) return { state: 'deferred', lane: code === 421 ? 'connection' : 'none' };
    if (code >= 500 && code < 600) return THROTTLED.test(response) ? { state: 'deferred', lane: 'throttled' } : { state: 'refused', sender: false };
    return { state: 'unknown' };
  }
  if (BEFORE_MAIL.has(stage)) return { state: 'deferred', lane: 'connection' };
  if (stage === 'auth') return { state: 'deferred', lane: code !== undefined && code >= 500 ? 'credentials' : 'connection' };
  if (code === undefined || code < 400 || code === 421) return { state: 'deferred', lane: 'connection' };
  if (code < 500) return { state: 'deferred', lane: code === 450 || code === 451 || code === 452 ? 'none' : 'connection' };
  if (THROTTLED.test(response)) return { state: 'deferred', lane: 'throttled' };
  // 552 at MAIL is about the declared size (RFC 1870 §6.1), so about this message.
  return { state: 'refused', sender: stage === 'mail' && code !== 552 };
}

/**
 * What became of an attempt that a process left open when it died. The point of no return is durable (`final-dot`): before it nothing can have been
 * submitted, after it nobody knows.
 */
export function settleAbandoned(stage: Stage | undefined): 'deferred' | 'unknown' {
  return stage === undefined ? 'deferred' : 'unknown';
}
