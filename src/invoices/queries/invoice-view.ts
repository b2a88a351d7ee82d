import type { FatturapaFinding } from '../../fatturapa/types.js';
import { explain, type Flow, type Status } from '../../sdi/index.js';

/** A row of `invoices` as {@link INVOICE_COLUMNS} reads it. */
export interface InvoiceRow {
  id: string;
  company_id: string;
  mailbox_id: string;
  file_name: string;
  sha256: string;
  original_sha256: string | null;
  size: number;
  formato_trasmissione: string;
  flow: Flow;
  codice_destinatario: string;
  seller_name: string;
  seller_id: string | null;
  buyer_name: string;
  buyer_id: string | null;
  number: string;
  date: string;
  total: string | null;
  currency: string | null;
  documents_count: number;
  status: Status;
  status_since: Date;
  flags: string[];
  identificativo_sdi: string | null;
  sequence: number;
  attempt: number;
  created_at: Date;
  updated_at: Date;
}

export const INVOICE_COLUMNS = `id, company_id, mailbox_id, file_name, sha256, original_sha256, size, formato_trasmissione, flow, codice_destinatario, seller_name, seller_id, buyer_name, buyer_id,
  number, date::text AS date, total::text AS total, currency, documents_count, status, status_since, flags, identificativo_sdi, sequence, attempt, created_at, updated_at`;

/** An invoice as the API shows it. */
export interface InvoiceView {
  readonly id: string;
  readonly companyId: string;
  /** Only where a single invoice is shown. */
  readonly verdict?: StoredVerdict | null;
  readonly [field: string]: unknown;
}

export function invoiceView(row: InvoiceRow): InvoiceView {
  const self = `/v1/invoices/${row.id}`;
  return {
    id: row.id,
    companyId: row.company_id,
    mailboxId: row.mailbox_id,
    fileName: row.file_name,
    sha256: row.sha256,
    originalSha256: row.original_sha256,
    size: row.size,
    formatoTrasmissione: row.formato_trasmissione,
    flow: row.flow,
    codiceDestinatario: row.codice_destinatario,
    seller: { name: row.seller_name, id: row.seller_id },
    buyer: { name: row.buyer_name, id: row.buyer_id },
    number: row.number,
    date: row.date,
    total: row.total,
    currency: row.currency,
    documentsCount: row.documents_count,
    status: row.status,
    statusSince: row.status_since,
    flags: row.flags,
    identificativoSdi: row.identificativo_sdi,
    sequence: row.sequence,
    attempt: row.attempt,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    links: { self, timeline: `${self}/timeline`, file: `${self}/file`, original: `${self}/file?original=true`, html: `${self}/html`, attempts: `${self}/attempts` },
  };
}

/** What was said of the file when it was taken in. */
export interface StoredVerdict {
  readonly ruleVersion: string;
  readonly judgedAt: Date;
  readonly findings: readonly FatturapaFinding[];
}

const DAY_MS = 24 * 3600 * 1000;

/**
 * The invoice with its documents, what was said of it at intake (null: it came before verdicts were kept), and its state explained: who said so, what it means, what to do and
 * by when.
 */
export function invoiceDetail(row: InvoiceRow, documents: readonly object[], verdict: StoredVerdict | null): InvoiceView {
  const { deadlineDays, ...texts } = explain(row.status, row.flow);
  const deadline = deadlineDays === undefined ? {} : { deadline: new Date(row.status_since.getTime() + deadlineDays * DAY_MS).toISOString() };
  return { ...invoiceView(row), documents, verdict, explanation: { ...texts, ...deadline } };
}
