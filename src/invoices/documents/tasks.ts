/** What is done with documents on a thread of its own when they are large: no database, no framework. */
import { readDocument } from '../../fatturapa/document/index.js';
import { fromJson, type JsonParsing, parseJson, pointerOf } from '../../fatturapa/json/index.js';
import type { FatturapaFinding } from '../../fatturapa/types.js';
import { type Language, renderHtml } from '../../fatturapa/view/index.js';
import { movable, Moved } from '../../platform/workers/transfer.js';
import { type InvoiceSignatures, inspectP7m, inspectXades } from '../../signature/index.js';

export type Built = { readonly ok: true; readonly xml: Buffer } | { readonly ok: false; readonly findings: readonly FatturapaFinding[] };

/** The XML of a document in its JSON form. */
export function buildXmlFrom(json: Buffer): Built {
  const parsing = parsed(json);
  const read = parsing.ok ? fromJson(parsing.value) : parsing;
  return read.ok ? { ok: true, xml: read.xml } : { ok: false, findings: read.findings };
}

/** Findings about the XML that was made of a JSON form, told with the place in that form. */
export function pointed({ json, findings }: { readonly json: Buffer; readonly findings: readonly FatturapaFinding[] }): readonly FatturapaFinding[] {
  const parsing = parsed(json);
  if (!parsing.ok) return findings;
  return findings.map(({ line: _line, column: _column, ...finding }) => {
    // Lines and columns are those of a file that the sender never saw.
    const pointer = finding.path === undefined ? undefined : pointerOf(parsing.value, finding.path);
    return pointer === undefined ? finding : { ...finding, pointer };
  });
}

export { openPkcs12OnThread, signOnThread } from './sign.js';
export { unzipOnThread } from './unzip.js';

export interface ViewRequest {
  /** XML, or a signed file in any form. */
  readonly file: Buffer;
  readonly fileName: string;
  readonly lang: Language;
}

/** The readable page; undefined when the file cannot be read. */
export function view({ file, fileName, lang }: ViewRequest): string | undefined {
  const opened = inspectP7m(file);
  const content = opened.ok ? opened.content : file;
  const reading = readDocument(content);
  if (!reading.ok) return undefined;
  const signatures: InvoiceSignatures = opened.ok ? opened.signatures : reading.document.signed ? inspectXades(content) : { form: 'none', signatures: [] };
  return renderHtml(reading.document, { lang, fileName, signatures });
}

function parsed(json: Buffer): JsonParsing {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(json);
  } catch {
    return { ok: false, findings: [notUtf8(json)] };
  }
  return parseJson(text);
}

/** JSON is UTF-8 (RFC 8259, 8.1). */
function notUtf8(json: Buffer): FatturapaFinding {
  const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(json).split('\ufffd', 1)[0] ?? '';
  return {
    code: 'malformed-json',
    severity: 'error',
    line: before.split('\n').length,
    column: before.length - before.lastIndexOf('\n'),
    message: { it: 'Il contenuto non è JSON in UTF-8.', en: 'The content is not JSON in UTF-8.' },
    fix: { it: 'Salvare il file con la codifica UTF-8.', en: 'Save the file with the encoding UTF-8.' },
  };
}

const bufferOf = (octets: Uint8Array): Buffer => Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);

/** The tasks as they cross to a thread: octets without Node's own kind of them. */
export function buildOnThread(json: Uint8Array<ArrayBuffer>): Moved<{ readonly built: Exclude<Built, { ok: true }> | { readonly ok: true; readonly xml: Uint8Array<ArrayBuffer> } }> {
  const built = buildXmlFrom(bufferOf(json));
  if (!built.ok) return new Moved({ built }, []);
  const xml = movable(built.xml);
  return new Moved({ built: { ok: true, xml } }, [xml.buffer]);
}

export function pointOnThread({ json, findings }: { readonly json: Uint8Array<ArrayBuffer>; readonly findings: readonly FatturapaFinding[] }): readonly FatturapaFinding[] {
  return pointed({ json: bufferOf(json), findings });
}

export function viewOnThread({ file, ...rest }: Omit<ViewRequest, 'file'> & { readonly file: Uint8Array<ArrayBuffer> }): string | undefined {
  return view({ ...rest, file: bufferOf(file) });
}
