import { decodeXml, encodedForms } from '../xml/decode.js';
import { uniqueIds } from '../xml/ids.js';
import { DocumentDigests, isDs } from '../xml/references.js';
import { childElements, INVOICE_LIMITS, parseXml, type XmlDocument, type XmlElement } from '../xml/tree.js';
import { inspectXmlSignature } from './xades-signer.js';
import type { InvoiceSignature, InvoiceSignatures, SignatureFault } from './types.js';

/** SdI takes files of at most 5 MB; what is larger by far is not looked at. */
const MAX_BYTES = 32 * 1024 * 1024;
/** The schema allows one. */
const MAX_SIGNATURES = 8;

/** How the start of a signature's tag is written, with a prefix and without, in the encodings that differ from ASCII. */
const TRACES = [':Signature', '<Signature'].flatMap(encodedForms);

const fault = (kind: SignatureFault): InvoiceSignature => ({ form: 'xades', layer: 1, intact: false, fault: kind, signingCertificate: 'absent' });
const found = (...signatures: readonly InvoiceSignature[]): InvoiceSignatures => ({ form: 'xades', signatures });

/**
 * Verifies the signatures that stand in an XML invoice: XAdES enveloped, child of the root, RSA or ECDSA, Canonical XML 1.0, 1.1 and Exclusive (XML Signature 1.1;
 * ETSI EN 319 132-1; sdi.md 2.4). Intact means: what is outside the signature in this very document is, whole and unchanged, what was signed, and so are the signed properties
 * that time and certificate are read from. A signature anywhere else, a reference to a part of the document or to another one, Ids that occur twice are `wrapped`;
 * transforms that are not on the list, and algorithms neither, are `unsupported-algorithm`: no XPath is evaluated and nothing is fetched.
 * Facts only, as {@link inspectP7m}. An unsigned file costs one look for the word. Never throws.
 *
 * @param xml the octets of the file, or the content of a p7m; any encoding that an invoice may have
 */
export function inspectXades(xml: Buffer): InvoiceSignatures {
  if (!TRACES.some((trace) => xml.includes(trace))) return { form: 'none', signatures: [] };
  if (xml.length > MAX_BYTES) return found(fault('unreadable'));
  const decoded = decodeXml(xml);
  const parsed = decoded && parseXml(decoded.text, INVOICE_LIMITS, true);
  if (!parsed?.ok) return found(fault('unreadable'));
  return inspectXadesTree(parsed.document);
}

function inspectXadesTree(document: XmlDocument): InvoiceSignatures {
  const { root } = document;
  const own = childElements(root).filter((child) => isDs(child, 'Signature'));
  const elsewhere = [...signaturesOutside(root, own)].length;
  if (own.length + elsewhere === 0) return { form: 'none', signatures: [] };
  const ids = uniqueIds(root);
  if (own.length > MAX_SIGNATURES || !ids || elsewhere > 0) return found(...own.slice(0, MAX_SIGNATURES).map(() => fault('wrapped')), ...(elsewhere > 0 || own.length > MAX_SIGNATURES ? [fault('wrapped')] : []));
  const digests = new DocumentDigests(document);
  return found(...own.map((signature) => inspectXmlSignature(signature, { root, ids, digests })));
}

/** Signatures in the body of the document, where a transform would cut them away and whatever stands in them with them. Those in a signature are countersignatures. */
function* signaturesOutside(element: XmlElement, own: readonly XmlElement[]): Generator<XmlElement> {
  if (isDs(element, 'Signature') && !own.includes(element)) yield element;
  for (const child of childElements(element)) if (!own.includes(child)) yield* signaturesOutside(child, own);
}
