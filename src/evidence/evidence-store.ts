import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Sql } from '../platform/database/sql.js';
import { Database } from '../platform/database/sql.js';

export interface EvidenceObject {
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
  readonly content: Buffer;
}

interface EvidenceRow {
  sha256: string;
  size: number;
  media_type: string;
  content: Buffer;
}

/** Bytes that are not those of their name any more are nobody's evidence. */
export class EvidenceDamaged extends Error {
  constructor(
    readonly sha256: string,
    readonly found: string,
  ) {
    super(`the bytes kept under ${sha256} have the SHA-256 ${found}`);
    this.name = 'EvidenceDamaged';
  }
}

/** @throws EvidenceDamaged */
function fromRow(row: EvidenceRow): EvidenceObject {
  const found = sha256Hex(row.content);
  if (found !== row.sha256) throw new EvidenceDamaged(row.sha256, found);
  return { sha256: row.sha256, size: row.size, mediaType: row.media_type, content: row.content };
}

/** How many objects one statement may store. */
const ROWS = [32, 8, 2, 1] as const;

const insertOf = (rows: number): string =>
  `INSERT INTO evidence (sha256, size, media_type, content) VALUES ${Array.from({ length: rows }, (_, n) => `($${n * 4 + 1}, $${n * 4 + 2}, $${n * 4 + 3}, $${n * 4 + 4})`).join(', ')} ON CONFLICT (sha256) DO NOTHING`;

/** Hex SHA-256, the name under which every byte is kept. */
export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * The content-addressed store. It lives in the database, so that bytes and the conclusions drawn from them commit together, api and workers need no shared
 * disk, and one backup holds all.
 */
@Injectable()
export class EvidenceStore {
  constructor(private readonly database: Database) {}

  /** Stores the bytes (once, however often they come) and returns their SHA-256. With a transaction, they are kept exactly if it commits. */
  async put(bytes: Uint8Array, mediaType: string, sql: Sql = this.database): Promise<string> {
    const sha256 = sha256Hex(bytes);
    await this.add(sha256, bytes, mediaType, sql);
    return sha256;
  }

  /** The same for bytes whose SHA-256 is computed already; true when they were not known before. */
  async add(sha256: string, bytes: Uint8Array, mediaType: string, sql: Sql = this.database): Promise<boolean> {
    const added = await sql.query('INSERT INTO evidence (sha256, size, media_type, content) VALUES ($1, $2, $3, $4) ON CONFLICT (sha256) DO NOTHING RETURNING sha256', [
      sha256,
      bytes.length,
      mediaType,
      bytes,
    ]);
    return added.length > 0;
  }

  /** {@link add} for many at once, each under its SHA-256; what is known already is left alone. */
  async addAll(objects: readonly { readonly sha256: string; readonly bytes: Uint8Array; readonly mediaType: string }[], sql: Sql = this.database): Promise<void> {
    const fresh = [...new Map(objects.map((object) => [object.sha256, object])).values()].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
    for (let at = 0; at < fresh.length; ) {
      // Few lengths, so that the statements stay few; parameters of their own, so that bytes travel as they are.
      const rows = ROWS.find((count) => count <= fresh.length - at) ?? 1;
      const part = fresh.slice(at, at + rows);
      await sql.query(insertOf(rows), part.flatMap(({ sha256, bytes, mediaType }) => [sha256, bytes.length, mediaType, bytes]));
      at += rows;
    }
  }

  /** Those of the objects that are kept, in no order. */
  async getAll(sha256s: readonly string[], sql: Sql = this.database): Promise<EvidenceObject[]> {
    if (sha256s.length === 0) return [];
    const rows = await sql.query<EvidenceRow>('SELECT sha256, size, media_type, content FROM evidence WHERE sha256 = ANY ($1::text[])', [sha256s]);
    return rows.map(fromRow);
  }

  async get(sha256: string, sql: Sql = this.database): Promise<EvidenceObject | undefined> {
    const [row] = await sql.query<EvidenceRow>('SELECT sha256, size, media_type, content FROM evidence WHERE sha256 = $1', [sha256]);
    return row && fromRow(row);
  }

  /** Size and media type of stored bytes, without the bytes. */
  async sizes(hashes: readonly string[], sql: Sql = this.database): Promise<Map<string, { readonly size: number; readonly mediaType: string }>> {
    const rows = await sql.query<{ sha256: string; size: number; media_type: string }>('SELECT sha256, size, media_type FROM evidence WHERE sha256 = ANY ($1)', [hashes]);
    return new Map(rows.map((row) => [row.sha256, { size: row.size, mediaType: row.media_type }]));
  }

  /** What is really kept under a name: its size, or what is wrong with it. */
  async examine(sha256: string, sql: Sql = this.database): Promise<{ readonly size: number; readonly fault?: string }> {
    const [row] = await sql.query<{ size: number; computed: string }>(`SELECT length(content) AS size, encode(sha256(content), 'hex') AS computed FROM evidence WHERE sha256 = $1`, [sha256]);
    if (!row) return { size: 0, fault: 'not in the store' };
    return { size: row.size, ...(row.computed === sha256 ? {} : { fault: `the bytes have the SHA-256 ${row.computed}` }) };
  }
}
