import type { Sql } from '../../platform/database/sql.js';
import type { CertificateFacts, TrustEntry, TrustScope, TrustSource, TrustUse } from './trust-entry.js';

const COLUMNS = `scope, use, source, fingerprint, subject, issuer, emails, key_sha256 AS "keySha256", not_before AS "notBefore", not_after AS "notAfter", authority, added_at AS "addedAt",
  added_by AS "addedBy", note, place, withdrawn_at AS "withdrawnAt", revoked_at AS "revokedAt", revoked_by AS "revokedBy", revoked_note AS "revokedNote",
  CASE WHEN revoked_at IS NOT NULL THEN 'revoked' WHEN withdrawn_at IS NOT NULL THEN 'withdrawn' ELSE 'trusted' END AS state`;

/** What every row of the store is read by; `at` is `added_at` with its microseconds, for cursors. */
export const TRUST_COLUMNS = `${COLUMNS}, to_char(added_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at`;

export type TrustRow = TrustEntry & { readonly at: string };

export interface NewEntry {
  readonly scope: TrustScope;
  readonly use: TrustUse;
  readonly source: TrustSource;
  readonly facts: CertificateFacts;
  readonly by: string;
  readonly note?: string | undefined;
  readonly place?: string | undefined;
}

/** Puts a certificate into the store, or in the place of what the store said of it before; a revocation stays unless `lift` says so. */
export async function putEntry(sql: Sql, { scope, use, source, facts, by, note, place }: NewEntry, lift = false): Promise<TrustRow | undefined> {
  const [row] = await sql.query<TrustRow>(
    `INSERT INTO trust_anchors (scope, use, fingerprint, certificate, source, authority, subject, issuer, emails, key_sha256, not_before, not_after, added_at, added_by, note, place)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, clock_timestamp(), $13, $14, $15)
     ON CONFLICT (scope, use, fingerprint) DO UPDATE SET source = excluded.source, authority = excluded.authority, subject = excluded.subject, issuer = excluded.issuer, emails = excluded.emails,
       key_sha256 = excluded.key_sha256, not_before = excluded.not_before, not_after = excluded.not_after, added_at = excluded.added_at, added_by = excluded.added_by, note = excluded.note,
       place = excluded.place, withdrawn_at = NULL${lift ? ', revoked_at = NULL, revoked_by = NULL, revoked_note = NULL' : ''}
     RETURNING ${TRUST_COLUMNS}`,
    [scope, use, facts.fingerprint, facts.certificate, source, facts.authority, facts.subject, facts.issuer, facts.emails, facts.keySha256, facts.notBefore, facts.notAfter, by, note ?? null, place ?? null],
  );
  return row;
}

/** Lets decisions and what comes from outside wait for each other: first of all in each transaction that changes the store. */
export async function lockTrust(sql: Sql): Promise<void> {
  await sql.query('SELECT 1 FROM trust_state FOR UPDATE');
}

/** Tells whoever judged by the store that it has changed. */
export async function bumpRevision(sql: Sql): Promise<void> {
  await sql.query('UPDATE trust_state SET revision = revision + 1, changed_at = clock_timestamp()');
}

export interface Logged {
  readonly action: 'trusted' | 'revoked' | 'found' | 'withdrawn';
  readonly entry: Pick<TrustEntry, 'scope' | 'use' | 'fingerprint' | 'subject' | 'source'>;
  readonly by: string;
  readonly apiKeyId?: string | undefined;
  readonly note?: string | undefined;
  readonly messageId?: string | undefined;
}

/** Adds a line to the log, in the transaction of what it tells. */
export async function logTrust(sql: Sql, { action, entry, by, apiKeyId, note, messageId }: Logged): Promise<void> {
  await sql.query('INSERT INTO trust_log (action, scope, use, fingerprint, subject, source, by_name, api_key_id, note, message_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [
    action,
    entry.scope,
    entry.use,
    entry.fingerprint,
    entry.subject,
    entry.source,
    by,
    apiKeyId ?? null,
    note ?? null,
    messageId ?? null,
  ]);
}
