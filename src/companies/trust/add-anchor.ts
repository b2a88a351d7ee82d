import type { Database } from '../../platform/database/sql.js';
import { certificateFacts } from './certificate-facts.js';
import type { TrustScope, TrustUse } from './trust-entry.js';
import { bumpRevision, lockTrust, logTrust, putEntry } from './trust-rows.js';

const BY = 'set-up';

/** Lets a certificate count without a person's asking: the sandbox's own, at each of its starts. Changes nothing when it counts already, or was revoked. @throws RangeError for what is no certificate */
export async function addAnchor(database: Database, scope: TrustScope, use: TrustUse, certificate: Buffer): Promise<void> {
  const facts = certificateFacts(certificate);
  if (!facts) throw new RangeError('the anchor is no certificate');
  await database.transaction(async (tx) => {
    await lockTrust(tx);
    // A row without its key was written before the store knew what a certificate says.
    const [known] = await tx.query<{ complete: boolean }>('SELECT key_sha256 IS NOT NULL AND (withdrawn_at IS NULL OR revoked_at IS NOT NULL) AS complete FROM trust_anchors WHERE scope = $1 AND use = $2 AND fingerprint = $3', [scope, use, facts.fingerprint]);
    if (known?.complete) return;
    const entry = await putEntry(tx, { scope, use, source: scope === 'sandbox' ? 'sandbox' : 'person', facts, by: BY });
    if (known || !entry) return;
    await bumpRevision(tx);
    await logTrust(tx, { action: 'trusted', entry, by: BY });
  });
}
