import type { TransportSecurity } from '../../companies/mailboxes/mailbox.js';
import type { Dialogue } from '../lane/settle.js';

export interface SmtpAccount {
  readonly host: string;
  readonly port: number;
  readonly security: TransportSecurity;
  readonly user: string;
  readonly password: string;
  /** PEM of the server's authority when it is not a public one; the public ones count besides. */
  readonly tlsCa?: string;
}

export interface HandOver {
  /** MAIL FROM, equal to the header From (pec.md 1.2). */
  readonly from: string;
  /** The one recipient. */
  readonly to: string;
  /** The whole message, CRLF lines, sent verbatim (dots stuffed by the protocol only). */
  readonly octets: Buffer;
  /** Called once, just before the last octets leave: the last moment at which the message is certainly not submitted. False keeps them back. */
  beforeLastOctets(): Promise<boolean>;
}

export type HandOverResult = (Dialogue & { readonly transcript: string }) | { readonly withheld: true; readonly transcript: string };

/** An account's one connection, opened when first needed and kept for the next message. One hand-over at a time. */
export interface SmtpSession {
  /** Never rejects: whatever happens is a result. */
  handOver(message: HandOver): Promise<HandOverResult>;
  /** True while a connection stands. */
  readonly connected: boolean;
  close(): void;
}

/** Submission of mail (RFC 6409) such that the stage of a failure is known exactly. */
export abstract class SmtpClient {
  abstract session(account: SmtpAccount): SmtpSession;
}
