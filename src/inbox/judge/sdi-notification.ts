import { baseName } from '../../fatturapa/index.js';
import type { Daticert, PecMessage } from '../../pec/types.js';
import type { EventType } from '../../sdi/lifecycle/types.js';
import type { SdiMessage } from '../../sdi/messages/types.js';
import { NOTIFICATION_EVENTS, notificationEvent, referenceOf } from './events.js';
import type { JudgeContext, Judgement, SdiReading } from './judgement.js';
import type { Reason } from './reasons.js';
import { isMarkedSimulation } from './simulation.js';

/** `^sdi\d{2}@pec\.fatturapa\.it$` without case (sdi.md 3.1); exact ASCII, so look-alikes do not pass. */
const SDI_ADDRESS = /^sdi[0-9]{2}@pec\.fatturapa\.it$/i;

/** What stands against a notification by what SdI's own signature on it is worth (sdi.md 4.6). */
const SIGNATURE_FAULT: Readonly<Record<SdiMessage['signature']['verdict'], Reason | undefined>> = {
  valid: undefined,
  intact: 'sdi_issuer_unknown',
  revoked: 'sdi_signer_revoked',
  invalid: 'sdi_signature_invalid',
  absent: 'sdi_signature_absent',
};

/** What SdI's message cannot be read for, by what the reader found. */
const NO_MESSAGE = { none: 'sdi_no_message', unreadable: 'sdi_message_unreadable', several: 'sdi_several_messages' } as const satisfies Readonly<Record<string, Reason>>;

export const isSdiSender = (address: string): boolean => SDI_ADDRESS.test(address.trim());

/** Step 12 of pec.md 7.2 and the matching of sdi.md 5.4, for an envelope that may be trusted. */
export function judgeEnvelope(pec: PecMessage, daticert: Daticert, sdi: SdiReading | undefined, context: JudgeContext): Judgement {
  if (!isSdiSender(daticert.mittente)) return { disposition: 'not_ours', reason: 'other_certified_mail' };
  const { policy, mailbox } = context;
  const quarantined = (reason: Reason, more: Partial<Judgement> = {}): Judgement => ({ disposition: 'quarantined', reason, ...more });
  const signer = pec.headers.from;
  if (signer === undefined || !policy.sdiProvider.includes(signer)) return quarantined('sdi_wrong_signer');
  if (!daticert.destinatari.some(({ address }) => address.trim().toLowerCase() === mailbox.address.toLowerCase())) return quarantined('sdi_not_for_us');
  const simulated = !policy.simulations && isMarkedSimulation(pec, sdi?.ok ? sdi.message : undefined);
  if (!sdi?.ok) {
    if (!sdi?.invoiceFile) return quarantined(NO_MESSAGE[sdi?.code ?? 'none']);
    return simulated ? quarantined('sdi_simulation') : { disposition: 'received_invoice', reason: 'supplier_invoice_bare' };
  }
  const { message } = sdi;
  const about: Partial<Judgement> = { identificativoSdi: message.identificativoSdi };
  if (message.code === 'MT') return simulated ? quarantined('sdi_simulation', about) : { disposition: 'received_invoice', reason: 'supplier_invoice', ...about };
  const fault = SIGNATURE_FAULT[message.signature.verdict];
  if (fault) return quarantined(fault, about);
  const type = NOTIFICATION_EVENTS[message.code];
  if (!type) return { disposition: 'not_ours', reason: 'not_for_senders', ...about };
  if (simulated) return quarantined('sdi_simulation', about);
  return judgeMatched(type, pec, daticert, message, context, about);
}

/** When an id was given out: its first 48 bits are milliseconds (RFC 9562, 5.7). */
const timeOfId = (id: string): number => parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

/** Whether an instant lies before we had the invoice, when nobody could speak of it; clocks may differ by so many milliseconds. */
export const isBeforeInvoice = (at: Date, invoiceId: string, toleranceMs: number): boolean => at.getTime() < timeOfId(invoiceId) - toleranceMs;

function judgeMatched(type: EventType, pec: PecMessage, daticert: Daticert, message: SdiMessage, context: JudgeContext, about: Partial<Judgement>): Judgement {
  const { invoice, policy, now } = context;
  if (!invoice) return { disposition: 'not_ours', reason: 'unknown_file', ...about };
  const found = { ...about, invoiceId: invoice.id };
  const quarantined = (reason: Reason): Judgement => ({ disposition: 'quarantined', reason, ...found });
  // Its marks name one file: ours by all of them or by none.
  if (baseName(message.nomeFile) !== invoice.baseName || (context.attempt && context.attempt.invoiceId !== invoice.id)) return quarantined('sdi_other_file');
  if (statesOtherHash(message, invoice.sha256)) return quarantined('sdi_hash_mismatch');
  // A file too broken for its format to be known may get its rejection from either family (sdi.md 4.1).
  if (message.family !== invoice.flow && message.code !== 'NS') return quarantined('sdi_wrong_family');
  // Whoever signs of a time before the invoice has an old key and a clock turned back.
  if (isBeforeInvoice(daticert.instant, invoice.id, policy.maxBeforeMs) || daticert.instant.getTime() > now.getTime() + policy.maxAheadMs) return quarantined('implausible_instant');
  if (referenceOf(message) && (context.documents ?? []).length === 0) return quarantined('sdi_unknown_document');
  const told = daticert.instant.toISOString();
  return {
    disposition: 'applied',
    reason: 'told',
    ...found,
    ...(context.attempt ? { attempt: { id: context.attempt.id, proves: 'accepted' as const } } : {}),
    sdiAddress: daticert.mittente.trim().toLowerCase(),
    event: notificationEvent(type, message, { told, matchedBy: context.matchedBy, documents: context.documents, signedPartSha256: pec.signedPartSha256, signer: pec.headers.from }),
  };
}

/** Only a whole SHA-256 in hex speaks against a message: real ones come without a hash or with an empty one (sdi.md 4.5). */
export function statesOtherHash({ hash, hashFileOriginale }: SdiMessage, sha256: string): boolean {
  const stated = (hash ?? hashFileOriginale ?? '').trim().toLowerCase();
  return /^[0-9a-f]{64}$/.test(stated) && stated !== sha256;
}
