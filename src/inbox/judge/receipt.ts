import { readAttachments } from '../../pec/index.js';
import type { Daticert, PecMessage, ReceiptKind } from '../../pec/types.js';
import { RECEIPT_EVENTS, receiptEvent } from './events.js';
import type { JudgeContext, Judgement } from './judgement.js';

const MAX_BEFORE_MS = 5 * 60_000;

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** Whether a receipt is about a mail that this address sent. */
export const isOfSender = ({ mittente }: Daticert, address: string): boolean => same(mittente, address);

/** Whether a receipt is about a mail to this address of SdI: the one that it speaks of alone, or any of those that it lists. */
export function isOfRecipient({ consegna, destinatari }: Daticert, sdiAddress: string): boolean {
  return (consegna === undefined ? destinatari.map(({ address }) => address) : [consegna]).some((address) => same(address, sdiAddress));
}

/** Steps 11 and 13 of pec.md 7.2 for a receipt that may be trusted. */
export function judgeReceipt(pec: PecMessage, daticert: Daticert, context: JudgeContext): Judgement {
  const { attempt, invoice, mailbox, policy, now } = context;
  const { identificativo } = daticert;
  const type = RECEIPT_EVENTS[daticert.tipo as ReceiptKind];
  if (!type) return { disposition: 'quarantined', reason: 'untrusted', identificativo };
  if (!attempt || !invoice) return { disposition: 'not_ours', reason: 'unknown_attempt', identificativo };
  const about = { invoiceId: invoice.id, identificativo };
  if (!isOfSender(daticert, mailbox.address)) return { disposition: 'quarantined', reason: 'wrong_sender', ...about };
  if (!isOfRecipient(daticert, attempt.sdiAddress)) return { disposition: 'quarantined', reason: 'wrong_recipient', ...about };
  if (attempt.identificativo !== undefined && attempt.identificativo !== identificativo) return { disposition: 'quarantined', reason: 'wrong_identificativo', ...about };
  const at = daticert.instant.getTime();
  if (at < attempt.openedAt.getTime() - MAX_BEFORE_MS || at > now.getTime() + policy.maxAheadMs) return { disposition: 'quarantined', reason: 'implausible_instant', ...about };
  if (holdsOtherFile(pec, daticert, invoice.sha256)) return { disposition: 'quarantined', reason: 'other_file', ...about };
  return {
    disposition: 'applied',
    reason: 'told',
    ...about,
    attempt: { id: attempt.id, identificativo, proves: type === 'non_accettazione' ? 'refused' : 'accepted' },
    event: receiptEvent(type, daticert, attempt.number, pec.headers.from),
  };
}

/** A complete receipt brings what was delivered (pec.md 1.6): then our file is among it, byte for byte. A brief one brings hashes, of which no state may depend (pec.md 13). */
function holdsOtherFile({ postacert }: PecMessage, { tipo, ricevuta }: Daticert, sha256: string): boolean {
  if (tipo !== 'avvenuta-consegna' || ricevuta === 'breve' || ricevuta === 'sintetica' || !postacert) return false;
  const { attachments } = readAttachments(postacert);
  return attachments.length > 0 && attachments.every((attachment) => attachment.sha256 !== sha256);
}
