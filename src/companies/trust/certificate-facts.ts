import { createHash } from 'node:crypto';
import { type Certificate, readCertificate } from '../../signature/index.js';
import type { CertificateFacts } from './trust-entry.js';

/** Longer than any certificate; what is longer is none, or an attack. */
const MAX_OCTETS = 64 * 1024;
/** Names go into lists that people read; a database row has room for more than any real name. */
const MAX_TEXT = 1_000;
const MAX_EMAILS = 50;
/** The database knows no year 0, and X.509 none before 1950 (RFC 5280, 4.1.2.5). */
const FIRST_YEAR = 1950;

const plain = (text: string): string => text.replaceAll('\0', '').slice(0, MAX_TEXT);

/** What a DER certificate says of itself; undefined when it is none, or one whose dates or names cannot be kept. */
export function certificateFacts(der: Buffer): CertificateFacts | undefined {
  if (der.length > MAX_OCTETS) return undefined;
  let read: Certificate;
  try {
    read = readCertificate(Buffer.from(der));
  } catch {
    return undefined;
  }
  if (read.notBefore.getUTCFullYear() < FIRST_YEAR || read.notAfter.getUTCFullYear() < FIRST_YEAR) return undefined;
  return {
    fingerprint: read.fingerprint,
    certificate: read.der,
    subject: plain(read.subjectText),
    issuer: plain(read.issuerText),
    emails: read.names.emails.slice(0, MAX_EMAILS).map((email) => plain(email).toLowerCase()),
    keySha256: createHash('sha256').update(read.spki).digest('hex'),
    notBefore: read.notBefore,
    notAfter: read.notAfter,
    authority: read.ca,
  };
}
