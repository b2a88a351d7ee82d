import { Injectable } from '@nestjs/common';
import type { FatturapaFinding } from '../../fatturapa/types.js';
import { newId, type Sql, type Tx } from '../../platform/index.js';
import { json, text } from '../storable.js';
import type { DeliveryKind, PreparedDelivery, ReceivedArrival } from './delivery.js';
import { documentColumns, invoiceFacts, worstOf } from './facts.js';

/** An invoice that was received before, as a further delivery of it needs it. Locked. */
export interface KnownInvoice {
  readonly id: string;
  readonly identificativoSdi: string | null;
  readonly sha256: string | null;
  readonly xmlSha256: string | null;
  /** TentativiInvio of its deliveries so far. */
  readonly attempts: readonly number[];
}

export interface NewDelivery {
  readonly receivedInvoiceId: string;
  readonly kind: DeliveryKind;
  readonly findings: readonly FatturapaFinding[];
  readonly delivery: PreparedDelivery;
  readonly arrival: ReceivedArrival;
  readonly at: Date;
}

/** Findings of so many deliveries count for the invoice: a mail loop does not make a row without end. */
const RATED_DELIVERIES = 50;

interface FoundRow {
  readonly id: string;
  readonly identificativo_sdi: string | null;
  readonly sha256: string | null;
  readonly xml_sha256: string | null;
}
const FOUND = 'i.id, i.identificativo_sdi, i.sha256, i.xml_sha256';

/** Reads and writes the rows of received invoices. Everything happens under {@link lock}. */
@Injectable()
export class ReceivedRows {
  /** One transaction at a time for what may be the same invoice: by IdentificativoSdI or by its file, always in the same order. */
  async lock(tx: Tx, deliveries: readonly { readonly delivery: PreparedDelivery; readonly arrival: Pick<ReceivedArrival, 'companyId'> }[]): Promise<void> {
    const keys = deliveries.flatMap(({ delivery: { message, file }, arrival: { companyId } }) => [...(message ? [`${companyId}:id:${message.identificativoSdi}`] : []), ...(file ? [`${companyId}:file:${file.sha256}`] : [])]);
    for (const key of [...new Set(keys)].sort()) await tx.query("SELECT pg_advisory_xact_lock(hashtextextended('received:' || $1, 0))", [key]);
  }

  /** The delivery that this mail was taken as, and whether its file is the one that the invoice shows. */
  async deliveryOf(tx: Tx, messageId: string): Promise<{ receivedInvoiceId: string; kind: DeliveryKind; shown: boolean } | undefined> {
    const [row] = await tx.query<{ id: string; kind: DeliveryKind; shown: boolean }>(
      `SELECT i.id, d.kind, i.sha256 IS NOT DISTINCT FROM d.sha256 AND i.metadata_sha256 IS NOT DISTINCT FROM d.metadata_sha256 AS shown
       FROM received_deliveries d JOIN received_invoices i ON i.id = d.received_invoice_id WHERE d.message_id = $1`,
      [messageId],
    );
    return row && { receivedInvoiceId: row.id, kind: row.kind, shown: row.shown };
  }

  /** Those of the mails that were taken as deliveries. */
  async brought(sql: Sql, messageIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (messageIds.length === 0) return new Set();
    const rows = await sql.query<{ message_id: string }>('SELECT message_id FROM received_deliveries WHERE message_id = ANY ($1::uuid[])', [messageIds]);
    return new Set(rows.map(({ message_id: id }) => id));
  }

