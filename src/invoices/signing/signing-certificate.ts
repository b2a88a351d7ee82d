import type { Finding } from '../../platform/http/problem.js';
import { readCertificate } from '../../signature/index.js';

/** How a company's invoices are signed: CAdES makes an `.xml.p7m`, XAdES keeps the `.xml`. */
export const SIGNATURE_FORMS = ['cades', 'xades'] as const;
export type SignatureForm = (typeof SIGNATURE_FORMS)[number];

/** From here on a certificate's end is announced. */
export const EXPIRING_DAYS = 30;
const DAY_MS = 24 * 3600 * 1000;

/** What anybody with access to the company may know of its certificate: never the key. */
export interface SigningCertificateView {
  readonly companyId: string;
  readonly subject: string;
  readonly issuer: string;
  /** Hex, upper case. */
  readonly serialNumber: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly algorithm: string;
  /** Null when the certificate does not say what its key is for. */
  readonly keyUsage: { readonly digitalSignature: boolean; readonly nonRepudiation: boolean } | null;
  readonly form: SignatureForm;
  readonly state: 'valid' | 'expiring' | 'expired';
  /** Whole days until it ends; negative when it has. */
  readonly expiresInDays: number;
  readonly warnings: readonly Finding[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface SigningCertificateRow {
  company_id: string;
  certificate: Buffer;
  form: SignatureForm;
  created_at: Date;
  updated_at: Date;
}

const NOT_FOR_SIGNING: Finding = {
  code: '00107',
  severity: 'warning',
  path: 'certificate/keyUsage',
  message: {
    it: 'Il certificato non è destinato alla firma di documenti (keyUsage senza nonRepudiation): SdI potrebbe rifiutare i file firmati (00107).',
    en: 'The certificate is not meant for signing documents (keyUsage without nonRepudiation): SdI may refuse files signed with it (00107).',
  },
  fix: { it: 'Usare un certificato di firma qualificata, non di autenticazione o di posta.', en: 'Use a qualified signing certificate, not one for authentication or mail.' },
};

/** The announcement of a certificate's end, or undefined while it is far. */
export function expiryWarning(notAfter: Date, now: Date): Finding | undefined {
  const days = daysLeft(notAfter, now);
  if (days >= EXPIRING_DAYS) return undefined;
  const day = notAfter.toISOString().slice(0, 10);
  return {
    code: days < 0 ? 'signing-certificate-expired' : 'signing-certificate-expiring',
    severity: days < 0 ? 'error' : 'warning',
    path: 'certificate/notAfter',
    message:
      days < 0
        ? { it: `Il certificato di firma è scaduto il ${day}: le fatture alla PA non si possono più firmare.`, en: `The signing certificate expired on ${day}: invoices to the PA can no longer be signed.` }
        : { it: `Il certificato di firma scade il ${day}.`, en: `The signing certificate expires on ${day}.` },
    fix: { it: 'Caricare il certificato nuovo in Aziende, oppure con PUT /v1/companies/{id}/signing-certificate.', en: 'Upload the new certificate under Companies, or with PUT /v1/companies/{id}/signing-certificate.' },
  };
}

function daysLeft(notAfter: Date, now: Date): number {
  return Math.floor((notAfter.getTime() - now.getTime()) / DAY_MS);
}

export function certificateView(row: SigningCertificateRow, now: Date): SigningCertificateView {
  const certificate = readCertificate(row.certificate);
  const { notBefore, notAfter, keyUsage } = certificate;
  const usage = keyUsage ? { digitalSignature: keyUsage.has(0), nonRepudiation: keyUsage.has(1) } : null;
  const expiry = expiryWarning(notAfter, now);
  return {
    companyId: row.company_id,
    subject: certificate.subjectText,
    issuer: certificate.issuerText,
    serialNumber: certificate.serial,
    notBefore,
    notAfter,
    algorithm: algorithmOf(row.certificate) ?? 'unknown',
    keyUsage: usage,
    form: row.form,
    state: notAfter < now ? 'expired' : expiry ? 'expiring' : 'valid',
    expiresInDays: daysLeft(notAfter, now),
    warnings: [...(expiry ? [expiry] : []), ...(usage && !usage.nonRepudiation ? [NOT_FOR_SIGNING] : [])],
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

const CURVES: Readonly<Record<string, string>> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' };

/** `RSA 2048`, `ECDSA P-256`; undefined for a key that SdI's rules do not know. */
export function algorithmOf(certificate: Buffer): string | undefined {
  const key = readCertificate(certificate).publicKey();
  const { modulusLength, namedCurve } = key?.asymmetricKeyDetails ?? {};
  if (key?.asymmetricKeyType === 'rsa' && modulusLength !== undefined && modulusLength >= 2048) return `RSA ${modulusLength}`;
  const curve = key?.asymmetricKeyType === 'ec' ? CURVES[namedCurve ?? ''] : undefined;
  return curve && `ECDSA ${curve}`;
}
