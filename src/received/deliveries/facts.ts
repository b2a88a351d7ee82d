import { baseName } from '../../fatturapa/index.js';
import type { FatturapaFinding, Party } from '../../fatturapa/types.js';
import { FORMATI_TRASMISSIONE } from '../../fatturapa/types.js';
import { amount, day, json, text } from '../storable.js';
import type { PreparedDelivery } from './delivery.js';
import { deliveryFindings } from './delivery-findings.js';

/** What the columns of an invoice hold of its file: everything cut to what they take, because a schema violation may say anything at any length. */
export type InvoiceFacts = Readonly<Record<string, string | number | null>>;

const MOST = { name: 1_000, id: 50, number: 100, currency: 10, tipo: 10, codice: 20, fileName: 255, search: 20_000 } as const;

/** VAT number with its country, else the codice fiscale. */
const idOf = (party: Party | undefined): string | undefined => (party?.idCodice !== undefined ? `${party.idPaese ?? ''}${party.idCodice}` : party?.codiceFiscale);

const SEVERITIES = ['error', 'warning', 'hint'] as const;

/** The gravest of findings. */
export function worstOf(findings: readonly Pick<FatturapaFinding, 'severity'>[]): 'error' | 'warning' | 'hint' | 'none' {
  return SEVERITIES.find((severity) => findings.some((finding) => finding.severity === severity)) ?? 'none';
}

/** What is said of the invoice as a whole: of its file, and that there is none, or no MT. */
export function invoiceFindings({ file, message, fileName, reading }: Pick<PreparedDelivery, 'file' | 'message' | 'fileName' | 'reading'>): readonly FatturapaFinding[] {
  return [...(file ? [] : [deliveryFindings.fileMissing(fileName)]), ...(message ? [] : [deliveryFindings.metadataMissing()]), ...(reading?.findings ?? [])];
}

/** The columns of `received_invoices` that follow from a delivery's MT and file. */
export function invoiceFacts(delivery: PreparedDelivery): InvoiceFacts {
  const { message, fileName, file, xml, metadata, reading } = delivery;
  const head = reading?.head;
  const seller = head?.cedentePrestatore;
  const buyer = head?.cessionarioCommittente;
  const documents = head?.documents ?? [];
  const [first] = documents;
  const formato = head?.formatoTrasmissione ?? FORMATI_TRASMISSIONE.find((one) => one === message?.formato);
  const sellerWords = [seller?.name, idOf(seller), seller?.idCodice, seller?.codiceFiscale];
  const search = [...documents.map(({ numero }) => numero).slice(0, 1_000), ...sellerWords, buyer?.name, idOf(buyer), buyer?.codiceFiscale, fileName, message?.identificativoSdi, file?.sha256];
  const words = (parts: readonly (string | undefined)[]): string | null => text(parts.filter((part) => part !== undefined && part !== '').join(' ').toLowerCase(), MOST.search);
  return {
    identificativo_sdi: text(message?.identificativoSdi, 36),
    file_name: text(fileName, MOST.fileName),
    base_name: text(baseName(fileName), MOST.fileName),
    sha256: file?.sha256 ?? null,
    size: file?.bytes.length ?? null,
    xml_sha256: xml?.sha256 ?? null,
    metadata_sha256: metadata?.sha256 ?? null,
    formato_trasmissione: formato ?? null,
    flow: formato === undefined ? (message?.family ?? null) : formato === 'FPA12' ? 'pa' : 'private',
    codice_destinatario: text(head?.codiceDestinatario || message?.codiceDestinatario, MOST.codice),
    seller_name: text(seller?.name ?? '', MOST.name),
    seller_id: text(idOf(seller), MOST.id),
    seller_codice_fiscale: text(seller?.codiceFiscale, MOST.id),
    buyer_name: text(buyer?.name ?? '', MOST.name),
    buyer_id: text(idOf(buyer), MOST.id),
    buyer_codice_fiscale: text(buyer?.codiceFiscale, MOST.id),
    tipo_documento: text(first?.tipoDocumento ?? '', MOST.tipo),
    number: text(first?.numero ?? '', MOST.number),
    date: day(first?.data ?? ''),
    total: amount(first?.importoTotaleDocumento),
    currency: text(first?.divisa, MOST.currency),
    documents_count: documents.length,
    signed: reading?.signed ?? 'none',
    signatures: json(reading?.signatures ?? []),
    rule_version: reading?.ruleVersion ?? null,
    findings: json(invoiceFindings(delivery)),
    search: words(search),
    seller_search: words(sellerWords),
  };
}

/** The rows of `received_documents`, column by column. */
export function documentColumns({ reading }: Pick<PreparedDelivery, 'reading'>): readonly (readonly (string | number | null)[])[] {
  const documents = reading?.head?.documents ?? [];
  return [
    documents.map(({ position }) => position),
    documents.map(({ tipoDocumento }) => text(tipoDocumento, MOST.tipo)),
    documents.map(({ numero }) => text(numero, MOST.number)),
    documents.map(({ data }) => day(data)),
    documents.map(({ divisa }) => text(divisa, MOST.currency)),
    documents.map(({ importoTotaleDocumento }) => amount(importoTotaleDocumento)),
  ];
}
