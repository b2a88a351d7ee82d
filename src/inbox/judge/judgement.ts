import type { Mailbox } from '../../companies/mailboxes/mailbox.js';
import type { InvoiceKeys, InvoiceRef } from '../../invoices/invoices.js';
import type { NewTimelineEvent } from '../../invoices/timeline/timeline.js';
import type { Attempt } from '../../outbox/attempts/attempt.js';
import type { SdiAttachment, SdiDelivery, SdiRefusal } from '../../sdi/messages/read-attachments.js';
import type { Disposition } from '../ledger/ledger.js';
import type { Policy } from './policies.js';
import type { Reason } from './reasons.js';

/** What was found in an envelope of SdI: its message and, with MT and AT, the invoice file; or that there is no message, perhaps beside an invoice. */
export type SdiReading = ({ readonly ok: true } & Pick<SdiDelivery, 'message'> & Partial<SdiDelivery>) | { readonly ok: false; readonly code?: SdiRefusal; readonly reason: string; readonly invoiceFile?: SdiAttachment };

/** By what an SdI message was tied to an invoice (sdi.md 5.4). */
export type MatchedBy = keyof InvoiceKeys | 'pecMessageId';

/** What the database knows that judging needs; looked up beforehand by the keys that the message names. */
export interface JudgeContext {
  readonly mailbox: Pick<Mailbox, 'address' | 'sdiAddress'>;
  readonly policy: Policy;
  readonly now: Date;
  /** The attempt whose Message-ID the message names, of this mailbox. */
  readonly attempt?: Attempt;
  /** The invoice of that attempt, or the one that SdI's keys lead to. */
  readonly invoice?: InvoiceRef;
  readonly matchedBy?: MatchedBy;
  /** Positions of the documents that `RiferimentoFattura` names in the matched invoice. */
  readonly documents?: readonly number[];
}

/** An event before it is known where it is stored. */
export type JudgedEvent = Omit<NewTimelineEvent, 'evidenceSha256' | 'messageId'>;

/** What a message means. `applied` becomes `duplicate` when its event was there already. */
export interface Judgement {
  readonly disposition: Exclude<Disposition, 'waiting' | 'duplicate'>;
  readonly reason: Reason;
  readonly event?: JudgedEvent;
  readonly invoiceId?: string;
  readonly attempt?: {
    readonly id: string;
    readonly identificativo?: string;
    /** What a receipt proves of the hand-over. */
    readonly proves?: 'accepted' | 'refused';
  };
  readonly identificativo?: string;
  readonly identificativoSdi?: string;
  /** SdI's address to be used from now on (sdi.md 3.1). */
  readonly sdiAddress?: string;
}
