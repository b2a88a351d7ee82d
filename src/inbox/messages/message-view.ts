import { explainReason } from '../../pec/index.js';
import type { MessageRow } from './message-queries.js';

/** A message of the ledger as the API lists it. */
export function messageView(row: MessageRow): object {
  const self = `/v1/messages/${row.id}`;
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
    present: row.present,
    vanishedAt: row.vanished_at?.toISOString() ?? null,
    invoiceId: row.invoice_id,
    messageId: row.message_id,
    identificativo: row.identificativo,
    identificativoSdi: row.identificativo_sdi,
    links: { self, raw: `${self}/raw` },
  };
}
