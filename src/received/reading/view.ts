import { readDocument } from '../../fatturapa/document/index.js';
import { type Language, renderHtml } from '../../fatturapa/view/index.js';
import { type InvoiceSignatures, inspectP7m, inspectXades } from '../../signature/index.js';

export interface ViewTask {
  /** The file as it came. */
  readonly file: Buffer;
  /** The XML that was found in it. */
  readonly xml: Buffer;
  readonly fileName: string;
  readonly lang: Language;
}

/** The readable page, as for invoices that were sent; undefined when the XML is none of an invoice. */
export function viewReceived({ file, xml, fileName, lang }: ViewTask): string | undefined {
  const reading = readDocument(xml, { received: true });
  if (!reading.ok) return undefined;
  const opened = inspectP7m(file);
  const signatures: InvoiceSignatures = opened.ok ? opened.signatures : reading.document.signed ? inspectXades(xml) : { form: 'none', signatures: [] };
  return renderHtml(reading.document, { lang, fileName, signatures });
}
