import { type Element, type InvoiceDocument, child, valueOf } from '../../document/model.js';
import { BUYER_ISSUED, headerParts, vatId } from './parties.js';

/** What SdI compares to find that a document was sent before (check 00404), of one body. */
export interface DocumentKey {
  /** Of the body in the file, from 1. */
  readonly position: number;
  /** Country and code of the VAT id, `IT01234567897`: the seller's, or the buyer's where the buyer issues the document (TD16 to TD20, TD22, TD23, TD28, TD29). A buyer without VAT id: the codice fiscale. */
  readonly subject: string;
  readonly role: 'seller' | 'buyer';
  /** TD04 and TD08 clash only among themselves, all others only with others. */
  readonly group: 'credit-note' | 'other';
  /** Calendar year of Data; the whole date (YYYY-MM-DD) with Art73 = SI. */
  readonly period: string;
  /** As it stands in the file. */
  readonly numero: string;
  /** Equal for two documents exactly when SdI takes them for one. Any text; keep it or its hash beside the document. */
  readonly exact: string;
  /** Equal for two documents that SdI might take for one: letter case, spaces and leading zeros of Numero, and the subject's role, are left out. Equal `exact` means equal `near`. */
  readonly near: string;
}

const CREDIT_NOTES: readonly string[] = ['TD04', 'TD08'];

/**
 * The duplicate keys of a file's documents, in their order. A body whose type, date, number or subject is missing or not valid has none: the structure is refused already.
 * Documents that ended in NS, and in the PA flow those that the office refused (EC02), do not count as sent (sdi-checks.csv 00404): leaving them out is the caller's part.
 */
export function documentKeys(document: InvoiceDocument): readonly DocumentKey[] {
  const { seller, buyer } = headerParts(document);
  const sellerId = vatId(seller);
  const buyerId = vatId(buyer) ?? valueOf(buyer.codiceFiscale);
  const keys: DocumentKey[] = [];
  for (const body of document.bodies) {
    const documento = general(body);
    const tipo = valueOf(child(documento, 'TipoDocumento'));
    const data = valueOf(child(documento, 'Data'))?.slice(0, 10);
    const numero = valueOf(child(documento, 'Numero'));
    if (tipo === undefined || data === undefined || numero === undefined) continue;
    const role = BUYER_ISSUED.includes(tipo) ? 'buyer' : 'seller';
    const subject = role === 'buyer' ? buyerId : sellerId;
    if (subject === undefined) continue;
    const group = CREDIT_NOTES.includes(tipo) ? 'credit-note' : 'other';
    const period = valueOf(child(documento, 'Art73')) === 'SI' ? data : data.slice(0, 4);
    keys.push({ position: body.index, subject, role, group, period, numero, exact: JSON.stringify([role, subject, group, period, numero]), near: JSON.stringify([subject, group, period, nearNumero(numero)]) });
  }
  return keys;
}

export const general = (body: Element | undefined): Element | undefined => child(child(body, 'DatiGenerali'), 'DatiGeneraliDocumento');

/** Upper case, without spaces, without leading zeros of any run of digits: `fa 007/2026` and `FA7/2026` are near. */
function nearNumero(numero: string): string {
  return numero.toUpperCase().replace(/\s+/g, '').replace(/(?<![0-9])0+(?=[0-9])/g, '');
}
