import type { Attempt } from '../../outbox/attempts/attempt.js';

/**
 * Hand-overs of unknown outcome that count as lost (pec.md 9.5): the access point answers every message that it takes, the mailbox has been read without trouble for the
 * whole of the agreed silence, the server was searched for an answer a moment ago, and nothing that was fetched still waits to be judged.
 */
export function unanswered(
  attempts: readonly Attempt[],
  facts: { readonly now: Date; readonly readSince: Date; readonly waiting: number; readonly silenceS: number | undefined },
): Attempt[] {
  const { now, readSince, waiting, silenceS } = facts;
  if (silenceS === undefined || waiting > 0) return [];
  return attempts.filter((attempt) => {
    if (attempt.state !== 'unknown' || attempt.identificativo !== undefined || attempt.resendRequestedAt || !attempt.settledAt) return false;
    const from = Math.max(attempt.settledAt.getTime(), readSince.getTime());
    return now.getTime() - from >= silenceS * 1000;
  });
}
