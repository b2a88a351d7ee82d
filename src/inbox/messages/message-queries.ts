import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '../../companies/auth/scopes.js';
import { mayRead } from '../../companies/auth/tenancy.js';
import { explainReason } from '../../pec/index.js';
import { Database, decodeCursor, notFound, type Text } from '../../platform/index.js';
import type { Disposition } from '../ledger/ledger.js';

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
  identificativo: string | null;
  identificativo_sdi: string | null;
  /** `fetched_at` with its microseconds. */
  cursor: string;
}

export interface MessageFilter {
  readonly mailbox?: string | undefined;
  readonly company?: string | undefined;
  readonly invoice?: string | undefined;
  readonly disposition?: readonly Disposition[] | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const COLUMNS = `id, company_id, mailbox_id, folder, uid, uid_validity, subject, from_address, class, kind, signature, trust, disposition, reason, reason_text, sha256, size,
  internal_date, fetched_at, judged_at, invoice_id, identificativo, identificativo_sdi, fetched_at::text AS cursor`;

const Cursor = z.tuple([z.string().max(40), z.uuid()]);

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
    where((at) => `disposition = ANY (${at})`, filter.disposition?.length ? filter.disposition : undefined);
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
}

export function messageView(row: MessageRow): object {
  return {
    id: row.id,
    mailboxId: row.mailbox_id,
    companyId: row.company_id,
    folder: row.folder,
    uid: Number(row.uid),
    uidValidity: row.uid_validity,
    subject: row.subject,
    from: row.from_address,
    class: row.class,
    kind: row.kind,
    signature: row.signature,
    trust: row.trust && { ok: row.trust.ok, reasons: row.trust.reasons.map(({ code }) => ({ code, text: explainReason(code) })) },
    disposition: row.disposition,
    reason: row.reason,
    reasonText: row.reason_text,
    sha256: row.sha256,
    size: row.size,
    internalDate: row.internal_date?.toISOString() ?? null,
    fetchedAt: row.fetched_at.toISOString(),
    judgedAt: row.judged_at?.toISOString() ?? null,
    invoiceId: row.invoice_id,
    identificativo: row.identificativo,
    identificativoSdi: row.identificativo_sdi,
    links: { self: `/v1/messages/${row.id}`, raw: `/v1/messages/${row.id}/raw` },
  };
}
