import { Asn1Error, child, content, type Element, encoding, expectUniversal, octets, oidOf, timeOf } from '../asn1/ber.js';
import { setOf, tlv } from '../asn1/der.js';
import { OID } from '../asn1/oids.js';

/** What the signed attributes say (RFC 5652, 11; RFC 5035). */
export interface SignedAttributes {
  readonly contentType: string;
  readonly messageDigest: Buffer;
  readonly signingTime?: Date;
  /** Digest of the signer's certificate as ESSCertID states it. */
  readonly signingCertificate?: { readonly digest: string; readonly hash: Buffer };
  readonly signingCertificateV2?: { readonly digest: string; readonly hash: Buffer };
}

/** An attribute that may occur once with one value. */
function single(attributes: readonly Element[], type: string): Element | undefined {
  const found = attributes.filter((attribute) => oidOf(attribute.children[0]) === type);
  if (found.length > 1) throw new Asn1Error('a signed attribute occurs twice');
  if (!found[0]) return undefined;
  const values = expectUniversal(found[0].children[1], 0x11).children;
  if (values.length !== 1) throw new Asn1Error('a signed attribute does not have one value');
  return values[0];
}

/** First ESSCertID or ESSCertIDv2: the signer's own (RFC 5035, 3). */
function essCertId(value: Element | undefined, defaultDigest: string): SignedAttributes['signingCertificate'] {
  if (!value) return undefined;
  const id = child(child(value, 0), 0);
  const first = child(id, 0);
  if (first.tag === 4) return { digest: defaultDigest, hash: octets(first) };
  return { digest: oidOf(first.children[0]), hash: octets(expectUniversal(id.children[1], 4)) };
}

/** @throws Asn1Error when a required attribute is missing, repeated or malformed */
export function readAttributes(element: Element): SignedAttributes {
  const attributes = element.children;
  const signingTime = single(attributes, OID.signingTime);
  return {
    contentType: oidOf(single(attributes, OID.contentType)),
    messageDigest: octets(expectUniversal(single(attributes, OID.messageDigest), 4)),
    ...(signingTime ? { signingTime: timeOf(signingTime) } : {}),
    signingCertificate: essCertId(single(attributes, OID.signingCertificate), OID.sha1),
    signingCertificateV2: essCertId(single(attributes, OID.signingCertificateV2), OID.sha256),
  };
}

/** The octets that were signed: the attributes as a SET OF in the order in which they stand (RFC 5652, 5.4). */
export const attributesAsSet = (element: Element): Buffer => tlv(0x31, content(element));

/** The same in strict DER, for messages whose attributes travel in BER: definite lengths, strings in one piece, sorted. */
export const attributesInDer = (element: Element): Buffer => setOf(...element.children.map(toDer));

function toDer(element: Element): Buffer {
  if (element.tagClass === 0 && element.tag === 4) return tlv(0x04, octets(element));
  if (!element.constructed) return encoding(element);
  const identifier = (element.tagClass << 6) | 0x20 | element.tag;
  if (element.tag >= 0x1f) return encoding(element);
  const children = element.children.map(toDer);
  return element.tagClass === 0 && element.tag === 0x11 ? setOf(...children) : tlv(identifier, Buffer.concat(children));
}
