import type { SdiAttachment, SdiMessage } from '../../sdi/messages/index.js';
import type { ReceivedReading } from '../reading/reading.js';

/** What one mail of SdI brought of a supplier's invoice: MT, the file, or one of them without the other. */
export interface ReceivedDelivery {
  /** MT. */
  readonly message?: SdiMessage;
  /** MT's own octets. */
  readonly messageFile?: SdiAttachment;
  readonly invoiceFile?: SdiAttachment;
  /** Whether the file has the SHA-256 that MT states; absent when it states none. */
  readonly hashMatches?: boolean;
}

/** Octets with their name in the evidence store. */
export interface Stored {
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** A delivery that was read, ready to be written down. */
export interface PreparedDelivery {
  readonly message?: SdiMessage;
  /** As MT names it, else as the attachment was called. */
  readonly fileName: string;
  readonly metadata?: Stored;
  readonly file?: Stored;
  readonly xml?: Stored;
  readonly hashMatches?: boolean;
  /** Of the file; absent when there is none. */
  readonly reading?: ReceivedReading;
  /** What the file and MT say of each other. */
  readonly findings: ReceivedReading['findings'];
}

/** Where and when a delivery arrived. */
export interface ReceivedArrival {
  readonly companyId: string;
  readonly mailboxId: string;
  /** The mail's entry in the ledger. */
  readonly messageId: string;
  readonly mailSha256: string;
  /** When it was delivered to us, as the envelope's `daticert.xml` says. */
  readonly deliveredAt: Date;
  /** The `sdiNN` address that it came from: where an answer would go. */
  readonly sdiAddress: string;
  /** The invoice of ours that came back, when it is one (sdi.md 6, point 8). */
  readonly sentInvoiceId?: string;
}

/**
 * `first`: a new invoice. `repeated`: the same again. `completing`: brought the file that an earlier one lacked. `other_bytes`: another file under the same IdentificativoSdI,
 * kept beside the first.
 */
export type DeliveryKind = 'first' | 'repeated' | 'completing' | 'other_bytes';

export interface Taken {
  readonly receivedInvoiceId: string;
  readonly kind: DeliveryKind;
  /** The very mail was taken before: nothing was added. */
  readonly again: boolean;
}
