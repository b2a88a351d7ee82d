import type { Sql } from '../../platform/database/sql.js';
import { bundledRoots } from './bundled-roots.js';
import type { TrustInForce } from './trust-in-force.js';
import type { TrustScope, TrustUse } from './trust-entry.js';

/** A certificate that somebody took back. */
export interface Revoked {
  readonly use: TrustUse;
  readonly fingerprint: string;
  readonly at: Date;
  readonly by: string;
}

/**
 * Whose signatures have counted, in steps from what counts still to what the store remembers. Whoever looks for the authority under which a message was accepted takes the first step
 * that knows one. Nothing may be accepted by it.
 */
export interface TrustOnRecord {
  readonly steps: readonly TrustInForce[];
  readonly revoked: readonly Revoked[];
}

interface Row {
  scope: TrustScope;
  use: TrustUse;
  fingerprint: string;
  certificate: Buffer;
  authority: boolean;
  current: boolean;
  revokedAt: Date | null;
  revokedBy: string | null;
}

/** Reads what the store says and has said of certificates for the mailboxes of a scope. */
export async function trustOnRecord(sql: Sql, scope: TrustScope): Promise<TrustOnRecord> {
  const rows = await sql.query<Row>(
    `SELECT scope, use, fingerprint, certificate, authority, revoked_at IS NULL AND withdrawn_at IS NULL AS current, revoked_at AS "revokedAt", revoked_by AS "revokedBy" FROM trust_anchors
     WHERE revoked_at IS NOT NULL OR source <> 'bundled' ORDER BY scope, use, fingerprint`,
  );
  const own = rows.filter((row) => row.scope === scope);
  return {
    // A signer or a link that was revoked stands under an authority that counts still; only then may the authority itself be one that was taken back.
    steps: [own.filter(({ current }) => current), own].map((some) => stepOf(scope, some)),
    revoked: rows.flatMap(({ use, fingerprint, revokedAt, revokedBy }) => (revokedAt ? [{ use, fingerprint, at: revokedAt, by: revokedBy ?? '' }] : [])),
  };
}

function stepOf(scope: TrustScope, rows: readonly Row[]): TrustInForce {
  const of = (use: TrustUse, authority: boolean): Buffer[] => rows.filter((row) => row.use === use && row.authority === authority).map(({ certificate }) => certificate);
  return {
    pec: { anchors: [...(scope === 'public' ? bundledRoots().map(({ pem }) => pem) : []), ...of('pec', true)], pinned: of('pec', false) },
    sdi: { anchors: of('sdi', true), pinned: of('sdi', false) },
  };
}
