import { Injectable } from '@nestjs/common';
import type { Company } from '../../companies/company/companies.js';
import type { InvoiceHead, Party } from '../../fatturapa/index.js';
import type { FatturapaFinding } from '../../fatturapa/types.js';
import type { Tx } from '../../platform/database/sql.js';
import { Feed } from '../../platform/feed/feed.js';
import { newId } from '../../platform/ids.js';
import { foldLifecycle, type Flow } from '../../sdi/index.js';
import { type PositionedKey, registerOf } from '../duplicates/document-keys.js';
import { INVOICE_COLUMNS, invoiceDetail, type InvoiceRow, type InvoiceView } from '../queries/invoice-view.js';
import { foretoldBy } from '../verdicts/foretold.js';
import { firstLink } from '../timeline/chain-rows.js';
import { feedData } from '../timeline/feed-data.js';
import type { NewTimelineEvent } from '../timeline/timeline.js';
import { registeredName } from './file-names.js';

export interface NewInvoice {
  readonly invoiceId: string;
  readonly company: Company;
  readonly mailboxId: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly size: number;
  /** SHA-256 of the bytes that came, where others are sent. */
  readonly originalSha256?: string | undefined;
  /** How we signed it. */
  readonly signed?: { readonly form: string; readonly serialNumber: string } | undefined;
  readonly head: InvoiceHead;
  /** What SdI would take for the same document; each position once. */
  readonly keys: readonly PositionedKey[];
  /** No errors among them: those are refused. */
  readonly findings: readonly FatturapaFinding[];
  readonly ruleVersion: string;
  readonly at: Date;
}

/** `name-taken`, `number-taken`: somebody else's already. The transaction is to be rolled back. */
export type Written = { readonly ok: true; readonly invoice: InvoiceView } | { readonly ok: false; readonly why: 'name-taken' | 'number-taken' };

/** VAT number with its country, else the codice fiscale. */
function idOf(party: Party): string | null {
  return party.idCodice !== undefined ? `${party.idPaese ?? ''}${party.idCodice}` : (party.codiceFiscale ?? null);
}

/** The total as the table holds it: a sum of a simplified invoice's lines may have more digits than anybody invoices. */
function storable(total: string | undefined): string | null {
  return total !== undefined && /^-?\d{1,13}(?:\.\d{1,2})?$/.test(total) ? total : null;
}

/** Writes the rows of a new invoice: its name, its numbers, itself, its documents, what was said of it, the first event, the feed's first entry. */
@Injectable()
export class InvoiceWriter {
  constructor(private readonly feed: Feed) {}

