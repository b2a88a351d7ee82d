import { constants, type KeyObject, verify, type VerifyKeyObjectInput } from 'node:crypto';
import type { DigestName } from '../asn1/algorithms.js';
import type { CanonicalForm } from './c14n.js';

const MORE = 'http://www.w3.org/2001/04/xmldsig-more#';
const MORE_2007 = 'http://www.w3.org/2007/05/xmldsig-more#';
const DSIG = 'http://www.w3.org/2000/09/xmldsig#';

/** Digest methods (XML Signature 1.1, 6.2; RFC 6931, 2.1). */
export const XML_DIGESTS: ReadonlyMap<string, DigestName> = new Map<string, DigestName>([
  [`${DSIG}sha1`, 'sha1'],
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'sha256'],
  [`${MORE}sha384`, 'sha384'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', 'sha512'],
]);

export interface XmlSignatureMethod {
  readonly scheme: 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa';
  readonly digest: DigestName;
}

const DIGEST_NAMES: readonly DigestName[] = ['sha1', 'sha256', 'sha384', 'sha512'];

/** Signature methods (RFC 6931, 2.3). MACs are absent on purpose: they prove nothing to a third party. */
export const XML_SIGNATURE_METHODS: ReadonlyMap<string, XmlSignatureMethod> = new Map<string, XmlSignatureMethod>(
  DIGEST_NAMES.flatMap((digest): [string, XmlSignatureMethod][] => [
    [`${digest === 'sha1' ? DSIG : MORE}rsa-${digest}`, { scheme: 'rsa-pkcs1', digest }],
    [`${MORE}ecdsa-${digest}`, { scheme: 'ecdsa', digest }],
    [`${MORE_2007}${digest}-rsa-MGF1`, { scheme: 'rsa-pss', digest }],
  ]),
);

/** Canonicalisation methods. 1.1 differs from 1.0 in `xml:id` and `xml:base` of ancestors, which nothing of the field has. */
export const CANONICAL_FORMS: ReadonlyMap<string, CanonicalForm> = new Map(
  (
    [
      ['http://www.w3.org/TR/2001/REC-xml-c14n-20010315', false],
      ['http://www.w3.org/2006/12/xml-c14n11', false],
      ['http://www.w3.org/2001/10/xml-exc-c14n', true],
    ] as const
  ).flatMap(([uri, exclusive]): [string, CanonicalForm][] => {
    const plain = uri.endsWith('xml-exc-c14n') ? `${uri}#` : uri;
    return [
      [plain, { exclusive, comments: false }],
      [`${uri}#WithComments`, { exclusive, comments: true }],
    ];
  }),
);

const KEY_TYPES: Readonly<Record<XmlSignatureMethod['scheme'], readonly string[]>> = { 'rsa-pkcs1': ['rsa'], 'rsa-pss': ['rsa', 'rsa-pss'], ecdsa: ['ec'] };

/** How the platform is told of each scheme. ECDSA values stand in XML as r and s side by side (XML Signature 1.1, 6.4.3). */
export function verifyOptions(scheme: XmlSignatureMethod['scheme'], key: KeyObject): VerifyKeyObjectInput {
  if (scheme === 'ecdsa') return { key, dsaEncoding: 'ieee-p1363' };
  if (scheme === 'rsa-pss') return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  return { key, padding: constants.RSA_PKCS1_PADDING };
}

/** Whether a signature value is right. Never throws: what the platform cannot compute is not right. */
export function xmlSignatureHolds({ scheme, digest }: XmlSignatureMethod, data: Buffer, value: Buffer, key: KeyObject): boolean {
  if (!KEY_TYPES[scheme].includes(key.asymmetricKeyType ?? '')) return false;
  try {
    return verify(digest, data, verifyOptions(scheme, key), value);
  } catch {
    return false;
  }
}
