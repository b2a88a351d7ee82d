import type { Sql } from '../../platform/database/sql.js';
import { newId } from '../../platform/ids.js';
import type { PostResult } from '../target/post-result.js';
import type { Claimed } from './claims.js';
import type { Verdict } from './verdict.js';

/** One attempt that has ended, with what follows from it. */
export interface Settlement {
  readonly delivery: Claimed;
  readonly at: Date;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly result: PostResult;
  readonly verdict: Verdict;
}

/**
 * Writes how attempts ended, and lets the next event of each finished invoice go. The transaction has locked the endpoint's row. Where the claim
 * is no longer ours (we were too slow and another worker took over) only the log is written.
 *
 * @returns how many deliveries wait no longer
 */
export async function settle(sql: Sql, endpointId: string, settlements: readonly Settlement[], now: Date): Promise<number> {
  if (settlements.length === 0) return 0;
  await writeLog(
    sql,
    settlements.filter(({ result }) => result.error !== 'interrupted'),
  );
  const done = await sql.query<{ subject_id: string; state: string }>(
    `UPDATE webhook_deliveries d
        SET state = v.state, attempts = d.attempts + v.counted, next_attempt_at = v.next_attempt_at, claim = NULL, claimed_until = NULL,
            settled_at = CASE WHEN v.state <> 'waiting' THEN $6::timestamptz END
       FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::integer[], $5::timestamptz[]) AS v (id, claim, state, counted, next_attempt_at)
      WHERE d.id = v.id AND d.claim = v.claim
      RETURNING d.subject_id, d.state`,
    [
      settlements.map(({ delivery }) => delivery.id),
      settlements.map(({ delivery }) => delivery.claim),
      settlements.map(({ verdict }) => verdict.state),
      settlements.map(({ result }) => (result.error === 'interrupted' ? 0 : 1)),
      settlements.map(({ verdict }) => (verdict.state === 'waiting' ? new Date(now.getTime() + (verdict.pauseMs ?? 0)) : null)),
      now,
    ],
  );
  const finished = done.filter(({ state }) => state !== 'waiting').map(({ subject_id }) => subject_id);
  await releaseNext(sql, endpointId, finished, now);
  return finished.length;
}

/** The earliest waiting event of each of these invoices is due now. None of them may have an event on its way. */
export async function releaseNext(sql: Sql, endpointId: string, subjectIds: readonly string[], now: Date): Promise<void> {
  if (subjectIds.length === 0) return;
  await sql.query(
    `UPDATE webhook_deliveries SET next_attempt_at = $3
      WHERE id IN (
        SELECT next.id FROM unnest($2::uuid[]) AS s (id)
         CROSS JOIN LATERAL (
           SELECT w.id FROM webhook_deliveries w
            WHERE w.endpoint_id = $1 AND w.subject_id = s.id AND w.state = 'waiting'
            ORDER BY w.subject_sequence LIMIT 1) AS next)`,
    [endpointId, subjectIds, now],
  );
}

async function writeLog(sql: Sql, settlements: readonly Settlement[]): Promise<void> {
  if (settlements.length === 0) return;
  const results = settlements.map(({ result }) => result);
  await sql.query(
    `INSERT INTO webhook_attempts (id, delivery_id, at, request_headers, response_status, response_headers, response_body, duration_ms, error)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::jsonb[], $5::integer[], $6::jsonb[], $7::bytea[], $8::integer[], $9::text[])`,
    [
      settlements.map(() => newId()),
      settlements.map(({ delivery }) => delivery.id),
      settlements.map(({ at }) => at),
      settlements.map(({ requestHeaders }) => JSON.stringify(requestHeaders)),
      results.map(({ status }) => status ?? null),
      results.map(({ responseHeaders }) => (responseHeaders ? JSON.stringify(responseHeaders) : null)),
      results.map(({ responseBody }) => responseBody ?? null),
      results.map(({ durationMs }) => durationMs),
      results.map(({ error }) => error ?? null),
    ],
  );
}
