import { subjectIds } from '../payload/subject.js';
import { POST_ERRORS, type PostError } from '../target/post-result.js';

/** A row of `webhook_deliveries` without the body. */
export interface DeliveryRow {
  readonly id: string;
  readonly event_id: string;
  readonly event_type: string;
  readonly subject_id: string;
  readonly subject_sequence: number;
  readonly test: boolean;
  readonly state: 'waiting' | 'delivered' | 'failed';
  readonly attempts: number;
  readonly next_attempt_at: Date | null;
  readonly under_way: boolean;
  readonly created_at: Date;
  readonly settled_at: Date | null;
}

export const DELIVERY_COLUMNS = `id, event_id, event_type, subject_id, subject_sequence, test, state, attempts, next_attempt_at,
  claim IS NOT NULL AND claimed_until >= clock_timestamp() AS under_way, created_at, settled_at`;

/** A delivery as the API shows it. */
export function deliveryView(row: DeliveryRow): object {
  return {
    id: row.id,
    eventId: row.event_id,
    eventType: row.event_type,
    ...subjectIds(row.event_type, row.test ? null : row.subject_id),
    sequence: row.test ? null : row.subject_sequence,
    test: row.test,
    state: row.state,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at,
    waitsForEarlier: row.state === 'waiting' && row.next_attempt_at === null,
    createdAt: row.created_at,
    settledAt: row.settled_at,
  };
}

/** A row of `webhook_attempts`. */
export interface AttemptRow {
  readonly at: Date;
  readonly request_headers: Readonly<Record<string, string>>;
  readonly response_status: number | null;
  readonly response_headers: Readonly<Record<string, string>> | null;
  readonly response_body: Buffer | null;
  readonly duration_ms: number;
  readonly error: PostError | null;
}

/** An attempt as the API shows it; the request's body is the same at every attempt. */
export function attemptView(row: AttemptRow, requestBody: string): object {
  return {
    at: row.at,
    requestHeaders: row.request_headers,
    requestBody,
    responseStatus: row.response_status,
    responseHeaders: row.response_headers,
    responseBody: row.response_body?.toString('utf8') ?? null,
    durationMs: row.duration_ms,
    error: row.error,
    errorText: row.error ? POST_ERRORS[row.error] : null,
  };
}
