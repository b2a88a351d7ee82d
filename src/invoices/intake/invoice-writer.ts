import { Injectable } from '@nestjs/common';
import type { Company } from '../../companies/company/companies.js';
import type { Mailbox } from '../../companies/mailboxes/mailbox.js';
import { baseName, type InvoiceHead, type Party } from '../../fatturapa/index.js';
import type { Tx } from '../../platform/database/sql.js';
import { Feed } from '../../platform/feed/feed.js';
import { newId } from '../../platform/ids.js';
import { foldLifecycle, type Flow, type LifecycleEvent } from '../../sdi/index.js';
import { feedData } from '../timeline/feed-data.js';

export interface NewInvoice {
  readonly invoiceId: string;
  readonly company: Company;
  readonly mailbox: Mailbox;
  readonly fileName: string;
  readonly sha256: string;
  readonly size: number;
  readonly head: InvoiceHead;
}

/** VAT number with its country, else the codice fiscale. */
function idOf(party: Party): string | null {
  return party.idCodice !== undefined ? `${party.idPaese ?? ''}${party.idCodice}` : (party.codiceFiscale ?? null);
}

/** Writes the rows of a new invoice: itself, its documents, the first event, the feed's first entry. */
@Injectable()
export class InvoiceWriter {
  constructor(private readonly feed: Feed) {}

  async write(tx: Tx, invoice: NewInvoice): Promise<void> {
    const { head } = invoice;
    const flow: Flow = head.formatoTrasmissione === 'FPA12' ? 'pa' : 'private';
    const now = new Date();
    const [first] = head.documents;
    if (!first) throw new Error('an invoice without a document was read as sound');
    const queued: LifecycleEvent = { type: 'queued', key: 'queued', at: now.toISOString() };
    const state = foldLifecycle(flow, head.documents.length, [queued]);
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

    // One statement for all rows: a round trip less is a shorter hold of the lock on the transmitter's sequence.
    await tx.query(
      `WITH invoice AS (
         INSERT INTO invoices (id, company_id, mailbox_id, file_name, base_name, sha256, size, formato_trasmissione, flow, codice_destinatario, seller_name, seller_id, buyer_name, buyer_id,
           number, date, total, currency, documents_count, status, sequence, feed_sequence, send_after, search, created_at, updated_at, status_since)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, 1, 1, $21, $22, $21, $21, $21)
       ), counted AS (
         INSERT INTO status_counts (company_id, status, delta) VALUES ($2, $20, 1)
       ), event AS (
         INSERT INTO timeline (id, invoice_id, sequence, type, key, at, facts, source, evidence_sha256, status) VALUES ($23, $1, 1, 'queued', 'queued', $21, $24, 'api', $6, $20)
       )
       INSERT INTO documents (invoice_id, position, tipo_documento, numero, data, divisa, importo_totale, status)
       SELECT $1, d.position, d.tipo, d.numero, d.data, d.divisa, d.totale, $20
       FROM unnest($25::int[], $26::text[], $27::text[], $28::date[], $29::text[], $30::numeric[]) AS d (position, tipo, numero, data, divisa, totale)`,
      [
        invoice.invoiceId,
        invoice.company.id,
        invoice.mailbox.id,
        invoice.fileName,
        baseName(invoice.fileName).toUpperCase(),
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
        first.importoTotaleDocumento ?? null,
        first.divisa ?? null,
        head.documents.length,
        state.status,
        now,
        search.filter((part) => part !== null && part !== undefined).join(' ').toLowerCase(),
        newId(),
        JSON.stringify({ fileName: invoice.fileName }),
        head.documents.map((document) => document.position),
        head.documents.map((document) => document.tipoDocumento),
        head.documents.map((document) => document.numero),
        head.documents.map((document) => document.data),
        head.documents.map((document) => document.divisa ?? null),
        head.documents.map((document) => document.importoTotaleDocumento ?? null),
      ],
    );
    await this.feed.append(tx, [
      {
        id: newId(),
        tenantId: invoice.company.id,
        subjectId: invoice.invoiceId,
        subjectSequence: 1,
        type: `invoice.${state.status}`,
        occurredAt: now,
        data: feedData({ invoiceId: invoice.invoiceId, companyId: invoice.company.id, fileName: invoice.fileName, number: first.numero, flow, sequence: 1 }, null, state),
      },
    ]);
  }
}
