import type { Sql, Tx } from '../../platform/database/sql.js';
import type { LifecycleState, Status } from '../../sdi/index.js';

/** What SdI takes for one and the same document (00404): the keys that `fatturapa` makes of it. */
export interface PositionedKey {
  /** Of the document in its file, from 1. */
  readonly position: number;
  /** Equal for two documents exactly when SdI takes them for one. */
  readonly exact: string;
  /** Equal for two that SdI might take for one. */
  readonly near: string;
}

/**
 * Whose numbers a company uses, in SQL: those of its VAT number, else of its codice fiscale. SdI knows no other company than that, so that what is registered here twice under
 * one number shares its numbers. Under another company's number nobody takes any: who sends for it does not decide what it may send itself.
 * @param company alias of the row of `companies`
 */
export function registerOf(company: string): string {
  return `coalesce(${company}.partita_iva, ${company}.codice_fiscale)`;
}

/** A document under the company's number that bears the number of another one, or nearly. */
export interface Earlier {
  readonly exact: string;
  readonly near: string;
  readonly number: string;
  readonly companyId: string;
  readonly invoiceId: string;
  readonly fileName: string;
  readonly status: Status;
  readonly createdAt: Date;
}

/** A document that SdI rejected, or that the office refused, leaves its number free (sdi-checks.csv, 00404). Whatever else became of it, it may stand at SdI. */
const FREE: readonly Status[] = ['rejected', 'refused'];

function freed(state: LifecycleState): number[] {
  return state.documents.filter(({ status }) => FREE.includes(status)).map(({ position }) => position);
}

/**
 * Gives numbers free, or takes them again, as documents are rejected, refused, or turn out not to be. A number that another invoice took meanwhile stays that one's: evidence is never
 * held up by it.
 */
export async function settleDocumentKeys(tx: Tx, invoiceId: string, before: LifecycleState, after: LifecycleState): Promise<void> {
  const were = freed(before);
  const are = freed(after);
  const free = are.filter((position) => !were.includes(position));
  const taken = were.filter((position) => !are.includes(position));
  if (free.length > 0) await tx.query('DELETE FROM document_keys WHERE invoice_id = $1 AND position = ANY ($2::int[])', [invoiceId, free]);
  if (taken.length > 0) {
    await tx.query(
      `INSERT INTO document_keys (register, key, near, invoice_id, position)
       SELECT ${registerOf('c')}, k.key, k.near, d.invoice_id, d.position
       FROM documents d JOIN invoices i ON i.id = d.invoice_id JOIN companies c ON c.id = i.company_id, unnest(d.duplicate_keys, d.duplicate_nears) AS k (key, near)
       WHERE d.invoice_id = $1 AND d.position = ANY ($2::int[]) ORDER BY k.key
       ON CONFLICT DO NOTHING`,
      [invoiceId, taken],
    );
  }
}

interface EarlierRow {
  key: string;
  near: string;
  numero: string;
  company_id: string;
  invoice_id: string;
  file_name: string;
  status: Status;
  created_at: Date;
}

const EARLIER = `SELECT k.key, k.near, d.numero, i.company_id, i.id AS invoice_id, i.file_name, i.status, i.created_at`;
const REGISTER = `(SELECT ${registerOf('c')} FROM companies c WHERE c.id = $1)`;
const ITS_DOCUMENT = `JOIN invoices i ON i.id = k.invoice_id JOIN documents d ON d.invoice_id = k.invoice_id AND d.position = k.position`;

/** The documents under the company's number that have one of these keys and count: every one of them, and of those that nearly have it the first of each. */
export async function takenKeys(sql: Sql, companyId: string, keys: readonly PositionedKey[]): Promise<{ readonly same: Earlier[]; readonly near: Earlier[] }> {
  // As many numbers as one likes may be near each other: each key is looked up by itself, so that none of them hides another.
  const [same, near] = await Promise.all([
    sql.query<EarlierRow>(`${EARLIER} FROM document_keys k ${ITS_DOCUMENT} WHERE k.register = ${REGISTER} AND k.key = ANY ($2::text[])`, [companyId, [...new Set(keys.map(({ exact }) => exact))]]),
    sql.query<EarlierRow>(
      `${EARLIER} FROM unnest($2::text[]) AS wanted (near)
       CROSS JOIN LATERAL (SELECT * FROM document_keys o WHERE o.register = ${REGISTER} AND o.near = wanted.near ORDER BY o.invoice_id, o.position LIMIT 1) k ${ITS_DOCUMENT}`,
      [companyId, [...new Set(keys.map((key) => key.near))]],
    ),
  ]);
  return { same: same.map(fromRow), near: near.map(fromRow) };
}

function fromRow(row: EarlierRow): Earlier {
  return { exact: row.key, near: row.near, number: row.numero, companyId: row.company_id, invoiceId: row.invoice_id, fileName: row.file_name, status: row.status, createdAt: row.created_at };
}
