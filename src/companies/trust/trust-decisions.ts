import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/sql.js';
import { certificatesOf, readCertificate } from '../../signature/index.js';
import type { Caller } from '../auth/scopes.js';
import { bundledRoots } from './bundled-roots.js';
import { certificateFacts } from './certificate-facts.js';
import { alreadyRevoked, alreadyTrusted, anotherCertificate, certificateExpired, certificateUnknown, certificateUnreadable, certificateWithoutAddress } from './problems.js';
import type { CertificateFacts, TrustEntry, TrustScope, TrustUse } from './trust-entry.js';
import { bumpRevision, lockTrust, logTrust, putEntry, TRUST_COLUMNS, type TrustRow } from './trust-rows.js';

export interface TrustDecision {
  readonly certificate: Buffer;
  readonly use: TrustUse;
  readonly note: string;
  readonly by: Caller;
  /** Of the mailbox in which it was seen; else found out from the certificate. */
  readonly scope?: TrustScope | undefined;
  /** The message whose signer it is. Then it counts as a signer only, also when it calls itself an authority: nobody was asked about what it might issue. */
  readonly messageId?: string | undefined;
}

export interface RevokeDecision {
  readonly fingerprint: string;
  readonly use: TrustUse;
  readonly note: string;
  readonly by: Caller;
  /** The certificate, where the store does not hold it. */
  readonly certificate?: Buffer | undefined;
  /** In which mailboxes it was seen, where the store does not hold it. */
  readonly scope?: TrustScope | undefined;
}

/** The one certificate of a PEM text. @throws Problem 422 when there is none, or several */
export function oneCertificate(pem: string): Buffer {
  const found = certificatesOf(pem);
  const [der] = found;
  if (!der || found.length > 1 || !certificateFacts(der)) throw certificateUnreadable();
  return der;
}

/** A person's decisions about certificates, each with its line in the log, in one transaction. */
@Injectable()
export class TrustDecisions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Believes a certificate for one use: an authority with all that it issues, any other for what it signs itself. Lifts a revocation.
   * @throws Problem 422 when it is none, expired, or could never count; 409 when it counts already
   */
  async trust({ certificate, use, note, by, scope, messageId }: TrustDecision): Promise<TrustEntry> {
    const read = certificateFacts(certificate);
    if (!read) throw certificateUnreadable();
    const facts = messageId === undefined ? read : { ...read, authority: false };
    if (facts.notAfter <= this.clock.now()) throw certificateExpired(facts.notAfter);
    if (use === 'pec' && !facts.authority && facts.emails.length === 0) throw certificateWithoutAddress();
    return this.database.transaction(async (tx) => {
      await lockTrust(tx);
      await bumpRevision(tx);
      const where = (await this.#isSandbox(tx, facts)) ? 'sandbox' : (scope ?? 'public');
      const rows = await entriesOf(tx, facts.fingerprint, use);
      const before = rows.find((row) => row.scope === where);
      if (before ? before.state === 'trusted' : use === 'pec' && where === 'public' && bundledRoots().some((root) => root.fingerprint === facts.fingerprint)) throw alreadyTrusted();
      // A revocation counts in every scope, so lifting it in one lifts it in all: what nobody else vouches for stays out.
      await tx.query('UPDATE trust_anchors SET revoked_at = NULL, revoked_by = NULL, revoked_note = NULL, withdrawn_at = coalesce(withdrawn_at, clock_timestamp()) WHERE fingerprint = $1 AND use = $2 AND scope <> $3 AND revoked_at IS NOT NULL', [facts.fingerprint, use, where]);
      const entry = await putEntry(tx, { scope: where, use, source: before?.source === 'sandbox' ? 'sandbox' : 'person', facts, by: by.name, note }, true);
      if (!entry) throw new Error('the new entry of the trust store was not returned');
      await logTrust(tx, { action: 'trusted', entry, by: by.name, apiKeyId: by.apiKeyId, note, messageId });
      return entry;
    });
  }

  /**
   * Believes a certificate no more, in any scope and whoever vouches for it, as a signer or as a link of a chain.
   * @throws Problem 404 for a fingerprint that is not known and comes without its certificate; 409 when it is revoked already
   */
  async revoke({ fingerprint, use, note, by, certificate, scope }: RevokeDecision): Promise<TrustEntry> {
    const facts = certificate && certificateFacts(certificate);
    if (certificate && !facts) throw certificateUnreadable();
    if (facts && facts.fingerprint !== fingerprint) throw anotherCertificate();
    return this.database.transaction(async (tx) => {
      await lockTrust(tx);
      await bumpRevision(tx);
      let rows = await entriesOf(tx, fingerprint, use);
      if (rows.length === 0) {
        if (!facts) throw certificateUnknown();
        const where = (await this.#isSandbox(tx, facts)) ? 'sandbox' : (scope ?? 'public');
        const row = await putEntry(tx, { scope: where, use, source: where === 'sandbox' ? 'sandbox' : 'person', facts, by: by.name });
        rows = row ? [row] : [];
      }
      if (rows.every((row) => row.state === 'revoked')) throw alreadyRevoked();
      const revoked = await tx.query<TrustRow>(
        `UPDATE trust_anchors SET revoked_at = coalesce(revoked_at, clock_timestamp()), revoked_by = coalesce(revoked_by, $3), revoked_note = coalesce(revoked_note, $4)
         WHERE fingerprint = $1 AND use = $2 RETURNING ${TRUST_COLUMNS}`,
        [fingerprint, use, by.name, note],
      );
      for (const entry of revoked) await logTrust(tx, { action: 'revoked', entry, by: by.name, apiKeyId: by.apiKeyId, note });
      const [entry] = revoked;
      if (!entry) throw new Error('the revoked entry of the trust store was not returned');
      return entry;
    });
  }

  /** The sandbox's own certificates, their keys, and whatever was issued by them never count for a real mailbox, whoever says so. */
  async #isSandbox(tx: Tx, facts: CertificateFacts): Promise<boolean> {
    const rows = await tx.query<{ fingerprint: string; certificate: Buffer; key_sha256: string | null }>("SELECT fingerprint, certificate, key_sha256 FROM trust_anchors WHERE scope = 'sandbox' AND source = 'sandbox'");
    return rows.some((row) => row.fingerprint === facts.fingerprint || row.key_sha256 === facts.keySha256 || issuedBy(facts.certificate, row.certificate));
  }
}

const entriesOf = (tx: Tx, fingerprint: string, use: TrustUse): Promise<TrustRow[]> => tx.query<TrustRow>(`SELECT ${TRUST_COLUMNS} FROM trust_anchors WHERE fingerprint = $1 AND use = $2 ORDER BY scope`, [fingerprint, use]);

function issuedBy(certificate: Buffer, authority: Buffer): boolean {
  try {
    return readCertificate(certificate).issuer.equals(readCertificate(authority).subject);
  } catch {
    return false;
  }
}
