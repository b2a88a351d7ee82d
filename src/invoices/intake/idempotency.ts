import type { Caller } from '../../companies/auth/scopes.js';
import type { Sql, Tx } from '../../platform/database/sql.js';
import { Problem } from '../../platform/http/problem.js';
import { IDEMPOTENCY_KEY_REUSED, ILLEGAL_IDEMPOTENCY_KEY } from '../problems.js';

export interface IdempotentRequest {
  /** Whose keys these are: two callers never see each other's. */
  readonly scope: string;
  readonly key: string;
  /** SHA-256 over everything that makes the request. */
  readonly sha256: string;
}

/** Stands for an archive where an invoice's id would stand: what it made are the invoices of its files, each with a key of its own. */
export const ARCHIVE_ID = '00000000-0000-0000-0000-000000000000';

export const idempotencyScope = ({ apiKeyId, name }: Caller): string => `invoices:${apiKeyId ?? name}`;

export function checkIdempotencyKey(key: string): string {
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw new Problem(
    ILLEGAL_IDEMPOTENCY_KEY,
    { it: 'Idempotency-Key deve avere da 1 a 200 caratteri ASCII visibili.', en: 'Idempotency-Key must be 1 to 200 visible ASCII characters.' },
    { mend: { it: 'Usare per esempio un UUID.', en: 'Use a UUID, for example.' } },
  );
}

/**
 * Ties a key to the resource that is about to be made, in the same transaction. Returns the id of the one that the first request made, when this is a repetition. A
 * request that runs at the same time waits here for the first to commit.
 */
export async function claimIdempotencyKey(tx: Tx, request: IdempotentRequest, resourceId: string): Promise<string | undefined> {
  const claimed = await tx.query(
    'INSERT INTO idempotency_keys (scope, key, request_sha256, resource_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING key',
    [request.scope, request.key, request.sha256, resourceId],
  );
  if (claimed.length > 0) return undefined;
  return firstOf(tx, request);
}

/** The id of what the first request with this key made, when there was one: to answer a repetition before anything is judged anew. */
export async function firstOf(sql: Sql, request: IdempotentRequest): Promise<string | undefined> {
  const [first] = await sql.query<{ request_sha256: string; resource_id: string }>('SELECT request_sha256, resource_id FROM idempotency_keys WHERE scope = $1 AND key = $2', [request.scope, request.key]);
  if (!first) return undefined;
  if (first.request_sha256 === request.sha256) return first.resource_id;
  throw new Problem(
    IDEMPOTENCY_KEY_REUSED,
    { it: 'Questa Idempotency-Key è già stata usata con un altro contenuto.', en: 'This Idempotency-Key was used with another content.' },
    {
      mend: { it: 'Usare una chiave nuova per ogni fattura; ripetere la stessa chiave solo con gli stessi byte.', en: 'Use a new key for each invoice; repeat a key with the same bytes only.' },
      extra: first.resource_id === ARCHIVE_ID ? {} : { invoiceId: first.resource_id },
    },
  );
}

/** Of a request that came to nothing: its key is free for the next try. */
export async function forgetIdempotencyKey(sql: Sql, { scope, key, sha256 }: IdempotentRequest): Promise<void> {
  await sql.query('DELETE FROM idempotency_keys WHERE scope = $1 AND key = $2 AND request_sha256 = $3', [scope, key, sha256]);
}
