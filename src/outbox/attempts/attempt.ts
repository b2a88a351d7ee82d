import { randomBytes } from 'node:crypto';

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
/** Letters of Crockford's base 32 that hold 64 bits: short, without case, and safe in a Message-ID. */
const HALF = 13;

function letters(bits: bigint): string {
  let rest = bits;
  let text = '';
  for (let index = 0; index < HALF; index += 1) {
    text = `${CROCKFORD[Number(rest & 31n)] ?? ''}${text}`;
    rest >>= 5n;
  }
  return text;
}

/**
 * A new Message-ID of ours for an attempt, without brackets (pec.md 1.5: unique per attempt, letters that no provider alters, our own PEC domain). The second half of the
 * invoice's id leads a person from the mailbox to the invoice; 64 random bits keep whoever knows the invoice from naming the message before it is sent.
 */
export function attemptMessageId(invoiceId: string, number: number, mailboxAddress: string): string {
  const domain = mailboxAddress.slice(mailboxAddress.lastIndexOf('@') + 1).toLowerCase();
  const invoice = BigInt(`0x${invoiceId.replaceAll('-', '').slice(-16)}`);
  return `inv.${letters(invoice)}${letters(randomBytes(8).readBigUInt64BE())}.a${number}@${domain}`;
}
