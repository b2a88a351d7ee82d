import type { TransportSecurity } from '../../companies/mailboxes/mailbox.js';

export interface ImapAccount {
  readonly host: string;
  readonly port: number;
  readonly security: TransportSecurity;
  readonly user: string;
  readonly password: string;
  /** PEM of the server's authority when it is not a public one. */
  readonly tlsCa?: string;
}

export interface FolderState {
  readonly uidValidity: bigint;
  /** Absent where the server names none. */
  readonly uidNext?: number;
}

/** What the server says of a message without its octets. */
export interface MessageHead {
  readonly uid: number;
  /** RFC822.SIZE, octets. */
  readonly size: number;
  readonly internalDate?: Date;
}

/** Why something could not be had. `credentials`: the server refused the login itself; `refused`: it refused one command and the connection stands; `connection`: the rest. */
export class ImapFailure extends Error {
  constructor(
    readonly kind: 'credentials' | 'connection' | 'refused',
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'ImapFailure';
  }
}

/** One connection that only looks: folders are opened with EXAMINE, octets are fetched with PEEK, no flag is ever touched (pec.md 9.1). */
export interface ImapSession {
  /** True when the server pushes news (IDLE, RFC 2177). */
  readonly pushes: boolean;
  /** Opens (or opens again) a folder; the other methods are about the folder that was opened last. */
  open(folder: string): Promise<FolderState>;
  /** UIDs above this one, ascending: what the server lists at one moment. */
  above(uid: number): Promise<number[]>;
  /** What is said of these messages, as far as they still exist; ascending. The caller asks for a bounded number at once. */
  headsOf(uids: readonly number[]): Promise<MessageHead[]>;
  /** UIDs of what arrived on this day (UTC) or later, ascending. */
  since(day: Date): Promise<number[]>;
  /** UIDs of messages whose `X-Riferimento-Message-ID` holds this text; throws {@link ImapFailure} `refused` where the server does not search headers. */
  referringTo(messageId: string): Promise<number[]>;
  /** Octets as the server gives them; what no longer exists is left out. */
  fetch(uids: readonly number[]): Promise<{ readonly uid: number; readonly octets: Buffer }[]>;
  /** The header block alone. */
  header(uid: number): Promise<Buffer | undefined>;
  /**
   * Waits for news in the open folder. `changed` at once when there was news since the last {@link above}, whenever it came: none is lost while the caller was busy.
   * `quiet` after `ms`, at once when these are none; `closed` when the connection ended or the signal was aborted.
   */
  wait(ms: number, signal: AbortSignal): Promise<'changed' | 'quiet' | 'closed'>;
  close(): Promise<void>;
}

export abstract class ImapReader {
  /** Connects and logs in; throws {@link ImapFailure}. */
  abstract connect(account: ImapAccount): Promise<ImapSession>;
}
