import { type InvoiceSignatures, inspectP7m, inspectXades } from '../../signature/index.js';
import { type CheckContext, ruleVersionAt, runChecks } from '../checks/index.js';
import { tooLarge } from '../document/file-findings.js';
import { headOf, readDocument } from '../document/index.js';
import { MAX_INVOICE_BYTES } from '../limits.js';
import type { FatturapaFinding } from '../types.js';
import { fileFindings } from './findings.js';
import { inOrder } from './order.js';
import { base64Xml } from './base64-xml.js';
import { looksLikeText, sniff } from './sniff.js';
import type { Validation } from './types.js';

const UNSIGNED: InvoiceSignatures = { form: 'none', signatures: [] };

/**
 * Everything that can be said of one invoice file without a network: size, signature, structure, every check of the table. The one door to all of it, for
 * intake, command line, worker threads and tests. Pure and synchronous; never throws whatever the octets are (a fault of ours is the finding `not-validated`, and is told
 * to `context.onFault`); a file of 5 MB takes some 100 ms.
 *
 * @param bytes the file as it would be sent: XML in any encoding, or a signed file in any form
 * @param context `at` chooses the rules; `size` and `signatures` are filled in here
 * @example
 * const { verdict } = validateFile(await readFile('IT01234567890_00001.xml'), { at: new Date() });
 * for (const { code, line, message, fix } of verdict.findings) console.log(code, line, message.it, fix?.it);
 */
export function validateFile(bytes: Buffer, context: CheckContext): Validation {
  try {
    return judged(bytes, context);
  } catch (error) {
    context.onFault?.('not-validated', error);
    return refused(context, fileFindings.notValidated(error instanceof Error ? error.name : typeof error));
  }
}

function judged(bytes: Buffer, context: CheckContext): Validation {
  // Base64 around base64 makes nearly twice as much of a file; the content is bounded where it is read.
  const most = context.received ? 2 * MAX_INVOICE_BYTES : MAX_INVOICE_BYTES;
  if (bytes.length > most) return refused(context, tooLarge(bytes.length));
  const kind = sniff(bytes);
  if (kind === 'xml') return validateContent(bytes, bytes, 'xml', UNSIGNED, context);
  if (kind === 'zip') return refused(context, fileFindings.archive());
  const opened = inspectP7m(bytes, { maxBytes: most });
  if (opened.ok) return validateContent(bytes, (context.received && base64Xml(opened.content)) || opened.content, 'xml.p7m', opened.signatures, context);
  const text = context.received ? base64Xml(bytes) : undefined;
  if (text) return validateContent(bytes, text, 'xml', UNSIGNED, context);
  if (opened.reason !== 'not-signed') return refused(context, fileFindings.unreadableP7m(opened.text));
  // Text that is no signed file: the XML reader says best where it stops being XML.
  return looksLikeText(bytes) ? validateContent(bytes, bytes, 'xml', UNSIGNED, context) : refused(context, fileFindings.notAnInvoice());
}

function validateContent(bytes: Buffer, content: Buffer, extension: 'xml' | 'xml.p7m', envelope: InvoiceSignatures, context: CheckContext): Validation {
  const aboutName = context.fileName !== undefined && /\.p7m$/i.test(context.fileName) !== (extension === 'xml.p7m') ? [fileFindings.wrongExtension(context.fileName, extension)] : [];
  const reading = readDocument(content, { received: context.received === true });
  if (!reading.ok) {
    const tampered = envelope.signatures.some(({ intact }) => !intact) ? [fileFindings.tampered()] : [];
    return { verdict: verdictOf(context, [tampered, aboutName, reading.findings]), extension, content, signatures: envelope };
  }
  const { document } = reading;
  const signatures = document.signed ? withXades(envelope, inspectXades(content)) : envelope;
  const checked = runChecks(document, { ...context, ...(!context.received && { size: bytes.length }), signatures });
  const verdict = verdictOf(context, [aboutName, reading.findings, checked], document.formato);
  const sound = !reading.findings.some(({ severity }) => severity === 'error');
  return { verdict, extension, content, signatures, document, ...(sound && { head: headOf(document) }) };
}

/** The XML inside a signed file may bear a signature of its own: one layer further in. */
function withXades(envelope: InvoiceSignatures, xades: InvoiceSignatures): InvoiceSignatures {
  if (envelope.form === 'none') return xades;
  const layers = Math.max(0, ...envelope.signatures.map(({ layer }) => layer));
  return { form: envelope.form, signatures: [...envelope.signatures, ...xades.signatures.map((one) => ({ ...one, layer: one.layer + layers }))] };
}

const refused = (context: CheckContext, finding: FatturapaFinding): Validation => ({ verdict: verdictOf(context, [[finding]]) });

function verdictOf(context: CheckContext, groups: readonly (readonly FatturapaFinding[])[], formato?: Validation['verdict']['formato']): Validation['verdict'] {
  const findings = inOrder(groups);
  return { valid: findings[0]?.severity !== 'error', ...(formato && { formato }), ruleVersion: ruleVersionAt(context.at), findings };
}
