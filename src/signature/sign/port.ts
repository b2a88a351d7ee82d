import type { Certificate } from '../x509/certificate.js';

/** What is to be signed, in both forms in which signers want it. */
export interface ToBeSigned {
  /** For a signer that hashes by itself. */
  readonly octets: Buffer;
  /** Their SHA-256, for a signer that is given a hash: smart cards, HSMs, remote signature services. */
  readonly hash: Buffer;
  readonly digest: 'sha256';
}

/**
 * Whoever holds a signing key. The house brings one that keeps it in memory ({@link keySigner}, {@link pkcs12Signer}); a card or a remote service needs just these two members.
 *
 * @example
 * // A remote signature service that takes hashes, authorised by a one-time code:
 * const remote = (service: RemoteService, certificate: Certificate, otp: string): InvoiceSigner => ({
 *   certificate,
 *   chain: [],
 *   sign: async ({ hash }) => Buffer.from((await service.signHash({ hash: hash.toString('base64'), algorithm: 'SHA256', otp })).signature, 'base64'),
 * });
 * const p7m = await signCades(xml, remote(service, readCertificate(der), '123456'), { signingTime: new Date() });
 */
export interface InvoiceSigner {
  /** Of the key that signs: RSA, or EC on P-256, P-384 or P-521. */
  readonly certificate: Certificate;
  /** Certificates that travel along, DER: the issuing authority's first. May be empty. */
  readonly chain: readonly Buffer[];
  /**
   * RSA: PKCS #1 v1.5 over the DigestInfo of the hash. EC: the DER of ECDSA-Sig-Value (RFC 3279, 2.2.3); a service that answers with r and s side by side
   * is wrapped with {@link ecdsaValue}. What comes back is verified before it is used. May reject: the reason reaches who wanted the signature.
   */
  sign(toBeSigned: ToBeSigned): Promise<Buffer>;
}

export interface SigningOptions {
  /** When the signature is made, as the signature will say: SdI refuses one without (00103) or in the future (00105). */
  readonly signingTime: Date;
}
