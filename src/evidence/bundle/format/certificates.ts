import { readCertificate, toPem } from '../../../signature/index.js';
import { instantText, microsOf } from '../../chain/index.js';
import type { CertificateRecord, CertificateRole, TrustBasis } from './records.js';
import { sha256Of } from './sha256.js';

/** For whose signatures a certificate serves. */
const USES: Readonly<Record<CertificateRole, 'pec' | 'sdi' | null>> = { 'pec-signer': 'pec', intermediate: 'pec', 'pec-anchor': 'pec', 'sdi-signer': 'sdi', 'sdi-anchor': 'sdi', 'invoice-signer': null };

/** The certificates of a bundle, each once, with everything that it is good for. */
export class CertificateCollector {
  readonly #found = new Map<string, { readonly der: Buffer; readonly roles: Set<CertificateRole>; trust: TrustBasis | null }>();

  add(der: Buffer, role: CertificateRole, trust: TrustBasis | null = null): void {
    const fingerprint = sha256Of(der);
    const known = this.#found.get(fingerprint) ?? { der, roles: new Set<CertificateRole>(), trust: null };
    known.roles.add(role);
    known.trust ??= trust;
    this.#found.set(fingerprint, known);
  }

  /**
   * In order of fingerprint, with the text of each file.
   * @param revoked what was taken back, for providers' signatures or SdI's
   */
  list(revoked: readonly { readonly use: 'pec' | 'sdi'; readonly fingerprint: string; readonly at: Date; readonly by: string }[] = []): { readonly record: Omit<CertificateRecord, 'file'>; readonly pem: Buffer }[] {
    return [...this.#found].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([fingerprint, { der, roles, trust }]) => {
      const pem = Buffer.from(toPem(der));
      const described = describe(der);
      const taken = revoked.find((one) => one.fingerprint === fingerprint && [...roles].some((role) => USES[role] === one.use));
      return described ? [{ record: { fingerprint, ...described, roles: [...roles].sort(), trust, ...(taken ? { revoked: { at: instantText(microsOf(taken.at)), by: taken.by } } : {}), sha256: sha256Of(pem), size: pem.length }, pem }] : [];
    });
  }
}

/** What a certificate says of itself; undefined when it cannot be read. */
export function describe(der: Buffer): Pick<CertificateRecord, 'subject' | 'issuer' | 'serial' | 'notBefore' | 'notAfter'> | undefined {
  try {
    const { subjectText: subject, issuerText: issuer, serial, notBefore, notAfter } = readCertificate(der);
    return { subject, issuer, serial, notBefore: instantText(microsOf(notBefore)), notAfter: instantText(microsOf(notAfter)) };
  } catch {
    return undefined;
  }
}
