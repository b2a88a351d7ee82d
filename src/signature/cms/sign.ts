import { createHash, createPrivateKey, KeyObject, sign } from 'node:crypto';
import { type DigestName, OID_BY_DIGEST, signatureOid } from '../asn1/algorithms.js';
import { context, integer, nullValue, octetString, oid, sequence, setOf, sortedSet, time, tlv } from '../asn1/der.js';
import { OID } from '../asn1/oids.js';
import { cachedCertificate, type Certificate } from '../x509/certificate.js';
import { certificatesOf } from '../x509/pem.js';

export interface SignRequest {
  /** The exact octets to sign: for PEC the first part of the multipart/signed (pec.md 2.3). */
  readonly content: Buffer;
  /** The signer's certificate, DER or PEM. */
  readonly certificate: Buffer | string;
  /** RSA or EC. A `KeyObject` spares parsing a PEM every time. */
  readonly privateKey: KeyObject | string;
  /** Further certificates to embed (the issuing CA), DER or PEM. */
  readonly chain?: readonly (Buffer | string)[];
  /** Default: now. */
  readonly signingTime?: Date;
  /** Default SHA-256. */
  readonly digest?: DigestName;
}

const attribute = (type: string, value: Buffer): Buffer => sequence(oid(type), setOf(value));

/** ESSCertIDv2 with its default SHA-256 and the issuer and serial (RFC 5035, 4). */
function signingCertificateV2(certificate: Certificate): Buffer {
  const hash = createHash('sha256').update(certificate.der).digest();
  const issuerSerial = sequence(sequence(context(4, certificate.issuer)), tlv(0x02, certificate.serialOctets));
  return sequence(sequence(sequence(octetString(hash), issuerSerial)));
}

function firstCertificate(source: Buffer | string): Certificate {
  const [der] = certificatesOf(source);
  if (!der) throw new RangeError('no certificate to sign with');
  return cachedCertificate(der);
}

const signOffLoop = (digest: string, data: Buffer, key: KeyObject): Promise<Buffer> =>
  new Promise((resolve, reject) => sign(digest, data, key, (error, signature) => (error ? reject(error) : resolve(signature))));

/**
 * Signs as PEC providers do: CMS SignedData version 1, detached, one signer, DER, with contentType, messageDigest, signingTime and
 * signingCertificateV2 among the signed attributes and the certificates embedded (RFC 5652; pec.md 4.1). Returns the CMS itself; base64 is the mail's affair.
 *
 * @throws when the certificate or the key cannot be used: both are ours
 */
export async function signDetachedCms(request: SignRequest): Promise<Buffer> {
  const digest = request.digest ?? 'sha256';
  const certificate = firstCertificate(request.certificate);
  const privateKey = request.privateKey instanceof KeyObject ? request.privateKey : createPrivateKey(request.privateKey);
  const embedded = [certificate.der, ...(request.chain ?? []).flatMap(certificatesOf)];
  const attributes = sortedSet([
    attribute(OID.contentType, oid(OID.data)),
    attribute(OID.messageDigest, octetString(createHash(digest).update(request.content).digest())),
    attribute(OID.signingTime, time(request.signingTime ?? new Date())),
    attribute(OID.signingCertificateV2, signingCertificateV2(certificate)),
  ]);
  const signature = await signOffLoop(digest, tlv(0x31, attributes), privateKey);
  const digestAlgorithm = sequence(oid(OID_BY_DIGEST[digest]));
  const signatureAlgorithm = privateKey.asymmetricKeyType === 'rsa' ? sequence(oid(OID.rsaEncryption), nullValue()) : sequence(oid(signatureOid('ecdsa', digest)));
  const signerInfo = sequence(
    integer(1),
    sequence(certificate.issuer, tlv(0x02, certificate.serialOctets)),
    digestAlgorithm,
    tlv(0xa0, attributes),
    signatureAlgorithm,
    octetString(signature),
  );
  const signedData = sequence(
    integer(1),
    setOf(digestAlgorithm),
    sequence(oid(OID.data)),
    tlv(0xa0, sortedSet(embedded)),
    setOf(signerInfo),
  );
  return sequence(oid(OID.signedData), context(0, signedData));
}
