/** What a certificate is believed for: providers' signatures on PEC messages, or SdI's own on its notifications. */
export const TRUST_USES = ['pec', 'sdi'] as const;
export type TrustUse = (typeof TRUST_USES)[number];

/** For which mailboxes it counts: the sandbox's certificates never count for a real one. */
export const TRUST_SCOPES = ['public', 'sandbox'] as const;
export type TrustScope = (typeof TRUST_SCOPES)[number];

/** Who vouches: Node's bundled roots, a file in `CORRIERE_TRUST_DIR`, a person's decision, the built-in sandbox. */
export const TRUST_SOURCES = ['bundled', 'folder', 'person', 'sandbox'] as const;
export type TrustSource = (typeof TRUST_SOURCES)[number];

/** `trusted`: counts; `revoked`: a person revoked it, whoever vouches; `withdrawn`: its file, or Node's bundle, holds it no more. */
export const TRUST_STATES = ['trusted', 'revoked', 'withdrawn'] as const;
export type TrustState = (typeof TRUST_STATES)[number];

/** What a certificate says of itself. */
export interface CertificateFacts {
  /** SHA-256 of the certificate, hex. */
  readonly fingerprint: string;
  readonly certificate: Buffer;
  readonly subject: string;
  readonly issuer: string;
  /** rfc822 names of subjectAltName, lower case. */
  readonly emails: readonly string[];
  /** SHA-256 of the SubjectPublicKeyInfo, hex. */
  readonly keySha256: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** May issue others (basicConstraints). Any other certificate counts for what it signs itself only. */
  readonly authority: boolean;
}

/** One certificate of the trust store, for one use in one scope. */
export interface TrustEntry {
  readonly scope: TrustScope;
  readonly use: TrustUse;
  readonly source: TrustSource;
  readonly state: TrustState;
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  readonly emails: readonly string[];
  readonly keySha256: string | null;
  readonly notBefore: Date | null;
  readonly notAfter: Date | null;
  readonly authority: boolean;
  readonly addedAt: Date;
  readonly addedBy: string | null;
  readonly note: string | null;
  /** Its file in the folder. */
  readonly place: string | null;
  /** The folder, or Node's bundle, holds it no more. */
  readonly withdrawnAt: Date | null;
  readonly revokedAt: Date | null;
  readonly revokedBy: string | null;
  readonly revokedNote: string | null;
}

/** One line of the append-only log. `found` and `withdrawn` are the folder's. */
export interface TrustLogEntry {
  readonly id: string;
  readonly at: Date;
  readonly action: 'trusted' | 'revoked' | 'found' | 'withdrawn';
  readonly scope: TrustScope;
  readonly use: TrustUse;
  readonly fingerprint: string;
  readonly subject: string;
  readonly source: TrustSource;
  readonly by: string;
  readonly apiKeyId: string | null;
  readonly note: string | null;
  readonly messageId: string | null;
}
