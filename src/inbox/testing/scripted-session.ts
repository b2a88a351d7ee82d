import type { FolderState, ImapSession, MessageHead } from '../imap/imap-reader.js';

export interface ScriptedMessage {
  readonly uid: number;
  readonly octets: Buffer;
  readonly internalDate?: Date;
  /** What the server claims as RFC822.SIZE; the true size when absent. */
  readonly claims?: number;
  /** How many octets each fetch in turn gives; all when exhausted. */
  readonly gives?: number[];
}

/** A folder on a server that lies as it is told. */
export class ScriptedSession implements ImapSession {
  readonly pushes = true;
  uidValidity = 1n;
  /** What the server names as UIDNEXT; one above the highest UID when absent, none when null. */
  uidNext: number | null | undefined;
  /** UIDs that SEARCH lists and FETCH does not know. */
  ghosts: number[] = [];
  readonly messages: ScriptedMessage[] = [];
  readonly fetched: number[][] = [];

  async open(): Promise<FolderState> {
    const uidNext = this.uidNext === undefined ? Math.max(0, ...this.messages.map((message) => message.uid)) + 1 : this.uidNext;
    return { uidValidity: this.uidValidity, ...(uidNext === null ? {} : { uidNext }) };
  }
  async above(uid: number): Promise<number[]> {
    return [...this.messages.map((message) => message.uid), ...this.ghosts].filter((each) => each > uid).sort((a, b) => a - b);
  }
  async headsOf(uids: readonly number[]): Promise<MessageHead[]> {
    return this.#heads(this.messages.filter((message) => uids.includes(message.uid)));
  }
  async since(day: Date): Promise<number[]> {
    return this.messages.filter((message) => (message.internalDate ?? new Date()) >= day).map((message) => message.uid).sort((a, b) => a - b);
  }
  async referringTo(messageId: string): Promise<number[]> {
    return this.messages.filter((message) => message.octets.includes(messageId)).map((message) => message.uid);
  }
  async fetch(uids: readonly number[]): Promise<{ uid: number; octets: Buffer }[]> {
    this.fetched.push([...uids]);
    return this.messages.filter((message) => uids.includes(message.uid)).map((message) => ({ uid: message.uid, octets: message.octets.subarray(0, message.gives?.shift() ?? message.octets.length) }));
  }
  async header(uid: number): Promise<Buffer | undefined> {
    const found = this.messages.find((message) => message.uid === uid);
    return found?.octets.subarray(0, found.octets.indexOf('\r\n\r\n') + 4);
  }
  async wait(): Promise<'closed'> {
    return 'closed';
  }
  async close(): Promise<void> {}

  #heads(messages: readonly ScriptedMessage[]): MessageHead[] {
    return messages.map(({ uid, octets, claims, internalDate }) => ({ uid, size: claims ?? octets.length, ...(internalDate ? { internalDate } : {}) })).sort((a, b) => a.uid - b.uid);
  }
}
