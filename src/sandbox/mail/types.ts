import type { Tx } from '../../platform/database/sql.js';
import type { MailFaults } from './faults.js';

/**
 * The joints of the sandbox's mail servers: the store of messages, the SMTP server and the IMAP server.
 * They move bytes and know nothing of PEC; the provider's behaviour (`src/sandbox/provider`) stands on top.
 *
 * An account is named by a string of the provider's choice (its PEC address). A folder is named as over IMAP,
 * with `/` between the levels; `INBOX` exists for every account and is compared without regard to case.
 */

export interface AppendOptions {
  /** The instant that `INTERNALDATE` shows; now when absent. */
  readonly internalDate?: Date;
  /** Flags as over IMAP (`\\Seen`, `\\Flagged`, keywords); none when absent. */
  readonly flags?: readonly string[];
  /**
   * Append as a part of this transaction: the message is there for all others when it commits, and watchers are told
   * then. The transaction holds the folder until its end, so UIDs become visible in ascending order: keep it short, and
   * where one transaction appends to several folders, do it in one order everywhere.
   */
  readonly tx?: Tx;
}

export interface Appended {
  readonly uid: number;
  readonly uidValidity: number;
  readonly modseq: number;
}

/** What the store knows of a message without its bytes. */
export interface StoredMessage {
  readonly uid: number;
  /** Grows with every change of the folder (RFC 7162); this is the value of the message's last one. */
  readonly modseq: number;
  readonly internalDate: Date;
  /** Octets. */
  readonly size: number;
  readonly flags: readonly string[];
}

/** UIDs from `first` to `last`, both included. */
export interface UidRange {
  readonly first: number;
  readonly last: number;
}

export interface FolderStatus {
  readonly folder: string;
  readonly uidValidity: number;
  /** The next message's UID will be at least this. */
  readonly uidNext: number;
  readonly highestModseq: number;
  readonly messages: number;
  /** Messages without `\\Seen`. */
  readonly unseen: number;
  /** Sum of the messages' sizes, octets. */
  readonly size: number;
}

export interface FlagChange {
  readonly action: 'add' | 'remove' | 'replace';
  readonly flags: readonly string[];
  /** Leave alone what has changed after this modseq (RFC 7162 §3.1.3). */
  readonly unchangedSince?: number;
}

export interface FlagsChanged {
  /** The messages that now carry a new modseq, ascending by UID. */
  readonly changed: readonly StoredMessage[];
  /** UIDs that `unchangedSince` protected. */
  readonly refused: readonly number[];
}

/** Result of copy and move: where each message went. */
export interface Copied {
  /** Of the target folder. */
  readonly uidValidity: number;
  /** Source and target UIDs, ascending; what no longer exists is left out. */
  readonly pairs: readonly { readonly from: number; readonly to: number }[];
}

/** What watchers of a folder are told, after the commit. It may be told twice or late, never too early. */
export type FolderChange =
  | { readonly kind: 'appended'; readonly uids: readonly number[] }
  | { readonly kind: 'flags'; readonly uids: readonly number[] }
  | { readonly kind: 'expunged'; readonly uids: readonly number[] }
  /** All UIDs are void: renumbered under a new UIDVALIDITY, renamed or deleted. */
  | { readonly kind: 'renumbered' };

/**
 * Where the messages are. Every method is one transaction; whatever has returned survives kill -9 (in the PostgreSQL
 * implementation). Methods that name a folder throw {@link NoSuchFolderError} when it does not exist, but for `append`,
 * which creates it, and `status`, which says `undefined`. `INBOX` always exists.
 */
export abstract class MailStore {
  /** Adds one message, verbatim. Throws {@link MailboxFullError} when the account is full (a fault that the sandbox can set). */
  abstract append(account: string, folder: string, raw: Buffer, options?: AppendOptions): Promise<Appended>;

  /** Names of the account's folders, `INBOX` first. */
  abstract folders(account: string): Promise<string[]>;
  /** False: it existed. */
  abstract createFolder(account: string, folder: string): Promise<boolean>;
  /** Deletes it with its messages. False: there was none. */
  abstract deleteFolder(account: string, folder: string): Promise<boolean>;
  /** False: the new name is taken. */
  abstract renameFolder(account: string, folder: string, to: string): Promise<boolean>;
  abstract status(account: string, folder: string): Promise<FolderStatus | undefined>;

