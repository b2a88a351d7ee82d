/** How far the dialogue with the provider's server came; each stage includes waiting for its answer. */
export const STAGES = ['connect', 'tls', 'auth', 'mail', 'rcpt', 'data', 'final-dot', 'answered'] as const;
export type Stage = (typeof STAGES)[number];

/**
 * `open`: the hand-over is under way, or its process died; `accepted`: 250 after the final dot; `refused`: definitely not taken; `deferred`: definitely not
 * taken, to be tried again with the same octets; `unknown`: the last octets left and no answer came.
 */
export type AttemptState = 'open' | 'accepted' | 'refused' | 'deferred' | 'unknown';

/** One hand-over of one invoice in one PEC message. */
export interface Attempt {
  readonly id: string;
  readonly invoiceId: string;
  readonly companyId: string;
  readonly mailboxId: string;
  /** From 1 within the invoice. */
  readonly number: number;
  /** Ours, without angle brackets. */
  readonly messageId: string;
  readonly sdiAddress: string;
  readonly mimeSha256: string;
  readonly state: AttemptState;
  readonly stage?: Stage;
  readonly smtpCode?: number;
  readonly smtpResponse?: string;
  /** The provider's id of the message, learnt from the first receipt; without angle brackets. */
  readonly identificativo?: string;
  readonly tries: number;
  readonly openedAt: Date;
  readonly settledAt?: Date;
  readonly resendRequestedAt?: Date;
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A UUID's 128 bits in 26 letters of Crockford's base 32: short, without case, and safe in a Message-ID. */
export function shortId(uuid: string): string {
  let bits = BigInt(`0x${uuid.replaceAll('-', '')}`);
  let text = '';
  for (let index = 0; index < 26; index += 1) {
    text = `${CROCKFORD[Number(bits & 31n)] ?? ''}${text}`;
    bits >>= 5n;
  }
  return text;
}

/** Our Message-ID of an attempt, without brackets (pec.md 1.5: unique per attempt, letters that no provider alters, our own PEC domain). */
export function attemptMessageId(invoiceId: string, number: number, mailboxAddress: string): string {
  const domain = mailboxAddress.slice(mailboxAddress.lastIndexOf('@') + 1).toLowerCase();
  return `inv.${shortId(invoiceId)}.a${number}@${domain}`;
}
