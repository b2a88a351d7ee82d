import { createHash } from 'node:crypto';
import { canonicalDocument, exclusiveSubtree } from '../xml/c14n.js';
import { decodeXml, type DecodedXml, encodeAscii, octetOffset } from '../xml/decode.js';
import { DS, ECDSA_SHA256, ENVELOPED, EXCLUSIVE_C14N, INCLUSIVE_C14N, RSA_SHA256, SHA256, SIGNED_PROPERTIES_TYPE, XADES } from '../xml/names.js';
import { elementsOf, INVOICE_LIMITS, parseXml, type XmlDocument, type XmlElement } from '../xml/tree.js';
import type { Certificate } from '../x509/certificate.js';
import { rfc4514 } from '../x509/rfc4514.js';
import { SigningError } from './errors.js';
import type { InvoiceSigner, SigningOptions } from './port.js';
import { ecdsaSideBySide, schemeOf, signatureValue } from './value.js';

const digest = (octets: string | Buffer): string => createHash('sha256').update(octets).digest('base64');

/** Text in markup that is ASCII whatever the encoding of the file. */
const escaped = (text: string): string => text.replace(/[&<>\r]|[^\x00-\x7f]/gu, (c) => `&#${c.codePointAt(0) ?? 0};`);

const algorithm = (name: string, uri: string): string => `<ds:${name} Algorithm="${uri}"></ds:${name}>`;

function reference(attributes: string, transforms: readonly string[], value: string): string {
  const listed = transforms.map((uri) => algorithm('Transform', uri)).join('');
  return `<ds:Reference ${attributes}><ds:Transforms>${listed}</ds:Transforms>${algorithm('DigestMethod', SHA256)}<ds:DigestValue>${value}</ds:DigestValue></ds:Reference>`;
}

/** SigningTime and SigningCertificate as Baseline B has them (ETSI TS 103 171, 6.2 and 6.3). */
function qualifyingProperties(certificate: Certificate, signingTime: Date): string {
  const serial = BigInt(`0x${certificate.serial}`).toString();
  return (
    `<xades:QualifyingProperties xmlns:xades="${XADES}" Target="#Signature1"><xades:SignedProperties Id="SignedProperties1"><xades:SignedSignatureProperties>` +
    `<xades:SigningTime>${signingTime.toISOString().replace(/\.\d{3}Z$/, 'Z')}</xades:SigningTime><xades:SigningCertificate><xades:Cert>` +
    `<xades:CertDigest><ds:DigestMethod Algorithm="${SHA256}"></ds:DigestMethod><ds:DigestValue>${digest(certificate.der)}</ds:DigestValue></xades:CertDigest>` +
    `<xades:IssuerSerial><ds:X509IssuerName>${escaped(rfc4514(certificate.issuer))}</ds:X509IssuerName><ds:X509SerialNumber>${serial}</ds:X509SerialNumber></xades:IssuerSerial>` +
    '</xades:Cert></xades:SigningCertificate></xades:SignedSignatureProperties></xades:SignedProperties></xades:QualifyingProperties>'
  );
}

/** An element of the signature by itself: Exclusive C14N does not look outside. */
function canonicalPart(markup: string, local: string): string {
  const parsed = parseXml(`<ds:Signature xmlns:ds="${DS}">${markup}</ds:Signature>`);
  const element = parsed.ok ? [...elementsOf(parsed.document.root)].find((candidate) => candidate.local === local) : undefined;
  if (!element) throw new TypeError('the signature was not built');
  return exclusiveSubtree(element);
}

/** Where in the text the end tag of the root begins. */
function endTagOf({ text }: DecodedXml, { root, rootEnd }: XmlDocument): number {
  const start = text.lastIndexOf('</', rootEnd - 1);
  const tag = text.slice(start, rootEnd);
  if (start < 0 || !tag.startsWith(`</${root.name}`) || !/^[\s>]+$/.test(tag.slice(root.name.length + 2))) throw new SigningError('no-end-tag');
  return start;
}

const hasId = (element: XmlElement): boolean => element.attributes.some(({ local, value }) => /^id$/i.test(local) && ['Signature1', 'SignedProperties1', 'SignatureValue1'].includes(value));

function readable(xml: Buffer): { readonly decoded: DecodedXml; readonly document: XmlDocument } {
  const decoded = decodeXml(xml);
  const parsed = decoded && parseXml(decoded.text, INVOICE_LIMITS);
  if (!decoded || !parsed?.ok) throw new SigningError('not-xml');
  for (const element of elementsOf(parsed.document.root)) if ((element.namespace === DS && element.local === 'Signature') || hasId(element)) throw new SigningError('already-signed');
  return { decoded, document: parsed.document };
}

/**
 * Signs an XML invoice as XAdES Baseline B, enveloped: `ds:Signature` is put in front of the root's end tag and no other octet of the file changes, be it UTF-8 with or without
 * mark, UTF-16, windows-1252 or ISO-8859-1 (ETSI EN 319 132-1; sdi.md 2.4). SHA-256; the document by Canonical XML 1.0, the signature's own parts by Exclusive XML Canonicalization;
 * signing time and signing certificate are signed.
 *
 * @throws SigningError when the file is no XML, is signed already, or the signature does not fit; whatever the signer rejects with
 */
export async function signXades(xml: Buffer, signer: InvoiceSigner, { signingTime }: SigningOptions): Promise<Buffer> {
  const { certificate } = signer;
  const kind = schemeOf(signer);
  const { decoded, document } = readable(xml);
  const place = octetOffset(decoded, endTagOf(decoded, document));

  const properties = qualifyingProperties(certificate, signingTime);
  const signedInfo =
    `<ds:SignedInfo>${algorithm('CanonicalizationMethod', EXCLUSIVE_C14N)}${algorithm('SignatureMethod', kind.scheme === 'ecdsa' ? ECDSA_SHA256 : RSA_SHA256)}` +
    reference('Id="Document1" URI=""', [ENVELOPED, INCLUSIVE_C14N], digest(canonicalDocument(document))) +
    reference(`Type="${SIGNED_PROPERTIES_TYPE}" URI="#SignedProperties1"`, [EXCLUSIVE_C14N], digest(canonicalPart(properties, 'SignedProperties'))) +
    '</ds:SignedInfo>';
  const made = await signatureValue(signer, Buffer.from(canonicalPart(signedInfo, 'SignedInfo')));
  const value = (kind.scheme === 'ecdsa' ? ecdsaSideBySide(made, kind.octets) : made).toString('base64');
  const certificates = [certificate.der, ...signer.chain.filter((der) => !der.equals(certificate.der))].map((der) => `<ds:X509Certificate>${der.toString('base64')}</ds:X509Certificate>`);
  const signature =
    `<ds:Signature xmlns:ds="${DS}" Id="Signature1">${signedInfo}<ds:SignatureValue Id="SignatureValue1">${value}</ds:SignatureValue>` +
    `<ds:KeyInfo><ds:X509Data>${certificates.join('')}</ds:X509Data></ds:KeyInfo><ds:Object>${properties}</ds:Object></ds:Signature>`;
  return Buffer.concat([xml.subarray(0, place), encodeAscii(signature, decoded.encoding), xml.subarray(place)]);
}
