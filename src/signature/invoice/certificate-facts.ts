import type { KeyObject } from 'node:crypto';
import type { Certificate } from '../x509/certificate.js';
import type { InvoiceSignature, SignerCertificate } from './types.js';

const DIGITAL_SIGNATURE = 0;
const NON_REPUDIATION = 1;

/** Real names and serials are far shorter; a hostile one does not fill a report. */
const MAX_TEXT = 500;
const MAX_SERIAL = 80;

export function certificateFacts(certificate: Certificate): SignerCertificate {
  const { keyUsage } = certificate;
  return {
    subject: certificate.subjectText.slice(0, MAX_TEXT),
    issuer: certificate.issuerText.slice(0, MAX_TEXT),
    serialNumber: certificate.serial.slice(0, MAX_SERIAL),
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    ...(keyUsage ? { keyUsage: { digitalSignature: keyUsage.has(DIGITAL_SIGNATURE), nonRepudiation: keyUsage.has(NON_REPUDIATION) } } : {}),
    ca: certificate.ca,
    der: certificate.der,
  };
}

const CURVE_BITS: Readonly<Record<string, number>> = { prime256v1: 256, secp384r1: 384, secp521r1: 521, secp256k1: 256, brainpoolP256r1: 256, brainpoolP384r1: 384, brainpoolP512r1: 512 };

/** Keys that take the platform milliseconds to verify with are made for that: real exponents are 65,537 and real keys have 2,048 to 4,096 bits. */
const MAX_RSA_BITS = 8192;
const MAX_RSA_EXPONENT = 1n << 64n;

/** The certificate's key when it is one to verify invoices with: RSA, or EC on a curve with a name. */
export function usableKey(certificate: Certificate): KeyObject | undefined {
  const key = certificate.publicKey();
  const { modulusLength = 0, publicExponent = 0n, namedCurve = '' } = key?.asymmetricKeyDetails ?? {};
  const usable = key?.asymmetricKeyType === 'ec' ? CURVE_BITS[namedCurve] !== undefined : modulusLength > 0 && modulusLength <= MAX_RSA_BITS && publicExponent < MAX_RSA_EXPONENT;
  return usable ? key : undefined;
}

/** What makes a signature old, from its digests and its key. */
export function weaknesses(digests: readonly (string | undefined)[], certificate: Certificate): Pick<InvoiceSignature, 'weak'> {
  const weak: ('sha1' | 'short-key')[] = [];
  if (digests.includes('sha1')) weak.push('sha1');
  if ((certificate.publicKey()?.asymmetricKeyDetails?.modulusLength ?? 2048) < 2048) weak.push('short-key');
  return weak.length > 0 ? { weak } : {};
}
