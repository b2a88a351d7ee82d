import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BundleSources, type MessagePart, type Sources } from '../../evidence/bundle/build/sources.js';
import { BUNDLE_LIMITS } from '../../evidence/bundle/format/limits.js';
import { instantText, microsOf } from '../../evidence/chain/index.js';
import type { Sql } from '../../platform/database/sql.js';

/** What this room contributes to an invoice's evidence bundle: every message about it, whatever was concluded from it, the copies included. */
@Injectable()
export class MessagesBundlePart implements OnModuleInit {
  constructor(private readonly sources: BundleSources) {}

  onModuleInit(): void {
    this.sources.register('messages', messagesPart);
  }
}

interface Row {
  id: string;
  sha256: string;
  octets: string;
  disposition: string;
  reason: string | null;
  reason_text: MessagePart['reasonText'];
  class: string | null;
  kind: string | null;
  signature: string | null;
  trust: { ok: boolean; reasons: { code: string }[] } | null;
  message_id: string | null;
  riferimento_message_id: string | null;
  identificativo: string | null;
  identificativo_sdi: string | null;
  from_address: string | null;
  subject: string | null;
  internal_date: Date | null;
  fetched_at: Date;
  attempt_id: string | null;
  idle: boolean;
  total: string;
}

const COLUMNS = `id, sha256, size, disposition, reason, reason_text, class, kind, signature, trust, message_id, riferimento_message_id, identificativo, identificativo_sdi, from_address, subject,
  internal_date, fetched_at, attempt_id`;

/**
 * Messages tied to the invoice, and copies of them, which are tied to nothing but their content. Those that moved the invoice are all there; of the others, oldest first, as many as the
 * limits allow.
 */
export async function messagesPart(sql: Sql, invoiceId: string): ReturnType<Sources['messages']> {
  const rows = await sql.query<Row>(
    `WITH own AS (SELECT mailbox_id, content_key, ${COLUMNS} FROM messages WHERE invoice_id = $1),
       copies AS (
         SELECT c.mailbox_id, c.content_key, ${COLUMNS.split(', ').map((column) => `c.${column.trim()}`).join(', ')} FROM (SELECT DISTINCT mailbox_id, content_key FROM own WHERE content_key IS NOT NULL) o
         JOIN messages c ON c.mailbox_id = o.mailbox_id AND c.content_key = o.content_key AND c.disposition = 'duplicate' AND c.invoice_id IS DISTINCT FROM $1
       ),
       every AS (
         SELECT m.*, disposition <> 'applied' AS idle, row_number() OVER places AS place, sum(size::bigint) OVER places AS octets
         FROM (SELECT * FROM own UNION ALL SELECT * FROM copies) m WINDOW places AS (PARTITION BY disposition <> 'applied' ORDER BY fetched_at, id)
       )
     SELECT ${COLUMNS}, idle, octets::text, (SELECT count(*) FROM every)::text AS total FROM every WHERE NOT idle OR (place <= $2 AND octets <= $3) ORDER BY fetched_at, id`,
    [invoiceId, BUNDLE_LIMITS.idleMessages, BUNDLE_LIMITS.idleBytes],
  );
  const [first] = rows;
  return { items: rows.map(partOf), omitted: first ? Number(first.total) - rows.length : 0 };
}

function partOf(row: Row): MessagePart {
  return {
    id: row.id,
    sha256: row.sha256,
    disposition: row.disposition,
    reason: row.reason,
    reasonText: row.reason_text,
    class: row.class,
    kind: row.kind,
    signature: row.signature,
    trust: row.trust && { ok: row.trust.ok, reasons: row.trust.reasons.map(({ code }) => code) },
    messageId: row.message_id,
    riferimentoMessageId: row.riferimento_message_id,
    identificativo: row.identificativo,
    identificativoSdi: row.identificativo_sdi,
    from: row.from_address,
    subject: row.subject,
    internalDate: row.internal_date && instantText(microsOf(row.internal_date)),
    fetchedAt: instantText(microsOf(row.fetched_at)),
    attemptId: row.attempt_id,
  };
}
