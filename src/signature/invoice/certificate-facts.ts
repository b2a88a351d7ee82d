import type { Certificate } from '../x509/certificate.js';
import type { InvoiceSignature, SignerCertificate } from './types.js';

const DIGITAL_SIGNATURE = 0;
const NON_REPUDIATION = 1;

export function certificateFacts(certificate: Certificate): SignerCertificate {
  const { keyUsage } = certificate;
  return {
    subject: certificate.subjectText,
    issuer: certificate.issuerText,
    serialNumber: certificate.serial,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    ...(keyUsage ? { keyUsage: { digitalSignature: keyUsage.has(DIGITAL_SIGNATURE), nonRepudiation: keyUsage.has(NON_REPUDIATION) } } : {}),
    ca: certificate.ca,
    der: certificate.der,
  };
}

const CURVE_BITS: Readonly<Record<string, number>> = { prime256v1: 256, secp384r1: 384, secp521r1: 521, secp256k1: 256, brainpoolP256r1: 256, brainpoolP384r1: 384, brainpoolP512r1: 512 };

/** What makes a signature old, from its digests and its key. */
export function weaknesses(digests: readonly (string | undefined)[], certificate: Certificate): Pick<InvoiceSignature, 'weak'> {
  const weak: ('sha1' | 'short-key')[] = [];
  if (digests.includes('sha1')) weak.push('sha1');
  const key = certificate.publicKey();
  const details = key?.asymmetricKeyDetails;
  const short = details?.modulusLength !== undefined ? details.modulusLength < 2048 : (CURVE_BITS[details?.namedCurve ?? ''] ?? 0) < 256;
  if (key && short) weak.push('short-key');
  return weak.length > 0 ? { weak } : {};
}
