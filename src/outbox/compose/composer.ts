/** What one PEC message to SdI is made of (pec.md 9.6). */
export interface InvoiceMail {
  readonly from: string;
  readonly to: string;
  /** Without angle brackets. */
  readonly messageId: string;
  readonly fileName: string;
  readonly content: Buffer;
  readonly date: Date;
}

/** Makes the exact octets that are stored and sent. */
export abstract class Composer {
  abstract compose(mail: InvoiceMail): Buffer;
}
