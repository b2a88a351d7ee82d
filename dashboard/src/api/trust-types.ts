import type { Finding, Page } from './types.js';

export type TrustUse = 'pec' | 'sdi';
export type TrustScope = 'public' | 'sandbox';

/** A certificate of the trust store. Counts are null for keys of one company. */
export interface TrustCertificate {
  readonly fingerprint: string;
  readonly use: TrustUse;
  readonly scope: TrustScope;
  readonly source: 'bundled' | 'folder' | 'person' | 'sandbox';
  readonly state: 'trusted' | 'revoked' | 'withdrawn';
  readonly authority: boolean;
  readonly subject: string;
  readonly issuer: string;
  readonly emails: readonly string[];
  readonly notBefore: string | null;
  readonly notAfter: string | null;
  readonly expiresInDays: number | null;
  readonly addedAt: string;
  readonly addedBy: string | null;
  readonly note: string | null;
  readonly place: string | null;
  readonly withdrawnAt: string | null;
  readonly revokedAt: string | null;
  readonly revokedBy: string | null;
  readonly revokedNote: string | null;
  readonly messages: number | null;
  readonly waiting: number | null;
  readonly lastSeenAt: string | null;
}

export interface RevokedCertificate extends TrustCertificate {
  readonly appliedMessages: number;
}

/** A certificate that signed messages. */
export interface TrustSigner {
  readonly fingerprint: string;
  readonly use: TrustUse;
  readonly scope: TrustScope;
  readonly standing: 'chained' | 'pinned' | 'revoked' | 'unknown';
  readonly subject: string;
  readonly issuer: string;
  readonly emails: readonly string[];
  readonly notBefore: string;
  readonly notAfter: string;
  readonly expiresInDays: number;
  readonly anchor: { readonly fingerprint: string; readonly subject: string; readonly source: TrustCertificate['source'] } | null;
  readonly follows: string | null;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  readonly messages: number | null;
  readonly waiting: number | null;
}

export interface TrustSigners extends Page<TrustSigner> {
  /** With the first page. */
  readonly warnings?: readonly (Finding & { readonly use: TrustUse; readonly who: string; readonly fingerprint: string })[];
}

export interface TrustLogLine {
  readonly id: string;
  readonly at: string;
  readonly action: 'trusted' | 'revoked' | 'found' | 'withdrawn';
  readonly use: TrustUse;
  readonly scope: TrustScope;
  readonly fingerprint: string;
  readonly subject: string;
  readonly by: string | null;
  readonly note: string | null;
  readonly messageId: string | null;
}

/** What is trusted: a certificate that is given, or the one that signed a message. */
export type NewTrust = { readonly use: TrustUse; readonly note: string } & ({ readonly certificate: string } | { readonly messageId: string });
