import { type KeyObject } from 'node:crypto';
import { type CertificateRequest, type CertifiedKey, type KeyType, makeCertificate } from '../x509/make.js';

/** For tests: an authority and signers under it, in force from 2025 to 2035. */
export const IN_FORCE = { notBefore: new Date('2025-01-01T00:00:00Z'), notAfter: new Date('2035-01-01T00:00:00Z') };
export const SIGNED_AT = new Date('2026-11-03T09:15:02Z');

export const testAuthority = (): Promise<CertifiedKey> =>
  makeCertificate({ profile: 'ca', keyType: 'ec-p256', subject: { country: 'IT', organization: 'Prova, "Qualità" S.p.A.', commonName: 'CA di prova' }, ...IN_FORCE });

export const testSigner = (issuer: CertifiedKey, key: KeyType | KeyObject = 'ec-p256', more: Partial<CertificateRequest> = {}): Promise<CertifiedKey> =>
  makeCertificate({ profile: 'signer', ...(typeof key === 'string' ? { keyType: key } : { privateKey: key }), subject: { country: 'IT', commonName: 'Niccolò Bianchi' }, issuer, ...IN_FORCE, ...more });
