import { createHash } from 'node:crypto';
import { type DigestName, OID_BY_DIGEST, signatureOid } from '../asn1/algorithms.js';
import { context, integer, nullValue, octetString, oid, sequence, setOf, sortedSet, time, tlv } from '../asn1/der.js';
import { OID } from '../asn1/oids.js';
import type { Certificate } from '../x509/certificate.js';

const attribute = (type: string, value: Buffer): Buffer => sequence(oid(type), setOf(value));

/** ESSCertIDv2 with its default SHA-256 and the issuer and serial (RFC 5035, 4). */
function signingCertificateV2(certificate: Certificate): Buffer {
  const hash = createHash('sha256').update(certificate.der).digest();
  const issuerSerial = sequence(sequence(context(4, certificate.issuer)), tlv(0x02, certificate.serialOctets));
  return sequence(sequence(sequence(octetString(hash), issuerSerial)));
}

/** The signed attributes of a Baseline B signature: contentType, messageDigest, signingTime, signingCertificateV2; sorted, without the tag of their set. */
export const signedAttributes = (content: Buffer, certificate: Certificate, signingTime: Date, digest: DigestName): Buffer =>
  sortedSet([
    attribute(OID.contentType, oid(OID.data)),
    attribute(OID.messageDigest, octetString(createHash(digest).update(content).digest())),
    attribute(OID.signingTime, time(signingTime)),
    attribute(OID.signingCertificateV2, signingCertificateV2(certificate)),
  ]);

/** What is signed: the attributes as a SET OF (RFC 5652, 5.4). */
export const attributesToSign = (attributes: Buffer): Buffer => tlv(0x31, attributes);

export interface SignedMessage {
  /** Embedded; absent for a detached signature. */
  readonly content?: Buffer;
  readonly certificate: Certificate;
  /** DER. */
  readonly chain: readonly Buffer[];
  readonly attributes: Buffer;
  readonly scheme: 'rsa-pkcs1' | 'ecdsa';
  readonly digest: DigestName;
  readonly signature: Buffer;
}

/** The CMS itself: SignedData version 1, one signer, DER (RFC 5652). */
export function signedMessage({ content, certificate, chain, attributes, scheme, digest, signature }: SignedMessage): Buffer {
  const digestAlgorithm = sequence(oid(OID_BY_DIGEST[digest]));
  const signatureAlgorithm = scheme === 'rsa-pkcs1' ? sequence(oid(OID.rsaEncryption), nullValue()) : sequence(oid(signatureOid('ecdsa', digest)));
  const embedded = [certificate.der, ...chain.filter((der) => !der.equals(certificate.der))];
  const signerInfo = sequence(integer(1), sequence(certificate.issuer, tlv(0x02, certificate.serialOctets)), digestAlgorithm, tlv(0xa0, attributes), signatureAlgorithm, octetString(signature));
  const signedData = sequence(
    integer(1),
    setOf(digestAlgorithm),
    sequence(oid(OID.data), ...(content ? [context(0, octetString(content))] : [])),
    tlv(0xa0, sortedSet(embedded)),
    setOf(signerInfo),
  );
  return sequence(oid(OID.signedData), context(0, signedData));
}
