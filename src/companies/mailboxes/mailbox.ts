import type { Text } from '../../platform/http/problem.js';

export type TransportSecurity = 'tls' | 'starttls';

/** One PEC account of one company, without its passwords. */
export interface Mailbox {
  readonly id: string;
  readonly companyId: string;
  /** The account's own address: From and MAIL FROM of everything we send from it. */
  readonly address: string;
  /** Id of the preset it was made from, or `other`. */
  readonly provider: string;
  readonly smtp: { readonly host: string; readonly port: number; readonly security: TransportSecurity; readonly user: string };
  readonly imap: { readonly host: string; readonly port: number; readonly security: TransportSecurity; readonly user: string };
  /**
   * Counts the changes of IMAP host, port or user: a UIDVALIDITY says nothing about another server or account (RFC 9051, 2.3.1.1), so what was read is known by this
   * number too. The sandbox's stays: its ports may change at each start, its account never does.
   */
  readonly imapEpoch: number;
  /** Folders that are read; INBOX unless a rule of the webmail moves receipts. */
  readonly folders: readonly string[];
  /** The SdI address in force for this mailbox (sdi.md 3.1). */
  readonly sdiAddress: string;
  /** Addresses under which this mailbox's own provider signs; nobody else's receipts move an invoice (pec.md 7.2, 6). Empty: not known, and nothing is believed. */
  readonly providerSigners: readonly string[];
  readonly quotaPerHour: number;
  readonly quotaPerDay: number;
  /**
   * Seconds of silence, with the mailbox read without trouble all the while, after which a hand-over of unknown outcome counts as lost and is sent again (same name, same
   * bytes). Undefined: a person decides (pec.md 9.5).
   */
  readonly resendUnansweredAfterS?: number;
  /** Which anchors count for what arrives here. */
  readonly trust: 'public' | 'sandbox';
  /** PEM of the authority of the server's TLS certificate, when it is not a public one. */
  readonly tlsCa?: string;
  readonly enabled: boolean;
  readonly isDefault: boolean;
}

export interface MailboxPasswords {
  readonly smtp: string;
  readonly imap: string;
}

/** How one side of a mailbox fares; `stopped` after refused credentials, until a person changes them (pec.md 6). */
export interface ChannelHealth {
  readonly state: 'unknown' | 'ok' | 'failing' | 'stopped';
  readonly since?: string;
  readonly lastOkAt?: string;
  readonly error?: Text;
  /** Read side only: IDLE is open. */
  readonly idle?: boolean;
  readonly lastMessageAt?: string;
}
