import type { Certificate } from '../x509/certificate.js';
import type { SignerInfo } from './signed-data.js';

/** Whether a SignerInfo names this certificate, octet by octet. */
export function identifies(info: SignerInfo, certificate: Certificate): boolean {
  if (info.issuer && info.serial) return certificate.serialOctets.equals(info.serial) && certificate.issuer.equals(info.issuer);
  return info.subjectKeyId !== undefined && certificate.subjectKeyId?.equals(info.subjectKeyId) === true;
}

const folded = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ');

/** The same where a program wrote the issuer's name with other string types or letter case than the certificate has (RFC 5280, 7.1). */
export function identifiesLoosely(info: SignerInfo, issuerText: string, certificate: Certificate): boolean {
  return info.serial !== undefined && certificate.serialOctets.equals(info.serial) && folded(certificate.issuerText) === folded(issuerText);
}
