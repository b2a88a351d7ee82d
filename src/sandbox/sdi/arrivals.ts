import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, type Sql, type Tx } from '../../platform/database/sql.js';
import { type AttachedFile, nameKey } from './files.js';

/** A file that reached SdI. `id` is its IdentificativoSdI. */
export interface StoredFile {
  readonly id: string;
  readonly account: string;
  readonly content: AttachedFile;
  readonly pecMessageId: string;
  readonly archive?: { readonly id: string; readonly name: string };
  readonly duplicate: boolean;
  readonly twice: boolean;
  readonly arrivedAt: Date;
}

export interface NewArrival {
  readonly account: string;
  readonly file: AttachedFile;
  readonly messageId?: string;
  readonly pecMessageId: string;
  readonly archive?: { readonly id: string; readonly name: string };
  readonly twice: boolean;
  readonly at: Date;
}

/** One line of `GET /v1/sandbox/arrivals`. */
export interface ArrivalView {
  readonly fileName: string;
  readonly sha256: string;
  readonly messageId: string | null;
  readonly identificativo: string;
  readonly at: string;
  readonly identificativoSdi: string;
  readonly duplicate: boolean;
}

/** Everything that ever reached SdI: the proof that nothing was sent twice. */
@Injectable()
export class Arrivals {
  constructor(private readonly database: Database) {}

  /** Records a file under a new IdentificativoSdI; a name that was seen before, in any writing, makes it a duplicate. */
  async add(arrival: NewArrival, tx: Tx): Promise<StoredFile> {
    const base = nameKey(arrival.file);
    // Two copies may arrive at the same moment: only one of them is first.
    await tx.query("SELECT pg_advisory_xact_lock(hashtextextended('sandbox-arrival:' || $1, 0))", [base]);
    const [row] = await tx.query<{ identificativo_sdi: string; duplicate: boolean }>(
      `INSERT INTO sandbox_arrivals (account, file_name, base_name, sha256, content, message_id, pec_message_id, archive_id, archive_name, duplicate, twice, arrived_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, EXISTS (SELECT 1 FROM sandbox_arrivals WHERE base_name = $3), $10, $11)
       RETURNING identificativo_sdi, duplicate`,
      [
        arrival.account,
        arrival.file.name,
        base,
        createHash('sha256').update(arrival.file.content).digest('hex'),
        arrival.file.content,
        arrival.messageId?.replace(/^<|>$/g, '') ?? null,
        arrival.pecMessageId,
        arrival.archive?.id ?? null,
        arrival.archive?.name ?? null,
        arrival.twice,
        arrival.at,
      ],
    );
    if (!row) throw new Error('an arrival was not recorded');
    return {
      id: row.identificativo_sdi,
      account: arrival.account,
      content: arrival.file,
      pecMessageId: arrival.pecMessageId,
      ...(arrival.archive ? { archive: arrival.archive } : {}),
      duplicate: row.duplicate,
      twice: arrival.twice,
      arrivedAt: arrival.at,
    };
  }

  async find(id: string, sql: Sql): Promise<StoredFile | undefined> {
    const [row] = await sql.query<{
      identificativo_sdi: string;
      account: string;
      file_name: string;
      content: Buffer;
      pec_message_id: string;
      archive_id: string | null;
      archive_name: string | null;
      duplicate: boolean;
      twice: boolean;
      arrived_at: Date;
    }>('SELECT * FROM sandbox_arrivals WHERE identificativo_sdi = $1', [id]);
    return (
      row && {
        id: row.identificativo_sdi,
        account: row.account,
        content: { name: row.file_name, content: row.content },
        pecMessageId: row.pec_message_id,
        ...(row.archive_id && row.archive_name ? { archive: { id: row.archive_id, name: row.archive_name } } : {}),
        duplicate: row.duplicate,
        twice: row.twice,
        arrivedAt: row.arrived_at,
      }
    );
  }

  /** An IdentificativoSdI for an archive, whose files get their own. */
  async nextId(tx: Tx): Promise<string> {
    const [row] = await tx.query<{ id: string }>("SELECT nextval('sandbox_identificativo_sdi') AS id");
    return row?.id ?? '';
  }

  /** The number of SdI's next message. */
  async nextMessage(tx: Tx): Promise<bigint> {
    const [row] = await tx.query<{ id: string }>("SELECT nextval('sandbox_sdi_message_id') AS id");
    return BigInt(row?.id ?? 0);
  }

  /** Counts one more message about a file and returns its number, from 1. */
  async countMessage(id: string, tx: Tx): Promise<number> {
    const [row] = await tx.query<{ messages: number }>(
      'UPDATE sandbox_arrivals SET messages = messages + 1 WHERE identificativo_sdi = $1 RETURNING messages',
      [id],
    );
    return row?.messages ?? 1;
  }

  /** Newest last, of one file name (in any writing) or all. */
  async list(fileName?: string): Promise<{ items: ArrivalView[]; total: number }> {
    const base = fileName === undefined ? null : nameKey({ name: fileName });
    const [count] = await this.database.query<{ total: number }>(
      'SELECT count(*)::int AS total FROM sandbox_arrivals WHERE $1::text IS NULL OR base_name = $1',
      [base],
    );
    const rows = await this.database.query<{
      identificativo_sdi: string;
      file_name: string;
      sha256: string;
      message_id: string | null;
      pec_message_id: string;
      duplicate: boolean;
      arrived_at: Date;
    }>(
      `SELECT identificativo_sdi, file_name, sha256, message_id, pec_message_id, duplicate, arrived_at FROM sandbox_arrivals
       WHERE $1::text IS NULL OR base_name = $1 ORDER BY identificativo_sdi LIMIT 10000`,
      [base],
    );
    return {
      total: count?.total ?? 0,
      items: rows.map((row) => ({
        fileName: row.file_name,
        sha256: row.sha256,
        messageId: row.message_id,
        identificativo: row.pec_message_id,
        at: row.arrived_at.toISOString(),
        identificativoSdi: row.identificativo_sdi,
        duplicate: row.duplicate,
      })),
    };
  }
}
