import { decodeAsWestern, decodeXml } from '../decode.js';
import { MAX_FINDINGS, MAX_INVOICE_BYTES } from '../limits.js';
import { type FatturapaFinding, FORMATI_TRASMISSIONE, type FormatoTrasmissione } from '../types.js';
import { XmlFault } from '../xml/faults.js';
import { XmlScanner } from '../xml/scanner.js';
import * as files from './file-findings.js';
import { FindingList } from './finding-list.js';
import { Lines } from './lines.js';
import { all, at, child, type InvoiceDocument, valueOf } from './model.js';
import { DocumentReader } from './reader.js';
import { checkRootAttributes, ForeignRoot, type Root } from './root.js';

const FORMATO = 'DatiTrasmissione/FormatoTrasmissione';

export interface ReadOptions {
  /**
   * The file came to us: formats of before 2017 are read too, by today's table, and what does not fit it is only a warning. A root in another namespace or none, and text that is not of
   * the encoding that it states, are findings and no end of the reading.
   */
  readonly received?: boolean;
}

/** `ok` says that there is a document, not that it is valid: for that there must be no finding. */
export type DocumentReading =
  | { readonly ok: true; readonly document: InvoiceDocument; readonly findings: readonly FatturapaFinding[] }
  | { readonly ok: false; readonly findings: readonly FatturapaFinding[] };

/**
 * The document of an invoice file, in one pass: every element in its order, with its place; and every fault of its structure (00200; 00201 when there are more than
 * fifty), with the verdict of the official schema. Never throws, whatever the bytes.
 *
 * @param bytes the XML itself: a `.p7m` must be opened first
 * @example
 * const reading = readDocument(bytes);
 * if (reading.ok && reading.findings.length === 0) console.log(valueOf(at(reading.document.header, 'DatiTrasmissione/ProgressivoInvio')));
 */
export function readDocument(bytes: Buffer, options: ReadOptions = {}): DocumentReading {
  if (bytes.length === 0) return { ok: false, findings: [files.empty()] };
  if (bytes.length > MAX_INVOICE_BYTES) return { ok: false, findings: [files.tooLarge(bytes.length)] };
  const decoded = decodeXml(bytes);
  if (decoded.ok) return readText(decoded.text, options.received === true);
  const wrongEncoding = decoded.reason === 'malformed' ? files.malformedText(decoded.declared ?? 'utf-8') : files.unknownEncoding(decoded.declared ?? '');
  if (options.received !== true) return { ok: false, findings: [wrongEncoding] };
  const reading = readText(decodeAsWestern(bytes), true);
  return { ...reading, findings: reading.ok ? [wrongEncoding, ...reading.findings] : [wrongEncoding] };
}

function readText(text: string, received: boolean): DocumentReading {
  const lines = new Lines(text);
  const findings = new FindingList();
  const reader = new DocumentReader(text, findings, received);
  try {
    new XmlScanner(text, reader).scan();
  } catch (failure) {
    if (failure instanceof XmlFault) return { ok: false, findings: [{ ...files.notWellFormed(failure, reader.path), ...lines.place(failure.offset) }, ...findings.findings(lines)].slice(0, MAX_FINDINGS) };
    if (failure instanceof ForeignRoot) return { ok: false, findings: [{ ...failure.finding, severity: 'error', ...lines.place(failure.offset) }] };
    throw failure;
  }
  const { root } = reader;
  if (!root) throw new Error('a document without fault has a root');
  const document = documentOf(root, reader.signed, lines);
  checkRootAttributes(root, valueOf(at(document.header, FORMATO)), findings);
  return { ok: true, document, findings: findings.findings(lines) };
}

function documentOf(root: Root, signed: boolean, lines: Lines): InvoiceDocument {
  const { schema, node, namespace, versione, sistemaEmittente } = root;
  const header = child(node, 'FatturaElettronicaHeader');
  const stated = at(header, FORMATO)?.value ?? '';
  const formato = [stated, versione].find((one): one is FormatoTrasmissione => (FORMATI_TRASMISSIONE as readonly string[]).includes(one)) ?? schema.formati[0] ?? 'FPR12';
  return { schema, formato, versione, ...(sistemaEmittente !== undefined && { sistemaEmittente }), namespace, root: node, header, bodies: all(node, 'FatturaElettronicaBody'), signed, place: (offset) => lines.place(offset) };
}
