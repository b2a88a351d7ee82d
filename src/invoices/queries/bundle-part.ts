import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type InvoicePart, BundleSources } from '../../evidence/bundle/build/sources.js';
import { instantText, microsOf } from '../../evidence/chain/index.js';
import type { Sql } from '../../platform/database/sql.js';
import { CHAIN_COLUMNS, type ChainRow, linkOf } from '../timeline/chain-rows.js';
import { InvoiceQueries } from './invoice-queries.js';
import { INVOICE_COLUMNS, type InvoiceRow } from './invoice-view.js';

/** What this room contributes to an invoice's evidence bundle: the invoice itself, what is known of it, and its timeline. */
@Injectable()
export class InvoiceBundlePart implements OnModuleInit {
  constructor(
    private readonly sources: BundleSources,
    private readonly queries: InvoiceQueries,
  ) {}

  onModuleInit(): void {
    this.sources.register('companyOf', (id) => this.queries.companyOf(id));
    this.sources.register('invoice', invoicePart);
  }
}

export async function invoicePart(sql: Sql, id: string): Promise<InvoicePart | undefined> {
  const [row] = await sql.query<InvoiceRow & { timeline_hash: string }>(`SELECT ${INVOICE_COLUMNS}, timeline_hash FROM invoices WHERE id = $1`, [id]);
  if (!row) return undefined;
  const documents = await sql.query<InvoicePart['invoice']['documents'][number]>(
    `SELECT position, tipo_documento AS "tipoDocumento", numero, data::text AS data, divisa, importo_totale::text AS "importoTotaleDocumento", status
     FROM documents WHERE invoice_id = $1 ORDER BY position`,
    [id],
  );
  const links = await sql.query<ChainRow>(`SELECT ${CHAIN_COLUMNS} FROM timeline t WHERE t.invoice_id = $1 ORDER BY t.sequence`, [id]);
  return {
    companyId: row.company_id,
    mailboxId: row.mailbox_id,
    originalSha256: row.original_sha256,
    entries: links.map(linkOf),
    invoice: {
      id: row.id,
      fileName: row.file_name,
      sha256: row.sha256,
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
      documents,
      status: row.status,
      flags: row.flags,
      identificativoSdi: row.identificativo_sdi,
      attempt: row.attempt,
      createdAt: instantText(microsOf(row.created_at)),
      timelineHash: row.timeline_hash,
    },
  };
}
