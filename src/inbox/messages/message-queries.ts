import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '../../companies/auth/scopes.js';
import { mayRead } from '../../companies/auth/tenancy.js';
import { Database, decodeCursor, notFound, type Text } from '../../platform/index.js';
import type { Disposition } from '../ledger/ledger.js';
import type { StoredMessage } from '../opening/opening.js';
import type { MessageFilter } from './filters.js';

export interface MessageRow {
  id: string;
  company_id: string;
  mailbox_id: string;
  folder: string;
  uid: string;
  uid_validity: string;
  subject: string | null;
  from_address: string | null;
  class: string | null;
  kind: string | null;
  signature: string | null;
  trust: { ok: boolean; reasons: { code: string; text: string }[] } | null;
  disposition: Disposition;
  reason: string | null;
  reason_text: Text | null;
  sha256: string;
  size: number;
  internal_date: Date | null;
  fetched_at: Date;
  judged_at: Date | null;
  invoice_id: string | null;
  message_id: string | null;
  identificativo: string | null;
  identificativo_sdi: string | null;
  vanished_at: Date | null;
  present: boolean;
  /** `fetched_at` with its microseconds. */
  cursor: string;
}

const COLUMNS = `id, company_id, mailbox_id, folder, uid, uid_validity, subject, from_address, class, kind, signature, trust, disposition, reason, reason_text, sha256, size,
  internal_date, fetched_at, judged_at, invoice_id, message_id, identificativo, identificativo_sdi, vanished_at, fetched_at::text AS cursor,
  vanished_at IS NULL AND EXISTS (
    SELECT 1 FROM cursors c WHERE c.mailbox_id = messages.mailbox_id AND c.folder = messages.folder AND c.imap_epoch = messages.imap_epoch AND c.uid_validity = messages.uid_validity
  ) AS present`;

const Cursor = z.tuple([z.string().max(40), z.uuid()]);

/** What is found by the partial indexes: all but the bulk, which is what moved an invoice by itself. */
const ODD = `reason <> 'told'`;
/** Dispositions that the bulk has, or that have no reason yet. */
const OF_THE_BULK: readonly Disposition[] = ['waiting', 'applied'];

/** Text that LIKE takes as it stands. */
const likeLiteral = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** Reads the ledger for people. */
@Injectable()
export class MessageQueries {
  constructor(private readonly database: Database) {}

  /** Newest first; one row more than the limit when there is more. */
  async list(filter: MessageFilter): Promise<MessageRow[]> {
    const after = decodeCursor(filter.cursor, Cursor);
    const conditions: string[] = [];
    const values: unknown[] = [];
    const where = (condition: (placeholder: string) => string, value: unknown): void => {
      if (value === undefined) return;
      values.push(value);
      conditions.push(condition(`$${values.length}`));
    };
    where((at) => `mailbox_id = ${at}`, filter.mailbox);
    where((at) => `company_id = ${at}`, filter.company);
    where((at) => `invoice_id = ${at}`, filter.invoice);
    where((at) => `reason = ${at}`, filter.reason);
    const dispositions = filter.disposition ?? [];
    // Written out, for a partial index is only taken where the statement itself implies its condition; the names come from our own list.
    if (dispositions.length > 0) conditions.push(`disposition IN (${dispositions.map((name) => `'${name}'`).join(', ')})`);
    const odd = filter.reason !== undefined ? filter.reason !== 'told' : dispositions.length > 0 && !dispositions.some((name) => OF_THE_BULK.includes(name));
    if (odd) conditions.push(ODD);
    where((at) => `fetched_at >= ${at}::date::timestamp AT TIME ZONE 'Europe/Rome'`, filter.from);
    where((at) => `fetched_at < (${at}::date + 1)::timestamp AT TIME ZONE 'Europe/Rome'`, filter.to);
    for (const word of filter.q?.toLowerCase().split(/\s+/) ?? []) where((at) => `search LIKE ${at}`, `%${likeLiteral(word)}%`);
    if (after) {
      values.push(...after);
      conditions.push(`(fetched_at, id) < ($${values.length - 1}::timestamptz, $${values.length}::uuid)`);
    }
    values.push(filter.limit + 1);
    return this.database.query<MessageRow>(
      `SELECT ${COLUMNS} FROM messages ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''} ORDER BY fetched_at DESC, id DESC LIMIT $${values.length}`,
      values,
    );
  }

  /** The message, if this caller may know of it; 404 otherwise. */
  async require(caller: Caller, id: string): Promise<MessageRow> {
    const [row] = await this.database.query<MessageRow>(`SELECT ${COLUMNS} FROM messages WHERE id = $1`, [id]);
    if (!row || !mayRead(caller, row.company_id)) throw notFound({ it: 'Il messaggio', en: 'The message' }, id);
    return row;
  }

  /** Where the same octets are on the server, when they are not at their own place: moved by somebody, or listed anew under another UIDVALIDITY. */
  async elsewhere({ id, mailbox_id: mailboxId, sha256, present }: MessageRow): Promise<{ messageId: string; folder: string } | undefined> {
    if (present) return undefined;
    const [row] = await this.database.query<{ messageId: string; folder: string }>(
      `SELECT m.id AS "messageId", m.folder FROM messages m
         JOIN cursors c ON c.mailbox_id = m.mailbox_id AND c.folder = m.folder AND c.imap_epoch = m.imap_epoch AND c.uid_validity = m.uid_validity
       WHERE m.mailbox_id = $1 AND m.sha256 = $2 AND m.id <> $3 AND m.vanished_at IS NULL AND m.reason IS DISTINCT FROM 'unfetchable' LIMIT 1`,
      [mailboxId, sha256, id],
    );
    return row;
  }
}

/** A row as opening needs it. */
export function storedMessage(row: MessageRow): StoredMessage {
  return { id: row.id, mailboxId: row.mailbox_id, sha256: row.sha256, size: row.size, reason: row.reason };
}
