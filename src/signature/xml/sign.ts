import { createHash, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { canonicalDocument, canonicalSubtree, exclusiveSubtree } from './c14n.js';
import { DS, EXCLUSIVE_C14N, FILTER2, RSA_SHA256, SHA256, SIGNED_PROPERTIES_TYPE, XADES } from './names.js';
import { childElements, parseXml, type XmlDocument, type XmlElement } from './tree.js';

export interface XadesSignRequest {
  /** RSA; PEM (PKCS#8) or a key object. */
  readonly privateKey: KeyObject | string;
  /** The signer's certificate, DER or PEM. */
  readonly certificate: Buffer | string;
  readonly signingTime: Date;
}

const digest = (canonical: string): string => createHash('sha256').update(canonical, 'utf8').digest('base64');
const lines = (base64: string): string => base64.match(/.{1,76}/g)?.join('\n') ?? '';

function tree(xml: string): XmlDocument {
  const parsed = parseXml(xml);
  if (!parsed.ok) throw new TypeError(`cannot sign: ${parsed.reason}`);
  return parsed.document;
}

function find(element: XmlElement | undefined, ...path: readonly string[]): XmlElement {
  const found = path.reduce((at, name) => at && childElements(at).find((child) => child.local === name), element);
  if (!found) throw new TypeError('cannot sign: the signature was not built');
  return found;
}

/** DER in base64, as it stands in KeyInfo; the same certificate signs everything. */
function certificateText(certificate: Buffer | string): string {
  return lines(new X509Certificate(certificate).raw.toString('base64'));
}

const reference = (attributes: string, transforms: string, value: string): string =>
  `<ds:Reference ${attributes}>${transforms}<ds:DigestMethod Algorithm="${SHA256}"></ds:DigestMethod><ds:DigestValue>${value}</ds:DigestValue></ds:Reference>`;

/**
 * Signs an XML document as SdI signs its messages (sdi.md 4.6): XAdES, enveloped, `ds:Signature Id="Signature1"` as last child of the root.
 * Text before and after stays as it is.
 *
 * @throws TypeError when the XML cannot be parsed, is signed already, or its root is an empty tag
 */
export function signSdiXades(xml: string, { privateKey, certificate, signingTime }: XadesSignRequest): string {
  const document = tree(xml);
  if (childElements(document.root).some((child) => child.namespace === DS)) throw new TypeError('cannot sign: signed already');
  const end = xml.lastIndexOf(`</${document.root.name}`);
  if (end < 0) throw new TypeError('cannot sign: the root has no end tag');

  const keyInfo = `<ds:KeyInfo Id="KeyInfoId"><ds:X509Data><ds:X509Certificate>${certificateText(certificate)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`;
  const object =
    `<ds:Object><xades:QualifyingProperties xmlns:xades="${XADES}" Target="#Signature1"><xades:SignedProperties Id="SignedProperties_1"><xades:SignedSignatureProperties>` +
    `<xades:SigningTime>${signingTime.toISOString().replace(/\.\d{3}Z$/, 'Z')}</xades:SigningTime></xades:SignedSignatureProperties></xades:SignedProperties></xades:QualifyingProperties></ds:Object>`;
  const enclose = (content: string): string => `${xml.slice(0, end)}<ds:Signature xmlns:ds="${DS}" Id="Signature1">${content}</ds:Signature>${xml.slice(end)}`;

  const signature = find(tree(enclose(keyInfo + object)).root, 'Signature');
  const signedInfo =
    `<ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${EXCLUSIVE_C14N}"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="${RSA_SHA256}"></ds:SignatureMethod>` +
    reference(
      'Id="reference-document" URI=""',
      `<ds:Transforms><ds:Transform Algorithm="${FILTER2}"><XPath xmlns="${FILTER2}" Filter="subtract">/descendant::ds:Signature</XPath></ds:Transform></ds:Transforms>`,
      digest(canonicalDocument(document, (element) => element.namespace === DS && element.local === 'Signature')),
    ) +
    reference(`Id="reference-signedproperties" Type="${SIGNED_PROPERTIES_TYPE}" URI="#SignedProperties_1"`, '', digest(canonicalSubtree(find(signature, 'Object', 'QualifyingProperties', 'SignedProperties')))) +
    reference('Id="reference-keyinfo" URI="#KeyInfoId"', '', digest(canonicalSubtree(find(signature, 'KeyInfo')))) +
    '</ds:SignedInfo>';
  // Exclusive C14N does not look outside, so the part may be canonicalised by itself.
  const canonical = exclusiveSubtree(find(tree(`<ds:Signature xmlns:ds="${DS}">${signedInfo}</ds:Signature>`).root, 'SignedInfo'));
  const value = sign('RSA-SHA256', Buffer.from(canonical), privateKey).toString('base64');
  return enclose(`${signedInfo}<ds:SignatureValue Id="SignatureValue1">${lines(value)}</ds:SignatureValue>${keyInfo}${object}`);
}
