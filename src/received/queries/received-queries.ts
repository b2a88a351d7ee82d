import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Database, decodeCursor, page } from '../../platform/index.js';
import { conditionsOf } from './conditions.js';
import type { ReceivedFilters } from './filters.js';
import { type DeliveryRow, RECEIVED_COLUMNS, receivedDetail, type ReceivedDetailRow, type ReceivedRow, receivedView, type ReceivedView } from './received-view.js';

/** PostgreSQL's own text of an instant, in UTC or with an offset. */
const Cursor = z.tuple([z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d{1,6})?[+-]\d{2}(?::\d{2})?$/), z.uuid()]);
const SHOWN_DELIVERIES = 200;
/** The invoice that the id `$1` stands for: its own, or the one that it turned out to be. */
const THE_ONE = '(SELECT coalesce(same_as, id) FROM received_invoices WHERE id = $1)';

/** Octets of an invoice, as something that can be downloaded. */
export interface ReceivedFile {
  readonly sha256: string;
  readonly fileName: string;
}

/** Where the files of an invoice lie. */
export interface ReceivedPlaces {
  readonly fileName: string;
  readonly sha256: string | null;
  readonly xmlSha256: string | null;
  readonly metadataSha256: string | null;
}

/** What the API and the dashboard show of received invoices. */
@Injectable()
export class ReceivedQueries {
  constructor(private readonly database: Database) {}

  /** Newest arrival first. */
  async list(filters: ReceivedFilters, companyId: string | undefined): Promise<{ items: ReceivedView[]; next: string | null }> {
    const after = decodeCursor(filters.cursor, Cursor);
    const conditions = conditionsOf(filters, companyId);
    if (after) conditions.and(`(received_at, id) < (${conditions.place(after[0])}::timestamptz, ${conditions.place(after[1])}::uuid)`);
    const limit = conditions.place(filters.limit + 1);
    const rows = await this.database.query<ReceivedRow>(`SELECT ${RECEIVED_COLUMNS} FROM received_invoices ${conditions.sql} ORDER BY received_at DESC, id DESC LIMIT ${limit}`, conditions.values);
    return page(rows, filters.limit, receivedView, (row) => [row.cursor, row.id]);
  }

  /** By its own id or by that of a row that turned out to be the same invoice; undefined when there is none. */
  async get(given: string): Promise<ReceivedView | undefined> {
    const [row] = await this.database.query<ReceivedDetailRow>(
      `SELECT ${RECEIVED_COLUMNS}, signatures, rule_version, findings, ARRAY(SELECT t.id FROM received_invoices t WHERE t.same_as = i.id ORDER BY t.taken_at) AS other_ids FROM received_invoices i WHERE id = ${THE_ONE}`,
      [given],
    );
    if (!row) return undefined;
    const { id } = row;
    const documents = await this.database.query(
      `SELECT position, tipo_documento AS "tipoDocumento", numero, data::text AS data, divisa, importo_totale::text AS "importoTotaleDocumento" FROM received_documents WHERE received_invoice_id = $1 ORDER BY position`,
      [id],
    );
    const deliveries = await this.database.query<DeliveryRow>(
      `SELECT position, kind, mailbox_id, message_id, mail_sha256, metadata_sha256, sha256, file_name, sdi_message_id, tentativi_invio, sdi_address, hash_matches, findings, delivered_at, taken_at
       FROM received_deliveries WHERE received_invoice_id = $1 ORDER BY position LIMIT ${SHOWN_DELIVERIES}`,
      [id],
    );
    return receivedDetail(row, documents, deliveries);
  }

  async companyOf(id: string): Promise<string | undefined> {
    const [row] = await this.database.query<{ company_id: string }>('SELECT company_id FROM received_invoices WHERE id = $1', [id]);
    return row?.company_id;
  }

  /** The invoice's own files (those that came under this id, so that what an address gives never changes), or those of one of its deliveries (which keeps no opened XML). */
  async places(id: string, delivery: number | undefined): Promise<ReceivedPlaces | undefined> {
    const [row] =
      delivery === undefined
        ? await this.database.query<ReceivedPlaces>(
            `SELECT i.file_name AS "fileName", i.sha256, i.xml_sha256 AS "xmlSha256", coalesce(i.metadata_sha256, one.metadata_sha256) AS "metadataSha256"
             FROM received_invoices i LEFT JOIN received_invoices one ON one.id = i.same_as WHERE i.id = $1`,
            [id],
          )
        : await this.database.query<ReceivedPlaces>(
            `SELECT coalesce(file_name, '') AS "fileName", sha256, NULL AS "xmlSha256", metadata_sha256 AS "metadataSha256" FROM received_deliveries WHERE received_invoice_id = ${THE_ONE} AND position = $2`,
            [id, delivery],
          );
    return row;
  }

  /** Marks it as seen by the caller's program. Repeated calls keep the first instant. */
  async acknowledge(id: string, at: Date): Promise<void> {
    await this.database.query(`UPDATE received_invoices SET acknowledged_at = $2 WHERE id = ${THE_ONE} AND acknowledged_at IS NULL`, [id, at]);
  }
}
