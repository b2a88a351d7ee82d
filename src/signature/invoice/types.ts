import type { DigestName } from '../asn1/algorithms.js';

/** What was found about the signatures of one invoice file: facts; which code SdI would give them is the check table's matter. */
export interface InvoiceSignatures {
  /** `none`: plain XML. */
  readonly form: 'none' | 'cades' | 'xades';
  /** The outermost first; a p7m in a p7m has two layers, and one layer may have several signers. */
  readonly signatures: readonly InvoiceSignature[];
}

/**
 * Why a signature is not intact:
 * `digest-mismatch` the content is not what was signed; `signature-mismatch` the signature does not fit what it signs, or the certificate;
 * `unreadable` the signature is there and damaged beyond reading; `unsupported-algorithm` nobody can say (MD5, unknown curves, transforms that are not understood);
 * `no-certificate` the signer's certificate is not in the file; `no-signer` a signed file that nobody signed; `wrapped` the signature does not cover the whole document.
 */
export type SignatureFault = 'digest-mismatch' | 'signature-mismatch' | 'unreadable' | 'unsupported-algorithm' | 'no-certificate' | 'no-signer' | 'wrapped';

export interface InvoiceSignature {
  readonly form: 'cades' | 'xades';
  /** From 1: the outermost layer. */
  readonly layer: number;
  /** The digest of the content and the signature over the signed attributes both verify. Nothing about whom to believe. */
  readonly intact: boolean;
  /** Why not, when not intact. */
  readonly fault?: SignatureFault;
  /** The signed signing time (CAdES signing-time attribute, XAdES SigningTime). */
  readonly signingTime?: Date;
  /** The signed reference to the certificate (ESS signing-certificate(-v2), XAdES SigningCertificate): it names the certificate found, another one, or is absent. */
  readonly signingCertificate: 'matches' | 'differs' | 'absent';
  /** Of the content; the dotted identifier or URI of one that is not understood. */
  readonly digestAlgorithm?: DigestName | (string & NonNullable<unknown>);
  readonly scheme?: 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa';
  /** What makes an intact signature old: its proof no longer weighs (SHA-1; RSA below 2,048 bits). Absent when nothing does. */
  readonly weak?: readonly ('sha1' | 'short-key')[];
  readonly certificate?: SignerCertificate;
}

/** The signer's certificate as it came with the file. No chain is built: whether its authority is a trusted one is not known here. */
export interface SignerCertificate {
  readonly subject: string;
  readonly issuer: string;
  /** Hex, upper case. */
  readonly serialNumber: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** keyUsage bits; absent when the certificate has no such extension. */
  readonly keyUsage?: { readonly digitalSignature: boolean; readonly nonRepudiation: boolean };
  /** Whether basicConstraints make it the certificate of an authority. */
  readonly ca?: boolean;
  readonly der: Buffer;
}
