import type { Scanner } from './scanner.js';
import type { Session } from './session.js';

export type Status = 'OK' | 'NO' | 'BAD';

/** The tagged response. */
export interface Reply {
  readonly status: Status;
  /** Without brackets (RFC 5530). */
  readonly code?: string;
  readonly text: string;
}

export const ok = (text: string, code?: string): Reply => ({ status: 'OK', text, code });
export const no = (text: string, code?: string): Reply => ({ status: 'NO', text, code });
export const bad = (text: string, code?: string): Reply => ({ status: 'BAD', text, code });

/** The states of RFC 3501 §3 in which a command may come; `login`: only before it, `account`: any time after it. */
export type When = 'any' | 'login' | 'account' | 'selected';

export interface Command {
  readonly when: When;
  /** While it runs no message may change its number (RFC 3501 §7.4.1). */
  readonly keepsNumbers?: boolean;
  /** Takes its arguments from the scanner to the end, then acts; `undefined`: it has answered. Throws {@link BadSyntaxError} for arguments that it cannot read. */
  run(session: Session, args: Scanner, call: Call): Promise<Reply | undefined>;
}

export interface Call {
  readonly tag: string;
  /** In capitals, with `UID` in front where it stood. */
  readonly name: string;
  readonly byUid: boolean;
}
