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

  async get(sha256: string, sql: Sql = this.database): Promise<EvidenceObject | undefined> {
    const [row] = await sql.query<{ sha256: string; size: number; media_type: string; content: Buffer }>(
      'SELECT sha256, size, media_type, content FROM evidence WHERE sha256 = $1',
      [sha256],
    );
    return row && { sha256: row.sha256, size: row.size, mediaType: row.media_type, content: row.content };
  }
}
