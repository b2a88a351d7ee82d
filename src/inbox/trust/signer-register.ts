import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { TrustScope, TrustUse } from '../../companies/trust/trust-entry.js';
import { instant } from '../../platform/http/bounds.js';
import { Database, decodeCursor } from '../../platform/index.js';

/** A certificate that signed messages. */
export interface Signer {
  readonly scope: TrustScope;
  readonly use: TrustUse;
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  readonly emails: readonly string[];
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** SHA-256 of the certificates from this one up to the anchor, hex. */
  readonly path: readonly string[];
  readonly chained: boolean;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  readonly messages: number;
  readonly waiting: number;
  readonly applied: number;
  readonly follows: string | null;
  /** `first_seen_at` with its microseconds. */
  readonly at: string;
}

export interface SignerCounts {
  readonly messages: number;
  readonly waiting: number;
  readonly applied: number;
  readonly lastSeenAt: Date | null;
}

const COLUMNS = `scope, use, fingerprint, subject, issuer, emails, not_before AS "notBefore", not_after AS "notAfter", path, chained, first_seen_at AS "firstSeenAt", last_seen_at AS "lastSeenAt",
  messages::integer, waiting::integer, applied::integer, follows, to_char(first_seen_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at`;

const Cursor = z.tuple([instant, z.string().max(10), z.string().max(10), z.string().max(64)]);

/** Before all signers. */
const FIRST = ['infinity', '', '', ''] as const;

/** An address that signed nothing for longer than this is not in use any more. */
export const IN_USE_DAYS = 90;
/** Real providers number in the dozens. */
const MOST_IN_USE = 500;
/** More that claim to be the same address are an attack, and one of them says so as well as all. */
const MOST_CHANGED = 50;

/** Reads the register of signers seen. */
@Injectable()
export class SignerRegister {
  constructor(private readonly database: Database) {}

  /** Last to appear first; one row more than the limit when there is more. */
  async list({ use, limit, cursor }: { readonly use?: TrustUse | undefined; readonly limit: number; readonly cursor?: string | undefined }): Promise<Signer[]> {
    const [at, scope, ofUse, fingerprint] = decodeCursor(cursor, Cursor) ?? FIRST;
    if (use === undefined) {
      return this.database.query<Signer & object>(
        `SELECT ${COLUMNS} FROM signers WHERE (first_seen_at, scope, use, fingerprint) < ($1::timestamptz, $2, $3, $4) ORDER BY first_seen_at DESC, scope DESC, use DESC, fingerprint DESC LIMIT $5`,
        [at, scope, ofUse, fingerprint, limit + 1],
      );
    }
    return this.database.query<Signer & object>(
      `SELECT ${COLUMNS} FROM signers WHERE use = $1 AND (first_seen_at, scope, fingerprint) < ($2::timestamptz, $3, $4) ORDER BY first_seen_at DESC, scope DESC, fingerprint DESC LIMIT $5`,
      [use, at, scope, fingerprint, limit + 1],
    );
  }

  /** Signers of real mailboxes for which somebody vouches and that signed something lately. */
  async inUse(now: Date): Promise<Signer[]> {
    return this.database.query<Signer & object>(`SELECT ${COLUMNS} FROM signers WHERE chained AND last_seen_at > $1 AND scope = 'public' ORDER BY last_seen_at DESC LIMIT $2`, [
      new Date(now.getTime() - IN_USE_DAYS * 86_400_000),
      MOST_IN_USE,
    ]);
  }

  /** Signers of real mailboxes for which nobody vouched when they were looked at, and whose address was known by another certificate before; those that appeared lately. */
  async changedUnknown(now: Date): Promise<Signer[]> {
    return this.database.query<Signer & object>(`SELECT ${COLUMNS} FROM signers WHERE follows IS NOT NULL AND NOT chained AND first_seen_at > $1 AND scope = 'public' ORDER BY first_seen_at DESC LIMIT $2`, [
      new Date(now.getTime() - IN_USE_DAYS * 86_400_000),
      MOST_CHANGED,
    ]);
  }

  /** The certificate of a signer seen. */
  async certificate(fingerprint: string, use: TrustUse): Promise<{ certificate: Buffer; scope: TrustScope } | undefined> {
    const [row] = await this.database.query<{ certificate: Buffer; scope: TrustScope }>('SELECT certificate, scope FROM signers WHERE fingerprint = $1 AND use = $2 ORDER BY scope LIMIT 1', [
      fingerprint,
      use,
    ]);
    return row;
  }

  /** What was signed with each of these certificates or with what it vouches for: those in whose chain it stands. By `use fingerprint`. */
  async counts(certificates: readonly { readonly use: TrustUse; readonly fingerprint: string }[]): Promise<Map<string, SignerCounts>> {
    const rows = await this.database.query<{ use: TrustUse; fingerprint: string; messages: string; waiting: string; applied: string; last_seen_at: Date }>(
      `SELECT c.use, c.fingerprint, sum(s.messages) AS messages, sum(s.waiting) AS waiting, sum(s.applied) AS applied, max(s.last_seen_at) AS last_seen_at
       FROM unnest($1::text[], $2::text[]) AS c (use, fingerprint) JOIN signers s ON s.path @> ARRAY[c.fingerprint] AND s.use = c.use GROUP BY 1, 2`,
      [certificates.map(({ use }) => use), certificates.map(({ fingerprint }) => fingerprint)],
    );
    return new Map(rows.map((row) => [`${row.use} ${row.fingerprint}`, { messages: Number(row.messages), waiting: Number(row.waiting), applied: Number(row.applied), lastSeenAt: row.last_seen_at }]));
  }
}
