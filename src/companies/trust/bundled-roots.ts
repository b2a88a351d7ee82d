import { rootCertificates } from 'node:tls';
import { certificatesOf } from '../../signature/index.js';
import { certificateFacts } from './certificate-facts.js';
import type { CertificateFacts } from './trust-entry.js';

export interface BundledRoot extends CertificateFacts {
  /** As Node gives it: always the same string, by which readers remember what they parsed. */
  readonly pem: string;
}

let roots: readonly BundledRoot[] | undefined;

/** The public authorities that come with Node. The one above the PEC providers' signers is among them (pec.md 4.3). */
export function bundledRoots(): readonly BundledRoot[] {
  roots ??= rootCertificates.flatMap((pem) => {
    const facts = certificatesOf(pem).map(certificateFacts)[0];
    return facts ? [{ ...facts, pem }] : [];
  });
  return roots;
}
