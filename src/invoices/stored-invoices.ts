import { Injectable } from '@nestjs/common';
import { baseName } from '../fatturapa/index.js';
import type { Sql, Tx } from '../platform/database/sql.js';
import { Database } from '../platform/database/sql.js';
import type { Flow, Status } from '../sdi/lifecycle/types.js';
import { type InvoiceKeys, type InvoiceMatch, type InvoiceRef, Invoices, type MatchRequest } from './invoices.js';

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

/** How a message may name an invoice, strongest first (sdi.md 5.4). */
const MATCH_STEPS: readonly { readonly by: keyof InvoiceKeys; readonly lookup: string; readonly value: (keys: InvoiceKeys) => string | undefined }[] = [
  // An id that any earlier message tied to an invoice counts, also that of a second copy which SdI refused.
  { by: 'identificativoSdi', lookup: 'id IN (SELECT invoice_id FROM timeline WHERE identificativo_sdi = wanted.key)', value: (keys) => keys.identificativoSdi },
  { by: 'sha256', lookup: 'sha256 = wanted.key', value: (keys) => keys.sha256?.toLowerCase() },
  { by: 'fileName', lookup: 'base_name = wanted.key', value: (keys) => (keys.fileName === undefined ? undefined : baseName(keys.fileName).toUpperCase()) },
];

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

  override async getAll(ids: readonly string[], sql: Sql = this.database): Promise<InvoiceRef[]> {
    if (ids.length === 0) return [];
    return (await sql.query<RefRow>(`SELECT ${COLUMNS} FROM invoices WHERE id = ANY ($1::uuid[])`, [ids])).map(fromRow);
  }

  override async matchAll(requests: readonly MatchRequest[], sql: Sql = this.database): Promise<(InvoiceMatch | undefined)[]> {
    const found: (InvoiceMatch | undefined)[] = requests.map(() => undefined);
    for (const { by, lookup, value } of MATCH_STEPS) {
      const wanted = requests.flatMap(({ mailboxId, keys }, n) => {
        const key = found[n] ? undefined : value(keys);
        return key === undefined || key === '' ? [] : [{ n, mailboxId, key }];
      });
      if (wanted.length === 0) continue;
      const rows = await sql.query<RefRow & { n: number }>(
        `SELECT wanted.n, i.* FROM unnest($1::int[], $2::uuid[], $3::text[]) AS wanted (n, mailbox, key)
         CROSS JOIN LATERAL (SELECT ${COLUMNS} FROM invoices WHERE mailbox_id = wanted.mailbox AND ${lookup} ORDER BY created_at DESC LIMIT 2) i`,
        [wanted.map(({ n }) => n), wanted.map(({ mailboxId }) => mailboxId), wanted.map(({ key }) => key)],
      );
      for (const { n } of wanted) {
        const [row, ...others] = rows.filter((candidate) => candidate.n === n);
        // The same bytes may have been sent under two names: then the hash alone decides nothing and the name has the word.
        if (row && others.length === 0) found[n] = { invoice: fromRow(row), by };
      }
    }
    return found;
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
    // A year that is none is no document's; SdI's messages are read as they come.
    if (!/^\d{4}$/.test(reference.anno)) return [];
    const rows = await sql.query<{ position: number }>(
      `SELECT position FROM documents WHERE invoice_id = $1 AND numero = $2 AND extract(year FROM data) = $3::int ORDER BY position`,
      [invoiceId, reference.numero, reference.anno],
    );
    const positions = rows.map((row) => row.position);
    // PosizioneFattura tells twins apart (sdi.md 4.3); alone it is not believed, when number and year point elsewhere.
    return reference.posizione !== undefined && positions.includes(reference.posizione) ? [reference.posizione] : positions;
  }
}