  async write(tx: Tx, invoice: NewInvoice): Promise<Written> {
    const { head } = invoice;
    const flow: Flow = head.formatoTrasmissione === 'FPA12' ? 'pa' : 'private';
    const now = invoice.at;
    const [first] = head.documents;
    if (!first) throw new Error('an invoice without a document was read as sound');
    const queued: NewTimelineEvent = {
      type: 'queued',
      key: 'queued',
      at: now.toISOString(),
      source: 'api',
      evidenceSha256: invoice.sha256,
      facts: {
        fileName: invoice.fileName,
        ...(invoice.signed && { signed: invoice.signed }),
        ...(invoice.originalSha256 !== undefined && { originalSha256: invoice.originalSha256 }),
      },
    };
    const state = foldLifecycle(flow, head.documents.length, [queued]);
    const link = firstLink(queued, { invoiceId: invoice.invoiceId, status: state.status, recordedAt: now });
    const seller = head.cedentePrestatore;
    const buyer = head.cessionarioCommittente;
    const search = [
      ...head.documents.map((document) => document.numero),
      seller.name,
      idOf(seller),
      seller.codiceFiscale,
      buyer.name,
      idOf(buyer),
      buyer.codiceFiscale,
      head.codiceDestinatario,
      invoice.fileName,
      invoice.sha256,
    ];

    const keyOf = new Map(invoice.keys.map((key) => [key.position, key]));
    // Each number once: a file that bears one twice is refused by its own check (00409).
    const numbers = [...new Map(invoice.keys.map((key) => [key.exact, key])).values()];
    const foretold = foretoldBy(invoice.findings);
    const documents = head.documents.map((document) => ({
      position: document.position,
      tipoDocumento: document.tipoDocumento,
      numero: document.numero,
      data: document.data,
      divisa: document.divisa ?? null,
      importoTotaleDocumento: storable(document.importoTotaleDocumento),
      status: state.status,
    }));

    // One statement for all rows: each round trip to the database costs more than the rows do. All of them hang on the name being free.
    const [row] = await tx.query<InvoiceRow & { keys_taken: number }>(
      `WITH name AS (
         INSERT INTO file_names (base_name, invoice_id) VALUES ($5, $1) ON CONFLICT DO NOTHING RETURNING base_name
       ), keys AS (
         INSERT INTO document_keys (register, key, near, invoice_id, position)
         SELECT ${registerOf('c')}, k.key, k.near, $1, k.position FROM name JOIN companies c ON c.id = $2, unnest($31::text[], $32::text[], $33::int[]) AS k (key, near, position) ORDER BY k.key ON CONFLICT DO NOTHING RETURNING position
       ), invoice AS (
         INSERT INTO invoices (id, company_id, mailbox_id, file_name, base_name, sha256, size, formato_trasmissione, flow, codice_destinatario, seller_name, seller_id, buyer_name, buyer_id,
           number, date, total, currency, documents_count, status, sequence, feed_sequence, send_after, search, created_at, updated_at, status_since, original_sha256, timeline_hash)
         SELECT $1, $2, $3, $4, base_name, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, 1, 1, $21, $22, $21, $21, $21, $36, $42 FROM name
         RETURNING ${INVOICE_COLUMNS}
       ), counted AS (
         INSERT INTO status_counts (company_id, status, delta) SELECT $2, $20, 1 FROM name
       ), event AS (
         INSERT INTO timeline (id, invoice_id, sequence, type, key, at, recorded_at, facts, source, evidence_sha256, status, previous_hash, hash)
         SELECT $23, $1, 1, 'queued', 'queued', $21, $21, $24, 'api', $6, $20, $41, $42 FROM name
       ), documents AS (
         INSERT INTO documents (invoice_id, position, tipo_documento, numero, data, divisa, importo_totale, status, duplicate_keys, duplicate_nears)
         SELECT $1, d.position, d.tipo, d.numero, d.data, d.divisa, d.totale, $20, CASE WHEN d.duplicate_key IS NOT NULL THEN ARRAY[d.duplicate_key] END, CASE WHEN d.duplicate_near IS NOT NULL THEN ARRAY[d.duplicate_near] END
         FROM name, unnest($25::int[], $26::text[], $27::text[], $28::date[], $29::text[], $30::numeric[], $34::text[], $35::text[]) AS d (position, tipo, numero, data, divisa, totale, duplicate_key, duplicate_near)
       ), verdict AS (
         INSERT INTO invoice_verdicts (invoice_id, rule_version, findings, judged_at) SELECT $1, $37, $38, $21 FROM name
       ), outcomes AS (
         INSERT INTO verdict_outcomes (invoice_id, code, company_id, foretold, taken_in)
         SELECT $1, o.code, $2, o.severity, $21 FROM name, unnest($39::text[], $40::text[]) AS o (code, severity)
       ), outcome_counts AS (
         INSERT INTO verdict_changes (company_id, day, code, foretold, came, hits)
         SELECT $2, ($21::timestamptz AT TIME ZONE 'Europe/Rome')::date, o.code, 1, 0, 0 FROM name, unnest($39::text[]) AS o (code)
       )
       SELECT invoice.*, (SELECT count(*)::int FROM keys) AS keys_taken FROM invoice`,
      [
        invoice.invoiceId,
        invoice.company.id,
        invoice.mailboxId,
        invoice.fileName,
        registeredName(invoice.fileName),
        invoice.sha256,
        invoice.size,
        head.formatoTrasmissione,
        flow,
        head.codiceDestinatario,
        seller.name,
        idOf(seller),
        buyer.name,
        idOf(buyer),
        first.numero,
        first.data,
        storable(first.importoTotaleDocumento),
        first.divisa ?? null,
        documents.length,
        state.status,
        now,
        search.filter((part) => part !== null && part !== undefined).join(' ').toLowerCase(),
        newId(),
        JSON.stringify(link.facts),
        documents.map((document) => document.position),
        documents.map((document) => document.tipoDocumento),
        documents.map((document) => document.numero),
        documents.map((document) => document.data),
        documents.map((document) => document.divisa),
        documents.map((document) => document.importoTotaleDocumento),
        numbers.map(({ exact }) => exact),
        numbers.map(({ near }) => near),
        numbers.map(({ position }) => position),
        documents.map((document) => keyOf.get(document.position)?.exact ?? null),
        documents.map((document) => keyOf.get(document.position)?.near ?? null),
        invoice.originalSha256 ?? null,
        invoice.ruleVersion,
        JSON.stringify(invoice.findings),
        foretold.map(({ code }) => code),
        foretold.map(({ severity }) => severity),
        link.previousHash,
        link.hash,
      ],
    );
    if (!row) return { ok: false, why: 'name-taken' };
    if (row.keys_taken < numbers.length) return { ok: false, why: 'number-taken' };
    await this.feed.append(tx, [
      {
        id: newId(),
        tenantId: invoice.company.id,
        subjectId: invoice.invoiceId,
        subjectSequence: 1,
        type: `invoice.${state.status}`,
        occurredAt: now,
        data: feedData({ invoiceId: invoice.invoiceId, companyId: invoice.company.id, fileName: invoice.fileName, number: first.numero, flow, sequence: 1, timelineHash: link.hash }, null, state),
      },
    ]);
    return { ok: true, invoice: invoiceDetail(row, documents, { ruleVersion: invoice.ruleVersion, judgedAt: now, findings: invoice.findings }) };
  }
}
