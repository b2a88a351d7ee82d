import { createPrivateKey, KeyObject, sign } from 'node:crypto';
import type { DigestName } from '../asn1/algorithms.js';
import { cachedCertificate, type Certificate } from '../x509/certificate.js';
import { certificatesOf } from '../x509/pem.js';
import { attributesToSign, signedAttributes, signedMessage } from './build.js';

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
  const chain = (request.chain ?? []).flatMap(certificatesOf);
  const attributes = signedAttributes(request.content, certificate, request.signingTime ?? new Date(), digest);
  const signature = await signOffLoop(digest, attributesToSign(attributes), privateKey);
  return signedMessage({ certificate, chain, attributes, scheme: privateKey.asymmetricKeyType === 'rsa' ? 'rsa-pkcs1' : 'ecdsa', digest, signature });
}
