import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Database } from '../../platform/database/sql.js';
import { instant } from '../../platform/http/bounds.js';
import { decodeCursor } from '../../platform/http/cursor.js';
import type { TrustLogEntry, TrustScope, TrustSource, TrustState, TrustUse } from './trust-entry.js';
import { TRUST_COLUMNS, type TrustRow } from './trust-rows.js';

export interface TrustFilter {
  readonly use?: TrustUse | undefined;
  readonly scope?: TrustScope | undefined;
  readonly source?: readonly TrustSource[] | undefined;
  readonly state?: TrustState | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Where the store stands: whoever judged by an earlier revision judges again. */
export interface TrustRevision {
  readonly revision: bigint;
  readonly changedAt: Date;
}

const EntryCursor = z.tuple([instant, z.string().max(10), z.string().max(10), z.string().max(64)]);
/** Before all entries. */
const FIRST = ['infinity', '', '', ''] as const;
const LogCursor = z.tuple([z.string().regex(/^\d{1,18}$/)]);

/** Conditions on `state`, in the columns that indexes and rows have. */
const STATE_IS: Readonly<Record<TrustState, string>> = {
  revoked: 'revoked_at IS NOT NULL',
  withdrawn: 'revoked_at IS NULL AND withdrawn_at IS NOT NULL',
  trusted: 'revoked_at IS NULL AND withdrawn_at IS NULL',
};

/** Reads the store and its log for people. */
@Injectable()
export class TrustList {
  constructor(private readonly database: Database) {}

  /** Newest first; one row more than the limit when there is more. */
  async entries({ use, scope, source, state, limit, cursor }: TrustFilter): Promise<TrustRow[]> {
    const after = decodeCursor(cursor, EntryCursor) ?? FIRST;
    return this.database.query<TrustRow>(
      `SELECT ${TRUST_COLUMNS} FROM trust_anchors
       WHERE ($1::text IS NULL OR use = $1) AND ($2::text IS NULL OR scope = $2) AND ($3::text[] IS NULL OR source = ANY ($3)) ${state ? `AND ${STATE_IS[state]}` : ''}
         AND (added_at, scope, use, fingerprint) < ($4::timestamptz, $5, $6, $7)
       ORDER BY added_at DESC, scope DESC, use DESC, fingerprint DESC LIMIT $8`,
      [use ?? null, scope ?? null, source?.length ? source : null, ...after, limit + 1],
    );
  }

  /** All entries of a certificate, whatever its use and scope. */
  async byFingerprints(fingerprints: readonly string[]): Promise<TrustRow[]> {
    return this.database.query<TrustRow>(`SELECT ${TRUST_COLUMNS} FROM trust_anchors WHERE fingerprint = ANY ($1) ORDER BY use, scope`, [fingerprints]);
  }

  /** Authorities with one of these keys that count. */
  async byKeys(keys: readonly string[]): Promise<TrustRow[]> {
    return this.database.query<TrustRow>(`SELECT ${TRUST_COLUMNS} FROM trust_anchors WHERE key_sha256 = ANY ($1) AND ${STATE_IS.trusted}`, [keys]);
  }

  /** Newest first; one row more than the limit when there is more. */
  async log({ limit, cursor }: Pick<TrustFilter, 'limit' | 'cursor'>): Promise<TrustLogEntry[]> {
    const [before] = decodeCursor(cursor, LogCursor) ?? ['999999999999999999'];
    return this.database.query<TrustLogEntry & object>(
      `SELECT id, at, action, scope, use, fingerprint, subject, source, by_name AS by, api_key_id AS "apiKeyId", note, message_id AS "messageId" FROM trust_log
       WHERE id < $1::bigint ORDER BY id DESC LIMIT $2`,
      [before, limit + 1],
    );
  }

  async revision(): Promise<TrustRevision> {
    const [row] = await this.database.query<{ revision: string; changed_at: Date }>('SELECT revision, changed_at FROM trust_state');
    return { revision: BigInt(row?.revision ?? 0), changedAt: row?.changed_at ?? new Date(0) };
  }
}
