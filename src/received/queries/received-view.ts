import type { FatturapaFinding, FormatoTrasmissione } from '../../fatturapa/types.js';
import type { DeliveryKind } from '../deliveries/delivery.js';
import type { SignatureSummary } from '../reading/reading.js';

/** A row of `received_invoices` as {@link RECEIVED_COLUMNS} reads it. */
export interface ReceivedRow {
  id: string;
  company_id: string;
  mailbox_id: string;
  identificativo_sdi: string | null;
  file_name: string;
  sha256: string | null;
  size: number | null;
  xml_sha256: string | null;
  metadata_sha256: string | null;
  formato_trasmissione: FormatoTrasmissione | null;
  flow: 'private' | 'pa' | null;
  codice_destinatario: string | null;
  seller_name: string;
  seller_id: string | null;
  seller_codice_fiscale: string | null;
  buyer_name: string;
  buyer_id: string | null;
  buyer_codice_fiscale: string | null;
  tipo_documento: string;
  number: string;
  date: string | null;
  total: string | null;
  currency: string | null;
  documents_count: number;
  signed: 'none' | 'cades' | 'xades';
  worst: 'error' | 'warning' | 'hint' | 'none';
  sent_invoice_id: string | null;
  deliveries_count: number;
  received_at: Date;
  taken_at: Date;
  acknowledged_at: Date | null;
  /** `received_at` with its microseconds. */
  cursor: string;
}

export const RECEIVED_COLUMNS = `id, company_id, mailbox_id, identificativo_sdi, file_name, sha256, size, xml_sha256, metadata_sha256, formato_trasmissione, flow, codice_destinatario, seller_name, seller_id,
  seller_codice_fiscale, buyer_name, buyer_id, buyer_codice_fiscale, tipo_documento, number, date::text AS date, total::text AS total, currency, documents_count, signed, worst, sent_invoice_id,
  deliveries_count, received_at, taken_at, acknowledged_at, received_at::text AS cursor`;

/** What only the detail has. */
export interface ReceivedDetailRow extends ReceivedRow {
  signatures: SignatureSummary[];
  rule_version: string | null;
  findings: FatturapaFinding[];
  other_ids: string[];
}

export interface DeliveryRow {
  position: number;
  kind: DeliveryKind;
  mailbox_id: string;
  message_id: string;
  mail_sha256: string;
  metadata_sha256: string | null;
  sha256: string | null;
  file_name: string | null;
  sdi_message_id: string | null;
  tentativi_invio: number | null;
  sdi_address: string;
  hash_matches: boolean | null;
  findings: FatturapaFinding[];
  delivered_at: Date;
  taken_at: Date;
}

export interface ReceivedView {
  readonly id: string;
  readonly companyId: string;
  readonly [field: string]: unknown;
}

/** A received invoice as the API shows it. */
export function receivedView(row: ReceivedRow): ReceivedView {
  const self = `/v1/received-invoices/${row.id}`;
  return {
    id: row.id,
    companyId: row.company_id,
    mailboxId: row.mailbox_id,
    identificativoSdi: row.identificativo_sdi,
    fileName: row.file_name,
    sha256: row.sha256,
    size: row.size,
    xmlSha256: row.xml_sha256,
    formatoTrasmissione: row.formato_trasmissione,
    flow: row.flow,
    codiceDestinatario: row.codice_destinatario,
    seller: { name: row.seller_name, id: row.seller_id, codiceFiscale: row.seller_codice_fiscale },
    buyer: { name: row.buyer_name, id: row.buyer_id, codiceFiscale: row.buyer_codice_fiscale },
    tipoDocumento: row.tipo_documento,
    number: row.number,
    date: row.date,
    total: row.total,
    currency: row.currency,
    documentsCount: row.documents_count,
    signed: row.signed,
    worstFinding: row.worst === 'none' ? null : row.worst,
    sentInvoiceId: row.sent_invoice_id,
    deliveriesCount: row.deliveries_count,
    receivedAt: row.received_at,
    takenAt: row.taken_at,
    acknowledgedAt: row.acknowledged_at,
    links: {
      self,
      file: row.sha256 === null ? null : `${self}/file`,
      opened: row.xml_sha256 === null ? null : `${self}/file?opened=true`,
      metadata: row.metadata_sha256 === null ? null : `${self}/metadata`,
      html: row.xml_sha256 === null ? null : `${self}/html`,
      sentInvoice: row.sent_invoice_id === null ? null : `/v1/invoices/${row.sent_invoice_id}`,
    },
  };
}

function deliveryView(invoiceId: string, row: DeliveryRow): object {
  const self = `/v1/received-invoices/${invoiceId}`;
  return {
    position: row.position,
    kind: row.kind,
    mailboxId: row.mailbox_id,
    messageId: row.message_id,
    fileName: row.file_name,
    sha256: row.sha256,
    hashMatches: row.hash_matches,
    sdiMessageId: row.sdi_message_id,
    tentativiInvio: row.tentativi_invio,
    sdiAddress: row.sdi_address,
    deliveredAt: row.delivered_at,
    takenAt: row.taken_at,
    findings: row.findings,
    links: {
      message: `/v1/messages/${row.message_id}`,
      file: row.sha256 === null ? null : `${self}/file?delivery=${row.position}`,
      metadata: row.metadata_sha256 === null ? null : `${self}/metadata?delivery=${row.position}`,
    },
  };
}

const RANK = { error: 0, warning: 1, hint: 2 } as const;

/** With its documents, its deliveries and everything that was found: errors first, what is said of the deliveries before what is said of the file. */
export function receivedDetail(row: ReceivedDetailRow, documents: readonly object[], deliveries: readonly DeliveryRow[]): ReceivedView {
  const findings = [...deliveries.flatMap((delivery) => delivery.findings), ...row.findings].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
  return {
    ...receivedView(row),
    otherIds: row.other_ids,
    documents,
    signatures: row.signatures,
    ruleVersion: row.rule_version,
    findings,
    deliveries: deliveries.map((delivery) => deliveryView(row.id, delivery)),
  };
}