  /** Messages ascending by UID; all of them without a filter. */
  abstract list(account: string, folder: string, filter?: { uids?: readonly UidRange[]; changedSince?: number }): Promise<StoredMessage[]>;
  /**
   * The bytes of the given messages in the order asked for; what no longer exists is left out. `header` yields them up to and including the
   * empty line. Reads ahead within bounds, so a caller may walk a whole folder.
   */
  abstract read(
    account: string,
    folder: string,
    uids: readonly number[],
    part?: 'all' | 'header',
  ): AsyncIterable<{ uid: number; raw: Buffer }>;

  abstract setFlags(account: string, folder: string, uids: readonly number[], change: FlagChange): Promise<FlagsChanged>;
  abstract copy(account: string, folder: string, uids: readonly number[], to: string): Promise<Copied>;
  abstract move(account: string, folder: string, uids: readonly number[], to: string): Promise<Copied>;
  /** Removes the messages flagged `\\Deleted`, of these UIDs only when given, and returns their UIDs, ascending. */
  abstract expunge(account: string, folder: string, uids?: readonly number[]): Promise<number[]>;
  /** A new UIDVALIDITY, as after a restore or a migration; the messages keep their order and are numbered from 1. Returns the new value. */
  abstract bumpUidValidity(account: string, folder: string): Promise<number>;

  /** Calls `listener` after each change of the folder made in this process, until the returned function is called. */
  abstract watch(account: string, folder: string, listener: (change: FolderChange) => void): () => void;
}

export class NoSuchFolderError extends Error {
  constructor(readonly folder: string) {
    super('no such folder');
    this.name = 'NoSuchFolderError';
  }
}

/** The account takes no more mail: the provider answers with `errore-consegna`, IMAP with `NO [OVERQUOTA]` (RFC 9208). */
export class MailboxFullError extends Error {
  constructor(readonly account: string) {
    super('mailbox full');
    this.name = 'MailboxFullError';
  }
}

/** PEM. */
export interface TlsIdentity {
  readonly key: string;
  readonly cert: string;
}

/** Says whose credentials these are; `undefined` refuses them. The account is the name under which the store keeps the folders. */
export type Authenticate = (user: string, password: string) => Promise<MailAccount | undefined> | MailAccount | undefined;

export interface MailAccount {
  /** Key of the store. */
  readonly account: string;
  /** The address that `MAIL FROM` must carry. */
  readonly address: string;
}

export interface ServerOptions {
  readonly tls: TlsIdentity;
  readonly authenticate: Authenticate;
  readonly faults?: MailFaults;
  /** 127.0.0.1 when absent. */
  readonly host?: string;
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** `implicit` (the default): TLS from the first octet. `starttls`: plain, and nothing but STARTTLS of use until then. */
  readonly security?: 'implicit' | 'starttls';
  /** The name in the greeting; `localhost` when absent. */
  readonly name?: string;
  /** Told of what went wrong inside: connection trouble is not, an exception of ours is. Never gets credentials or content. */
  readonly onError?: (error: unknown) => void;
}

export interface SmtpServerOptions extends ServerOptions {
  /** Octets; announced as SIZE. 30 MB and what the transfer encoding adds when absent. */
  readonly maxSize?: number;
  /** Recipients of one message; 500 when absent. */
  readonly maxRecipients?: number;
  readonly onMessage: OnMessage;
}

export interface SmtpSession {
  readonly id: string;
  readonly account: string;
  readonly address: string;
}

export interface SmtpEnvelope {
  readonly from: string;
  /** As written by the client, at least one. */
  readonly to: readonly string[];
}

/**
 * Takes a message whose last octet has arrived; `raw` is what the client meant (dots unstuffed). `accept` promises that it is stored.
 * When it throws, nobody knows whether the message was taken, so the server drops the connection without a word.
 */
export type OnMessage = (session: SmtpSession, envelope: SmtpEnvelope, raw: Buffer) => Promise<SmtpReply>;

export type SmtpReply =
  /** 250. */
  | { readonly reply: 'accept'; readonly text?: string }
  /** 4xx or 5xx; `text` begins with the enhanced code (`5.7.1 ...`). */
  | { readonly reply: 'reject'; readonly code: number; readonly text: string }
  /** The connection ends without an answer. */
  | { readonly reply: 'drop' };

export interface ImapServerOptions extends ServerOptions {
  readonly store: MailStore;
}

/** A listening server. */
export interface MailServer {
  readonly port: number;
  /** Connections open now. */
  readonly connections: number;
  /** Stops listening and ends every connection. */
  close(): Promise<void>;
}
