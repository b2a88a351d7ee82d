/** What was found about the signatures of one invoice file: facts; which code SdI would give them is the check table's matter. */
export interface InvoiceSignatures {
  /** `none`: plain XML. */
  readonly form: 'none' | 'cades' | 'xades';
  /** The outermost first; a p7m in a p7m has two layers, and one layer may have several signers. */
  readonly signatures: readonly InvoiceSignature[];
}

export interface InvoiceSignature {
  readonly form: 'cades' | 'xades';
  /** From 1: the outermost layer. */
  readonly layer: number;
  /** The digest of the content and the signature over the signed attributes both verify. */
  readonly intact: boolean;
  /** Why not, when not intact. */
  readonly fault?: 'digest-mismatch' | 'signature-mismatch' | 'unreadable' | 'unsupported-algorithm' | 'no-certificate' | 'wrapped';
  /** The signed signing time (CAdES signing-time attribute, XAdES SigningTime). */
  readonly signingTime?: Date;
  /** The signed reference to the certificate (ESS signing-certificate(-v2), XAdES SigningCertificate): it names the certificate found, another one, or is absent. */
  readonly signingCertificate: 'matches' | 'differs' | 'absent';
  readonly digestAlgorithm?: string;
  readonly certificate?: {
    readonly subject: string;
    readonly issuer: string;
    readonly serialNumber: string;
    readonly notBefore: Date;
    readonly notAfter: Date;
    /** keyUsage bits; absent when the certificate has no such extension. */
    readonly keyUsage?: { readonly digitalSignature: boolean; readonly nonRepudiation: boolean };
    readonly der: Buffer;
  };
}
