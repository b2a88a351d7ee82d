import { type Certificate, readCertificate } from '../../signature/index.js';

/** Who signed: what a person needs to recognise a certificate and to judge whether it was in force. */
export interface CertificateView {
  readonly subject: string;
  readonly issuer: string;
  /** Hex, upper case. */
  readonly serial: string;
  /** SHA-256 of the certificate, hex, lower case. */
  readonly fingerprint: string;
  readonly emails: readonly string[];
  readonly notBefore: string;
  readonly notAfter: string;
  /** Whether the signing time lies in the certificate's validity; null where the signature states none. */
  readonly inForceWhenSigned: boolean | null;
}

/** A signer's certificate in words; null for octets that are no certificate. */
export function certificateView(der: Buffer, signingTime: Date | undefined): CertificateView | null {
  const certificate = read(der);
  if (!certificate) return null;
  const { notBefore, notAfter } = certificate;
  return {
    subject: certificate.subjectText,
    issuer: certificate.issuerText,
    serial: certificate.serial,
    fingerprint: certificate.fingerprint,
    emails: certificate.names.emails,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    inForceWhenSigned: signingTime ? signingTime >= notBefore && signingTime <= notAfter : null,
  };
}

function read(der: Buffer): Certificate | undefined {
  try {
    return readCertificate(der);
  } catch {
    return undefined;
  }
}
