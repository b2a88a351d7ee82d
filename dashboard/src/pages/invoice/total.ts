import type { InvoiceDetail } from '../../api/types.js';
import { sumAmounts } from '../../format/money.js';

/** Credit notes: their amounts are written without a sign though they count against the others (FatturaPA, TipoDocumento). */
const CREDIT_NOTES = ['TD04', 'TD08'];

/**
 * What a whole file comes to. Of a lot only where its documents can be added up: every amount stated, in one currency, and not invoices and credit notes together.
 * Undefined where there is no such number.
 */
export function totalOf(invoice: Pick<InvoiceDetail, 'documentsCount' | 'total' | 'currency' | 'documents'>): { amount: string; currency: string | null } | undefined {
  if (invoice.documentsCount <= 1) return invoice.total ? { amount: invoice.total, currency: invoice.currency ?? null } : undefined;
  const { documents } = invoice;
  if (documents.length !== invoice.documentsCount) return undefined;
  const currencies = new Set(documents.map(({ divisa }) => divisa ?? ''));
  const kinds = new Set(documents.map(({ tipoDocumento }) => CREDIT_NOTES.includes(tipoDocumento)));
  if (currencies.size > 1 || kinds.size > 1) return undefined;
  const amount = sumAmounts(documents.map(({ importoTotaleDocumento }) => importoTotaleDocumento ?? ''));
  return amount === undefined ? undefined : { amount, currency: documents[0]?.divisa ?? null };
}
