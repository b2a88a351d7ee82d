import type { InvoiceRef } from '../../invoices/invoices.js';
import type { Attempt } from '../../outbox/attempts/attempt.js';
import type { Text } from '../../platform/index.js';
import { referenceOf } from '../judge/events.js';
import { baseName } from '../../fatturapa/index.js';
import { isOfRecipient, isOfSender } from '../judge/receipt.js';
import { isBeforeInvoice, statesOtherHash } from '../judge/sdi-notification.js';
import type { Claim } from '../opening/claims.js';

/** What speaks against vouching for a claim on this invoice: not forbidden, but a person must say that it is meant. */
export const DOUBTS = {
  simulation: { it: 'È un messaggio di simulazione del SdI.', en: 'It is a simulation message of SdI.' },
  other_hash: { it: 'L’hash nel messaggio è quello di un altro file.', en: 'The hash in the message is that of another file.' },
  other_file: { it: 'Il messaggio nomina un altro file.', en: 'The message names another file.' },
  other_invoice: { it: 'Il messaggio nomina l’invio di un’altra fattura.', en: 'The message names the hand-over of another invoice.' },
  unknown_hand_over: { it: 'La ricevuta non nomina nessun invio di questa casella.', en: 'The receipt names no hand-over of this mailbox.' },
  other_sender: { it: 'La ricevuta è di un messaggio inviato da un altro indirizzo.', en: 'The receipt is about a mail that another address sent.' },
  other_recipient: { it: 'La ricevuta è di un messaggio inviato a un altro indirizzo.', en: 'The receipt is about a mail to another address.' },
  other_identificativo: { it: 'Il gestore ha dato a questo invio un altro identificativo.', en: 'The provider gave that hand-over another identificativo.' },
  other_flow: { it: 'Il messaggio è dell’altro flusso (privati o PA).', en: 'The message belongs to the other flow (private or PA).' },
  implausible_instant: { it: 'L’istante dichiarato è nel futuro, o prima della fattura.', en: 'The stated instant lies in the future, or before the invoice.' },
  other_document: { it: 'Il messaggio nomina una fattura che non è nel file.', en: 'The message names an invoice that is not in the file.' },
} as const satisfies Readonly<Record<string, Text>>;

export type Doubt = keyof typeof DOUBTS;

export interface Doubtful {
  readonly claim: Claim;
  readonly invoice: Pick<InvoiceRef, 'id' | 'sha256' | 'flow' | 'baseName'>;
  /** It bears the mark of SdI's simulation, in a mailbox where that counts. */
  readonly simulated: boolean;
  /** The invoice to whose hand-over the message's own ids lead, if they lead to one. */
  readonly named: string | undefined;
  /** Address of the mailbox in which the message arrived. */
  readonly address: string;
  /** The hand-over of that mailbox that the message names. */
  readonly attempt: Pick<Attempt, 'messageId' | 'identificativo'> | undefined;
  /** To which address of SdI the invoice was handed over: by the hand-over that the message names, else by the latest one. */
  readonly sdiAddress: string | undefined;
  /** Positions that the message's reference to a document means in this invoice. */
  readonly documents: readonly number[] | undefined;
  /** The instant that the event would state, and the latest that is plausible. */
  readonly at: Date;
  readonly latest: Date;
  /** It may lie this long before we had the invoice, in milliseconds. */
  readonly maxBeforeMs: number;
}

/** When each holds. */
const HOLDS: Readonly<Record<Doubt, (about: Doubtful) => boolean>> = {
  simulation: ({ claim, simulated }) => claim.kind === 'notification' && simulated,
  other_hash: ({ claim, invoice }) => claim.kind === 'notification' && statesOtherHash(claim.message, invoice.sha256),
  other_file: ({ claim, invoice }) => claim.kind === 'notification' && claim.message.nomeFile !== '' && baseName(claim.message.nomeFile) !== invoice.baseName,
  other_invoice: ({ invoice, named }) => named !== undefined && named !== invoice.id,
  unknown_hand_over: ({ claim, attempt }) => claim.kind === 'receipt' && (!attempt || (claim.daticert.msgid !== undefined && claim.daticert.msgid !== attempt.messageId)),
  other_sender: ({ claim, address }) => claim.kind === 'receipt' && !isOfSender(claim.daticert, address),
  other_recipient: ({ claim, sdiAddress }) => claim.kind === 'receipt' && sdiAddress !== undefined && !isOfRecipient(claim.daticert, sdiAddress),
  other_identificativo: ({ claim, attempt }) => claim.kind === 'receipt' && attempt?.identificativo !== undefined && attempt.identificativo !== claim.daticert.identificativo,
  other_flow: ({ claim, invoice }) => claim.kind === 'notification' && claim.message.family !== invoice.flow && claim.message.code !== 'NS',
  implausible_instant: ({ at, latest, maxBeforeMs, invoice }) => at > latest || isBeforeInvoice(at, invoice.id, maxBeforeMs),
  other_document: ({ claim, documents }) => claim.kind === 'notification' && referenceOf(claim.message) !== undefined && (documents ?? []).length === 0,
};

/** Everything that speaks against it. Pure. */
export function doubtsOf(about: Doubtful): Doubt[] {
  return (Object.keys(DOUBTS) as Doubt[]).filter((doubt) => HOLDS[doubt](about));
}
