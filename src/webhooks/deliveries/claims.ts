import type { Sql } from '../../platform/database/sql.js';
import { newId } from '../../platform/ids.js';

/** Requests to one endpoint at the same time, over all workers. */
export const PARALLEL = 8;
/** The same while its last attempt failed: a receiver that is down or slow is asked gently and takes little of ours. */
export const PARALLEL_FAILING = 2;

/** A delivery that this process may send now, and nobody else. */
export interface Claimed {
  readonly id: string;
  readonly claim: string;
  readonly eventId: string;
  readonly body: Buffer;
  /** Attempts made so far, over all rounds. */
  readonly attempts: number;
  /** Of these, attempts of earlier rounds (before a redelivery). */
  readonly attemptsBefore: number;
  /** When it was due (first attempt: when it was written). */
  readonly dueAt: Date;
}

interface ClaimedRow {
  readonly id: string;
  readonly event_id: string;
  readonly body: Buffer;
  readonly attempts: number;
  readonly attempts_before: number;
  readonly next_attempt_at: Date;
}

/**
 * Takes due deliveries of an endpoint whose row the transaction has locked, so that the bound holds over all workers.
 *
 * @param room how many this process wants at most
 * @param bound how many may be under way in all
 * @param claimMs for how long nobody else may take them
 */
export async function claimDue(sql: Sql, endpointId: string, now: Date, room: number, bound: number, claimMs: number): Promise<Claimed[]> {
  const claim = newId();
  const rows = await sql.query<ClaimedRow>(
    `UPDATE webhook_deliveries SET claim = $2, claimed_until = clock_timestamp() + make_interval(secs => $6)
      WHERE id IN (
        SELECT id FROM webhook_deliveries
         WHERE endpoint_id = $1 AND next_attempt_at <= $3 AND (claim IS NULL OR claimed_until < clock_timestamp())
         ORDER BY next_attempt_at, id
         LIMIT least($4::integer, greatest(0, $5::integer - (
           SELECT count(*)::integer FROM webhook_deliveries WHERE endpoint_id = $1 AND claim IS NOT NULL AND claimed_until >= clock_timestamp()))))
      RETURNING id, event_id, body, attempts, attempts_before, next_attempt_at`,
    [endpointId, claim, now, room, bound, claimMs / 1000],
  );
  return rows.map((row) => ({
    id: row.id,
    claim,
    eventId: row.event_id,
    body: row.body,
    attempts: row.attempts,
    attemptsBefore: row.attempts_before,
    dueAt: row.next_attempt_at,
  }));
}

/** Keeps claims alive whose requests are under way. */
export async function renewClaims(sql: Sql, held: readonly Claimed[], claimMs: number): Promise<void> {
  await sql.query(
    `UPDATE webhook_deliveries d SET claimed_until = clock_timestamp() + make_interval(secs => $3)
       FROM unnest($1::uuid[], $2::uuid[]) AS v (id, claim) WHERE d.id = v.id AND d.claim = v.claim`,
    [held.map(({ id }) => id), held.map(({ claim }) => claim), claimMs / 1000],
  );
}

/**
 * When there is something to take again, after everything has been taken that may be: the next delivery becomes due, or a claim runs out because its worker died. What is due
 * already and was not taken waits for one of the claims to end, and whoever holds it goes on by itself.
 */
export async function nextDueAt(sql: Sql, endpointId: string, now: Date): Promise<Date | undefined> {
  const [row] = await sql.query<{ at: Date | null }>(
    `SELECT least(
       (SELECT next_attempt_at FROM webhook_deliveries WHERE endpoint_id = $1 AND next_attempt_at > $2 ORDER BY next_attempt_at LIMIT 1),
       (SELECT min(claimed_until) + interval '50 milliseconds' FROM webhook_deliveries WHERE endpoint_id = $1 AND claim IS NOT NULL)) AS at`,
    [endpointId, now],
  );
  return row?.at ?? undefined;
}
