import type { Attempt } from '../../outbox/attempts/attempt.js';

/** From this silence on the provider must have answered a later hand-over meanwhile: a mailbox that gets no receipts at all proves nothing (pec.md 9.5). */
const OTHERS_ANSWERED_FROM_S = 3_600;

export interface SilenceFacts {
  readonly now: Date;
  readonly readSince: Date;
  /** Messages that were fetched and not judged yet. */
  readonly waiting: number;
  readonly silenceS: number | undefined;
  /** Ids of the attempts that some message names, in the ledger or on the server, whatever that message is worth. */
  readonly named: ReadonlySet<string>;
  /** Ids of the attempts after which a later hand-over of the mailbox got its receipt. */
  readonly overtaken: ReadonlySet<string>;
}

/**
 * Hand-overs of unknown outcome that count as lost (pec.md 9.5): the access point answers every message that it takes, the mailbox has been read without trouble for the
 * whole of the agreed silence, the server was searched for an answer a moment ago, and no message names them.
 * @param attempts those that were searched for in this round
 */
export function unanswered(attempts: readonly Attempt[], facts: SilenceFacts): Attempt[] {
  const { now, readSince, waiting, silenceS, named, overtaken } = facts;
  if (silenceS === undefined || waiting > 0) return [];
  return attempts.filter((attempt) => {
    if (attempt.state !== 'unknown' || attempt.identificativo !== undefined || attempt.resendRequestedAt || !attempt.settledAt) return false;
    if (named.has(attempt.id) || (silenceS >= OTHERS_ANSWERED_FROM_S && !overtaken.has(attempt.id))) return false;
    const from = Math.max(attempt.settledAt.getTime(), readSince.getTime());
    return now.getTime() - from >= silenceS * 1000;
  });
}
