import { constants, createHash, sign } from 'node:crypto';
import type { DigestName } from '../asn1/algorithms.js';
import { XML_DIGESTS, XML_SIGNATURE_METHODS } from '../xml/algorithms.js';
import { canonicalDocument, canonicalSubtree } from '../xml/c14n.js';
import { DS, ENVELOPED, FILTER2, SIGNED_PROPERTIES_TYPE, XADES, XPATH } from '../xml/names.js';
import { canonicalFormOf } from '../xml/transforms.js';
import { elementsOf, INVOICE_LIMITS, parseXml, type XmlDocument, type XmlElement } from '../xml/tree.js';
import type { CertifiedKey } from '../x509/make.js';
import { SIGNED_AT } from './keys.js';

/** For tests: a signature of another make than ours, `ds` being declared by the document. */
export interface CustomXades {
  readonly transform?: 'enveloped' | 'xpath' | 'filter2';
  /** In place of the expression of `transform`. */
  readonly expression?: string;
  /** Of the document; none is named by default. */
  readonly c14n?: string;
  readonly propertiesC14n?: string;
  readonly signedInfoC14n?: string;
  readonly uri?: string;
  readonly digest?: DigestName;
  readonly scheme?: 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa';
  readonly properties?: 'signed' | 'unsigned' | 'none';
  readonly certificates?: readonly Buffer[];
  /** Whose digest the properties state. */
  readonly named?: Buffer;
  readonly id?: string;
}

const uriOf = <T>(map: ReadonlyMap<string, T>, wanted: (value: T) => boolean): string => [...map].find(([, value]) => wanted(value))?.[0] ?? '';

function parsed(xml: string): XmlDocument {
  const result = parseXml(xml, INVOICE_LIMITS, true);
  if (!result.ok) throw new Error(result.reason);
  return result.document;
}

/** The same over a document to which the signature was added with digests left out: what they are is computed from the very tree that will be verified. */
export function customXades(xml: string, key: CertifiedKey, options: CustomXades): string {
  const { transform = 'enveloped', c14n, propertiesC14n, signedInfoC14n = 'http://www.w3.org/2001/10/xml-exc-c14n#', uri = '', digest = 'sha256', properties = 'signed', id = 'A' } = options;
  const scheme = options.scheme ?? (key.privateKey.asymmetricKeyType === 'rsa' ? 'rsa-pkcs1' : 'ecdsa');
  const digestUri = uriOf(XML_DIGESTS, (name) => name === digest);
  const methodUri = uriOf(XML_SIGNATURE_METHODS, (method) => method.scheme === scheme && method.digest === digest);
  const hash = (octets: string | Buffer): string => createHash(digest).update(octets).digest('base64');
  const cut = {
    enveloped: `<ds:Transform Algorithm="${ENVELOPED}"/>`,
    xpath: `<ds:Transform Algorithm="${XPATH}"><ds:XPath>${options.expression ?? 'not(ancestor-or-self::ds:Signature)'}</ds:XPath></ds:Transform>`,
    filter2: `<ds:Transform Algorithm="${FILTER2}"><XPath xmlns="${FILTER2}" Filter="subtract">${options.expression ?? '/descendant::ds:Signature'}</XPath></ds:Transform>`,
  }[transform];
  const canonical = (algorithm: string | undefined): string => (algorithm ? `<ds:Transform Algorithm="${algorithm}"/>` : '');
  const reference = (attributes: string, transforms: string, value: string): string =>
    `<ds:Reference ${attributes}>${transforms ? `<ds:Transforms>${transforms}</ds:Transforms>` : ''}<ds:DigestMethod Algorithm="${digestUri}"/><ds:DigestValue>${value}</ds:DigestValue></ds:Reference>`;
  const object =
    properties === 'none'
      ? ''
      : `<ds:Object><xades:QualifyingProperties xmlns:xades="${XADES}" Target="#${id}"><xades:SignedProperties Id="${id}-p"><xades:SignedSignatureProperties><xades:SigningTime>${SIGNED_AT.toISOString()}</xades:SigningTime>` +
        `<xades:SigningCertificateV2><xades:Cert><xades:CertDigest><ds:DigestMethod Algorithm="${digestUri}"/><ds:DigestValue>${hash(options.named ?? key.certificate)}</ds:DigestValue></xades:CertDigest></xades:Cert></xades:SigningCertificateV2>` +
        '</xades:SignedSignatureProperties></xades:SignedProperties></xades:QualifyingProperties></ds:Object>';
  const keyInfo = `<ds:KeyInfo><ds:X509Data>${(options.certificates ?? [key.certificate]).map((der) => `<ds:X509Certificate>\n${der.toString('base64')}\n</ds:X509Certificate>`).join('')}</ds:X509Data></ds:KeyInfo>`;
  const end = xml.lastIndexOf('</');
  const build = (documentDigest: string, propertiesDigest: string, value: string): string =>
    `${xml.slice(0, end)}<ds:Signature Id="${id}"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${signedInfoC14n}"/><!-- c --><ds:SignatureMethod Algorithm="${methodUri}"/>` +
    reference(`URI="${uri}"`, cut + canonical(c14n), documentDigest) +
    (properties === 'signed' ? reference(`Type="${SIGNED_PROPERTIES_TYPE}" URI="#${id}-p"`, canonical(propertiesC14n), propertiesDigest) : '') +
    `</ds:SignedInfo><ds:SignatureValue>${value}</ds:SignatureValue>${keyInfo}${object}</ds:Signature>${xml.slice(end)}`;

  const own = (document: XmlDocument): XmlElement => [...elementsOf(document.root)].filter((element) => element.namespace === DS && element.local === 'Signature').at(-1) as XmlElement;
  const within = (document: XmlDocument, local: string): XmlElement => [...elementsOf(own(document))].find((element) => element.local === local) as XmlElement;
  const formOf = (algorithm: string | undefined) => canonicalFormOf({ attributes: [{ name: 'Algorithm', value: algorithm ?? 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315' }], children: [] } as unknown as XmlElement) ?? { exclusive: false };
  const draft = parsed(build('', '', ''));
  const drafted = own(draft);
  const omit = (element: XmlElement): boolean => (transform === 'enveloped' ? element === drafted : element.namespace === DS && element.local === 'Signature');
  const plain = (algorithm: string | undefined) => ({ ...formOf(algorithm), comments: false });
  const documentDigest = hash(uri === '' ? canonicalDocument(draft, omit, plain(c14n)) : canonicalSubtree(draft.root, plain(c14n), omit));
  const propertiesDigest = properties === 'signed' ? hash(canonicalSubtree(within(draft, 'SignedProperties'), plain(propertiesC14n))) : '';
  const signedInfo = Buffer.from(canonicalSubtree(within(parsed(build(documentDigest, propertiesDigest, '')), 'SignedInfo'), formOf(signedInfoC14n)));
  const signature = sign(digest, signedInfo, scheme === 'ecdsa' ? { key: key.privateKey, dsaEncoding: 'ieee-p1363' } : scheme === 'rsa-pss' ? { key: key.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : key.privateKey);
  return build(documentDigest, propertiesDigest, signature.toString('base64'));
}
