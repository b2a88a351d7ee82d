import type { PecMessage } from '../../pec/types.js';
import type { JudgeContext, Judgement, SdiReading } from './judgement.js';
import { judgeReceipt } from './receipt.js';
import type { Reason } from './reasons.js';
import { isSdiSender, judgeEnvelope } from './sdi-notification.js';
import { reasonAgainst, suspicion } from './trust-reasons.js';

/** What has to be looked up before a message can be judged. Empty for whatever may not be believed. */
export interface JudgeKeys {
  /** Our Message-ID as a trusted receipt names it, or as an untrusted message claims. */
  readonly msgid?: string;
  /** The envelope is to be opened: it comes from SdI. */
  readonly fromSdi: boolean;
}

export function keysOf(pec: PecMessage): JudgeKeys {
  const { daticert, trust } = pec;
  if (!trust.ok || !daticert) {
    const msgid = pec.headers.riferimentoMessageId;
    return { fromSdi: false, ...(msgid === undefined ? {} : { msgid }) };
  }
  if (pec.class === 'receipt') return { fromSdi: false, ...(daticert.msgid === undefined ? {} : { msgid: daticert.msgid }) };
  return { fromSdi: pec.class === 'envelope' && isSdiSender(daticert.mittente) };
}

const BROKEN: Partial<Record<PecMessage['signature'], Reason>> = {
  absent: 'signature_absent',
  'digest-mismatch': 'signature_broken',
  invalid: 'signature_broken',
  unparsable: 'signature_unreadable',
};

/** What is not PEC at all, or wrapped by our provider because it is not: none of our business, unless it claims to be about a hand-over of ours. */
const NO_CERTIFIED_MAIL: Partial<Record<PecMessage['class'], Reason>> = { ordinary: 'ordinary_mail', inner: 'ordinary_mail', anomaly: 'anomaly_envelope' };

/**
 * What a message means: the checklist of pec.md 7.2 from step 5 on, in its order, with the verdicts of the pure rooms and what the database knows. Pure: the same input
 * gives the same judgement, whenever and however often it is asked.
 */
export function judge(pec: PecMessage, sdi: SdiReading | undefined, context: JudgeContext): Judgement {
  const outside = NO_CERTIFIED_MAIL[pec.class];
  const claimed = context.attempt ? { invoiceId: context.attempt.invoiceId } : {};
  if (outside) {
    const suspect = suspicion(pec) ?? (context.attempt ? 'claims_our_message' : undefined);
    return suspect ? { disposition: 'quarantined', reason: suspect, ...claimed } : { disposition: 'not_ours', reason: outside };
  }
  const { daticert } = pec;
  if (!pec.trust.ok || pec.signature !== 'valid' || !daticert) {
    return { disposition: 'quarantined', reason: BROKEN[pec.signature] ?? reasonAgainst(pec), ...claimed };
  }
  return pec.class === 'receipt' ? judgeReceipt(pec, daticert, context) : judgeEnvelope(pec, daticert, sdi, context);
}
