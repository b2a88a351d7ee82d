import { type CertificateRequest, type CertifiedKey, makeCertificate } from '../../../signature/index.js';

/** Certificates as tests of the trust store need them (EC keys: their speed is not what is tested). */
export const PROVIDER = 'posta-certificata@pec.gestore.example';

const DAY = 86_400_000;

export const inDays = (days: number): Date => new Date(Date.now() + days * DAY);

export const makeOne = (request: Partial<CertificateRequest> = {}): Promise<CertifiedKey> =>
  makeCertificate({ profile: 'smime', keyType: 'ec-p256', subject: { commonName: 'Posta Certificata Gestore' }, notBefore: inDays(-10), notAfter: inDays(400), ...(request.profile === 'ca' ? {} : { emails: [PROVIDER] }), ...request });
