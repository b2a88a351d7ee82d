import { OID } from './oids.js';

export type DigestName = 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** Digest algorithms that are understood. MD5 is absent on purpose: what is not in the table is refused. */
export const DIGEST_BY_OID: ReadonlyMap<string, DigestName> = new Map<string, DigestName>([
  [OID.sha1, 'sha1'],
  [OID.sha256, 'sha256'],
  [OID.sha384, 'sha384'],
  [OID.sha512, 'sha512'],
]);

export const OID_BY_DIGEST: Readonly<Record<DigestName, string>> = { sha1: OID.sha1, sha256: OID.sha256, sha384: OID.sha384, sha512: OID.sha512 };

export interface SignatureScheme {
  readonly scheme: 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa';
  /** Absent where the identifier leaves the digest to its surroundings (`rsaEncryption` in CMS, PSS parameters). */
  readonly digest?: DigestName;
}

/** Signature algorithm identifiers (RFC 3279, 4055, 5758). */
export const SIGNATURE_BY_OID: ReadonlyMap<string, SignatureScheme> = new Map<string, SignatureScheme>([
  [OID.rsaEncryption, { scheme: 'rsa-pkcs1' }],
  ['1.2.840.113549.1.1.5', { scheme: 'rsa-pkcs1', digest: 'sha1' }],
  ['1.2.840.113549.1.1.11', { scheme: 'rsa-pkcs1', digest: 'sha256' }],
  ['1.2.840.113549.1.1.12', { scheme: 'rsa-pkcs1', digest: 'sha384' }],
  ['1.2.840.113549.1.1.13', { scheme: 'rsa-pkcs1', digest: 'sha512' }],
  [OID.rsassaPss, { scheme: 'rsa-pss' }],
  ['1.2.840.10045.4.1', { scheme: 'ecdsa', digest: 'sha1' }],
  ['1.2.840.10045.4.3.2', { scheme: 'ecdsa', digest: 'sha256' }],
  ['1.2.840.10045.4.3.3', { scheme: 'ecdsa', digest: 'sha384' }],
  ['1.2.840.10045.4.3.4', { scheme: 'ecdsa', digest: 'sha512' }],
]);

/** The identifier for a scheme with its digest, as this house writes it. */
export function signatureOid(scheme: 'rsa-pkcs1' | 'ecdsa', digest: DigestName): string {
  for (const [oid, entry] of SIGNATURE_BY_OID) if (entry.scheme === scheme && entry.digest === digest) return oid;
  throw new RangeError(`no signature algorithm for ${scheme} with ${digest}`);
}
