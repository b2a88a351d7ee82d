import { headOf } from './document/head.js';
import { readDocument } from './document/read-document.js';
import type { InvoiceReading } from './types.js';

/**
 * What the service needs to know of an invoice file: its head, or why it is not valid against the official schema (sdi.md 1.2). With several bodies (a lot) several documents. Never throws on any
 * octets. Findings have 1-based lines and columns. What SdI checks beyond the structure is not looked at here.
 *
 * @param bytes the XML itself: a `.p7m` must be opened first
 */
export function readInvoice(bytes: Buffer): InvoiceReading {
  const reading = readDocument(bytes);
  return reading.ok && reading.findings.length === 0 ? { ok: true, head: headOf(reading.document) } : { ok: false, findings: reading.findings };
}