  /** The company's invoice of this IdentificativoSdI; else, while one of the two came without MT, the one with this file, shown or kept beside it. */
  async find(tx: Tx, companyId: string, { message, file }: PreparedDelivery): Promise<KnownInvoice | undefined> {
    const [shown] = await tx.query<FoundRow>(
      `SELECT ${FOUND} FROM received_invoices i
       WHERE company_id = $1 AND same_as IS NULL AND (identificativo_sdi = $2 OR (sha256 = $3 AND ($2::text IS NULL OR identificativo_sdi IS NULL)))
       ORDER BY identificativo_sdi = $2 DESC NULLS LAST, taken_at LIMIT 1 FOR UPDATE`,
      [companyId, message?.identificativoSdi ?? null, file?.sha256 ?? null],
    );
    const row = shown ?? (message || !file ? undefined : await this.#besideOf(tx, companyId, file.sha256));
    if (!row) return undefined;
    const attempts = await tx.query<{ attempt: number }>('SELECT DISTINCT tentativi_invio AS attempt FROM received_deliveries WHERE received_invoice_id = $1 AND tentativi_invio IS NOT NULL', [row.id]);
    return { id: row.id, identificativoSdi: row.identificativo_sdi, sha256: row.sha256, xmlSha256: row.xml_sha256, attempts: attempts.map(({ attempt }) => attempt) };
  }

  /**
   * The invoice, which has its IdentificativoSdI, is also the one that was taken by this file alone: that row leaves the lists, its id goes on answering with this invoice, and its deliveries become deliveries
   * of this one. Whoever has acknowledged it has seen the file that the invoice shows.
   */
  async tie(tx: Tx, id: string, companyId: string, sha256: string): Promise<void> {
    const twins = await tx.query<{ id: string }>(
      `UPDATE received_invoices t SET same_as = $1 FROM received_invoices i
       WHERE i.id = $1 AND i.identificativo_sdi IS NOT NULL AND t.company_id = $2 AND t.sha256 = $3 AND t.identificativo_sdi IS NULL AND t.same_as IS NULL AND t.id <> $1 RETURNING t.id`,
      [id, companyId, sha256],
    );
    for (const twin of twins) {
      await tx.query(
        `UPDATE received_deliveries d SET received_invoice_id = i.id, position = d.position + i.deliveries_count, kind = CASE WHEN d.sha256 = i.sha256 THEN 'repeated' ELSE 'other_bytes' END
         FROM received_invoices i WHERE i.id = $1 AND d.received_invoice_id = $2`,
        [id, twin.id],
      );
      await tx.query(
        `UPDATE received_invoices i SET deliveries_count = i.deliveries_count + t.deliveries_count, received_at = least(i.received_at, t.received_at), sent_invoice_id = coalesce(i.sent_invoice_id, t.sent_invoice_id),
           acknowledged_at = coalesce(i.acknowledged_at, CASE WHEN i.sha256 = t.sha256 THEN t.acknowledged_at END)
         FROM received_invoices t WHERE i.id = $1 AND t.id = $2`,
        [id, twin.id],
      );
    }
  }

  async insert(tx: Tx, id: string, delivery: PreparedDelivery, { companyId, mailboxId, deliveredAt }: ReceivedArrival, at: Date): Promise<void> {
    const row = { id, company_id: companyId, mailbox_id: mailboxId, ...invoiceFacts(delivery), worst: 'none', deliveries_count: 0, received_at: deliveredAt, taken_at: at };
    const names = Object.keys(row);
    await tx.query(`INSERT INTO received_invoices (${names.join(', ')}) VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')})`, Object.values(row));
    await this.#documents(tx, id, delivery);
  }

  /** Writes down again what is read of the invoice's file and of its MT. */
  async rewrite(tx: Tx, id: string, delivery: PreparedDelivery): Promise<void> {
    const facts = invoiceFacts(delivery);
    const names = Object.keys(facts);
    await tx.query(`UPDATE received_invoices SET ${names.map((name, index) => `${name} = $${index + 2}`).join(', ')} WHERE id = $1`, [id, ...Object.values(facts)]);
    await tx.query('DELETE FROM received_documents WHERE received_invoice_id = $1', [id]);
    await this.#documents(tx, id, delivery);
  }

  /** The file that was missing has come. Whoever has acknowledged the invoice has not seen it. */
  async complete(tx: Tx, id: string, delivery: PreparedDelivery): Promise<void> {
    await this.rewrite(tx, id, delivery);
    await tx.query('UPDATE received_invoices SET acknowledged_at = NULL WHERE id = $1', [id]);
  }

  async addDelivery(tx: Tx, { receivedInvoiceId, kind, findings, delivery, arrival, at }: NewDelivery): Promise<void> {
    const { message, metadata, file, fileName, hashMatches } = delivery;
    await tx.query(
      `INSERT INTO received_deliveries (id, received_invoice_id, position, mailbox_id, message_id, mail_sha256, metadata_sha256, sha256, file_name, sdi_message_id, tentativi_invio, sdi_address,
         hash_matches, kind, findings, delivered_at, taken_at)
       SELECT $1, $2, deliveries_count + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16 FROM received_invoices WHERE id = $2`,
      [
        newId(),
        receivedInvoiceId,
        arrival.mailboxId,
        arrival.messageId,
        arrival.mailSha256,
        metadata?.sha256 ?? null,
        file?.sha256 ?? null,
        text(fileName, 255),
        text(message?.messageId, 36),
        message?.tentativiInvio ?? null,
        text(arrival.sdiAddress, 254),
        hashMatches ?? null,
        kind,
        json(findings),
        arrival.deliveredAt,
        at,
      ],
    );
    // Mails are judged in any order: the buyer has received the invoice with the earliest.
    await tx.query('UPDATE received_invoices SET deliveries_count = deliveries_count + 1, received_at = least(received_at, $2) WHERE id = $1', [receivedInvoiceId, arrival.deliveredAt]);
  }

  /** How grave the findings are, of the invoice and of its deliveries; and the invoice of ours that it is, once that is known. */
  async rate(tx: Tx, id: string, sentInvoiceId: string | undefined): Promise<void> {
    const rows = await tx.query<{ findings: FatturapaFinding[] }>(
      `SELECT findings FROM received_invoices WHERE id = $1
       UNION ALL (SELECT findings FROM received_deliveries WHERE received_invoice_id = $1 ORDER BY position LIMIT ${RATED_DELIVERIES})`,
      [id],
    );
    await tx.query('UPDATE received_invoices SET worst = $2, sent_invoice_id = coalesce($3, sent_invoice_id) WHERE id = $1', [id, worstOf(rows.flatMap(({ findings }) => findings)), sentInvoiceId ?? null]);
  }

  /** The first invoice that a delivery brought this file for as another than the one that it shows. */
  async #besideOf(tx: Tx, companyId: string, sha256: string): Promise<FoundRow | undefined> {
    const [row] = await tx.query<FoundRow>(
      `SELECT ${FOUND} FROM received_invoices i JOIN received_deliveries d ON d.received_invoice_id = i.id WHERE d.sha256 = $2 AND i.company_id = $1 ORDER BY i.taken_at LIMIT 1 FOR UPDATE OF i`,
      [companyId, sha256],
    );
    return row;
  }

  async #documents(tx: Tx, id: string, delivery: PreparedDelivery): Promise<void> {
    await tx.query(
      `INSERT INTO received_documents (received_invoice_id, company_id, position, tipo_documento, numero, data, divisa, importo_totale)
       SELECT i.id, i.company_id, d.* FROM received_invoices i, unnest($2::int[], $3::text[], $4::text[], $5::date[], $6::text[], $7::numeric[]) AS d WHERE i.id = $1`,
      [id, ...documentColumns(delivery)],
    );
  }
}
