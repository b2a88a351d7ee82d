import { Injectable } from '@nestjs/common';
import { baseName } from '../fatturapa/index.js';
import type { Sql, Tx } from '../platform/database/sql.js';
import { Database } from '../platform/database/sql.js';
import type { Flow, Status } from '../sdi/lifecycle/types.js';
import { type InvoiceKeys, type InvoiceRef, Invoices } from './invoices.js';

interface RefRow {
  id: string;
  company_id: string;
  mailbox_id: string;
  file_name: string;
  base_name: string;
  sha256: string;
  size: number;
  flow: Flow;
  status: Status;
  identificativo_sdi: string | null;
  attempt: number;
  documents_count: number;
}

const COLUMNS = 'id, company_id, mailbox_id, file_name, base_name, sha256, size, flow, status, identificativo_sdi, attempt, documents_count';

function fromRow(row: RefRow): InvoiceRef {
  return {
    id: row.id,
    companyId: row.company_id,
    mailboxId: row.mailbox_id,
    fileName: row.file_name,
    baseName: row.base_name,
    sha256: row.sha256,
    size: row.size,
    flow: row.flow,
    status: row.status,
    ...(row.identificativo_sdi === null ? {} : { identificativoSdi: row.identificativo_sdi }),
    attempt: row.attempt,
    documentsCount: row.documents_count,
  };
}

/** Invoices in the database, as the lanes see them. */
@Injectable()
export class StoredInvoices extends Invoices {
  constructor(private readonly database: Database) {
    super();
  }

  override async get(id: string, sql: Sql = this.database): Promise<InvoiceRef | undefined> {
    const [row] = await sql.query<RefRow>(`SELECT ${COLUMNS} FROM invoices WHERE id = $1`, [id]);
    return row && fromRow(row);
  }

  override async match(mailboxId: string, keys: InvoiceKeys, sql: Sql = this.database): Promise<{ invoice: InvoiceRef; by: keyof InvoiceKeys } | undefined> {
    const steps: readonly [keyof InvoiceKeys, string, string | undefined][] = [
      // An id that any earlier message tied to an invoice counts, also that of a second copy which SdI refused.
      ['identificativoSdi', `id IN (SELECT invoice_id FROM timeline WHERE identificativo_sdi = $2)`, keys.identificativoSdi],
      ['sha256', 'sha256 = $2', keys.sha256?.toLowerCase()],
      ['fileName', 'base_name = $2', keys.fileName === undefined ? undefined : baseName(keys.fileName).toUpperCase()],
    ];
    for (const [by, condition, value] of steps) {
      if (value === undefined || value === '') continue;
      const rows = await sql.query<RefRow>(`SELECT ${COLUMNS} FROM invoices WHERE mailbox_id = $1 AND ${condition} ORDER BY created_at DESC LIMIT 2`, [mailboxId, value]);
      // The same bytes may have been sent under two names: then the hash alone decides nothing and the name has the word.
      if (rows.length === 1 && rows[0]) return { invoice: fromRow(rows[0]), by };
    }
    return undefined;
  }

  override async due(mailboxId: string, limit: number, sql: Sql = this.database): Promise<InvoiceRef[]> {
    const rows = await sql.query<RefRow>(
      `SELECT ${COLUMNS} FROM invoices WHERE mailbox_id = $1 AND send_after IS NOT NULL AND send_after <= clock_timestamp() ORDER BY send_after, id LIMIT $2`,
      [mailboxId, limit],
    );
    return rows.map(fromRow);
  }

  override async nextDueAt(mailboxId: string, sql: Sql = this.database): Promise<Date | undefined> {
    const [row] = await sql.query<{ send_after: Date }>('SELECT send_after FROM invoices WHERE mailbox_id = $1 AND send_after IS NOT NULL ORDER BY send_after, id LIMIT 1', [mailboxId]);
    return row?.send_after;
  }

  override async mailboxesWithDue(): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT m.id FROM mailboxes m
       WHERE m.enabled AND EXISTS (SELECT 1 FROM invoices i WHERE i.mailbox_id = m.id AND i.send_after IS NOT NULL AND i.send_after <= clock_timestamp())`,
    );
    return rows.map((row) => row.id);
  }

  override async schedule(tx: Tx, invoiceId: string, at: Date | undefined): Promise<void> {
    await tx.query('UPDATE invoices SET send_after = $2 WHERE id = $1', [invoiceId, at ?? null]);
  }

  override async documentPositions(invoiceId: string, reference: { numero: string; anno: string; posizione?: number }, sql: Sql = this.database): Promise<number[]> {
    const rows = await sql.query<{ position: number }>(
      `SELECT position FROM documents WHERE invoice_id = $1 AND numero = $2 AND extract(year FROM data) = $3::int ORDER BY position`,
      [invoiceId, reference.numero, reference.anno],
    );
    const positions = rows.map((row) => row.position);
    // PosizioneFattura tells twins apart (sdi.md 4.3); alone it is not believed, when number and year point elsewhere.
    return reference.posizione !== undefined && positions.includes(reference.posizione) ? [reference.posizione] : positions;
  }
}
