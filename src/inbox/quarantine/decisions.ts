import type { Tx } from '../../platform/index.js';
import { type Reason, reasonText } from '../judge/reasons.js';
import type { Disposition } from '../ledger/ledger.js';
import type { Stand } from './acts.js';

/** Writes what a person decided into the ledger. The caller holds the lock on the entry. */
export async function writeDecision(
  tx: Tx,
  messageId: string,
  decision: { readonly disposition: Disposition; readonly reason: Reason; readonly invoiceId?: string | undefined; readonly attemptId?: string | undefined },
): Promise<Stand> {
  await tx.query('UPDATE messages SET disposition = $2, reason = $3, reason_text = $4, invoice_id = $5, attempt_id = coalesce($6, attempt_id) WHERE id = $1', [
    messageId,
    decision.disposition,
    decision.reason,
    JSON.stringify(reasonText(decision.reason)),
    decision.invoiceId ?? null,
    decision.attemptId ?? null,
  ]);
  return { disposition: decision.disposition, reason: decision.reason };
}

/** Of these there are no octets to judge: only the reason that they had can come back. */
const UNJUDGEABLE: readonly Reason[] = ['too_large', 'unfetchable'];

export function unjudgeable(reason: string | null | undefined): Reason | undefined {
  return UNJUDGEABLE.find((one) => one === reason);
}

/** Takes a person's "not ours" back where there is nothing to judge: the message is held again for the reason that it had. */
export async function holdAgain(tx: Tx, messageId: string, reason: Reason): Promise<Stand> {
  await tx.query(`UPDATE messages SET disposition = 'quarantined', reason = $2, reason_text = $3 WHERE id = $1`, [messageId, reason, JSON.stringify(reasonText(reason))]);
  return { disposition: 'quarantined', reason };
}
