import { baseName } from '../../fatturapa/index.js';
import type { ReceivedFilters } from './filters.js';

/** Text that LIKE takes as it stands. */
const likeLiteral = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

const TRIGRAM = 3;

/** The WHERE of a list, with its values in order. Each condition has its index. */
export class Conditions {
  readonly values: unknown[] = [];
  readonly #where: string[] = [];

  add(condition: (placeholder: string) => string, value: unknown): void {
    if (value === undefined) return;
    this.#where.push(condition(this.place(value)));
  }

  place(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  and(condition: string): void {
    this.#where.push(condition);
  }

  get sql(): string {
    return this.#where.length > 0 ? `WHERE ${this.#where.join(' AND ')}` : '';
  }
}

/** Everything that a document of the invoice must be, said of one and the same document. */
function ofDocuments(conditions: Conditions, { number, type, dateFrom, dateTo }: ReceivedFilters, companyId: string | undefined): void {
  const asked = { number, type: type && type.length > 0 ? type : undefined, dateFrom, dateTo };
  if (Object.values(asked).every((value) => value === undefined)) return;
  const where: string[] = [];
  const add = (condition: (placeholder: string) => string, value: unknown): void => {
    if (value !== undefined) where.push(condition(conditions.place(value)));
  };
  add((p) => `company_id = ${p}`, companyId);
  add((p) => `lower(numero) = ${p}`, number?.toLowerCase());
  add((p) => `tipo_documento = ANY (${p}::text[])`, asked.type);
  add((p) => `data >= ${p}::date`, dateFrom);
  add((p) => `data <= ${p}::date`, dateTo);
  conditions.and(`id IN (SELECT received_invoice_id FROM received_documents WHERE ${where.join(' AND ')})`);
}

/** Words in a column of lower-case text; anything shorter than trigrams need is the beginning of a number. */
function words(conditions: Conditions, column: string, text: string | undefined): void {
  if (!text) return;
  const asked = text.toLowerCase().split(/\s+/);
  if (text.length < TRIGRAM) conditions.add((p) => `lower(number) LIKE ${p}`, `${likeLiteral(text.toLowerCase())}%`);
  else for (const word of asked) conditions.add((p) => `${column} LIKE ${p}`, `%${likeLiteral(word)}%`);
}

/** @param companyId the only company that is asked about, by the caller's key or by the filter */
export function conditionsOf(filters: ReceivedFilters, companyId: string | undefined): Conditions {
  const conditions = new Conditions();
  const { findings, acknowledged } = filters;
  conditions.and('same_as IS NULL');
  conditions.add((p) => `company_id = ${p}`, companyId);
  conditions.add((p) => `mailbox_id = ${p}`, filters.mailbox);
  // One value is written as equality: only so does the index give the order, too.
  if (findings?.length === 1) conditions.add((p) => `worst = ${p}`, findings[0]);
  else if (findings && findings.length > 0) conditions.add((p) => `worst = ANY (${p}::text[])`, findings);
  if (acknowledged !== undefined) conditions.and(`acknowledged_at IS ${acknowledged ? 'NOT ' : ''}NULL`);
  conditions.add((p) => `received_at >= (${p}::date)::timestamp AT TIME ZONE 'Europe/Rome'`, filters.from);
  conditions.add((p) => `received_at < (${p}::date + 1)::timestamp AT TIME ZONE 'Europe/Rome'`, filters.to);
  conditions.add((p) => `identificativo_sdi = ${p}`, filters.identificativoSdi);
  conditions.add((p) => `base_name = ${p}`, filters.fileName && baseName(filters.fileName));
  conditions.add((p) => `(sha256 = ${p} OR xml_sha256 = ${p})`, filters.sha256?.toLowerCase());
  conditions.add((p) => `id = (SELECT received_invoice_id FROM received_deliveries WHERE message_id = ${p})`, filters.message);
  conditions.add((p) => `sent_invoice_id = ${p}`, filters.sentInvoice);
  ofDocuments(conditions, filters, companyId);
  // A name of two letters is no beginning of a number.
  if (filters.seller && filters.seller.length >= TRIGRAM) words(conditions, 'seller_search', filters.seller);
  else if (filters.seller) conditions.add((p) => `seller_search LIKE ${p}`, `${likeLiteral(filters.seller.toLowerCase())}%`);
  words(conditions, 'search', filters.q);
  return conditions;
}
