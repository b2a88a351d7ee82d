import type { MailStore, StoredMessage } from '../types.js';
import { formatFlags } from './format.js';
import { lowerBound, positionsOfNumbers, positionsOfUids, type SequenceSet } from './sequence-set.js';

/** The folder's UIDs are void (UIDVALIDITY changed, folder deleted): the session can only end. */
export class RenumberedError extends Error {}

/**
 * The selected folder as this client knows it: which message has which number. It changes only when the client is told (RFC 3501 §5.2, §7.4),
 * while the store goes on underneath.
 */
export class MailboxView {
  /** Of the selected folder, fixed while it is selected. */
  readonly uidValidity: number;
  /** When it was selected. */
  readonly uidNext: number;
  readonly #stop: () => void;
  readonly #store: MailStore;
  readonly #news: News;
  readonly #messages: Map<number, StoredMessage>;
  #uids: number[];
  #modseq: number;
  #lastRaw: { uid: number; raw: Buffer } | undefined;

  private constructor(
    store: MailStore,
    readonly account: string,
    readonly folder: string,
    readonly readOnly: boolean,
    start: { uidValidity: number; uidNext: number; modseq: number; messages: StoredMessage[]; news: News; stop: () => void },
  ) {
    this.#store = store;
    this.#news = start.news;
    this.#stop = start.stop;
    this.uidValidity = start.uidValidity;
    this.uidNext = Math.max(start.uidNext, (start.messages.at(-1)?.uid ?? 0) + 1);
    this.#uids = start.messages.map((message) => message.uid);
    this.#messages = new Map(start.messages.map((message) => [message.uid, message]));
    this.#modseq = start.messages.reduce((max, message) => Math.max(max, message.modseq), start.modseq);
  }

  /** `undefined` when there is no such folder. Watches before it looks, so that nothing falls between. */
  static async open(store: MailStore, account: string, folder: string, readOnly: boolean): Promise<MailboxView | undefined> {
    const news = new News();
    const stop = store.watch(account, folder, (change) => news.hear(change));
    try {
      const status = await store.status(account, folder);
      if (status) {
        const messages = await store.list(account, folder);
        const start = { uidValidity: status.uidValidity, uidNext: status.uidNext, modseq: status.highestModseq, messages, news, stop };
        return new MailboxView(store, account, status.folder, readOnly, start);
      }
    } catch (error) {
      stop();
      throw error;
    }
    stop();
    return undefined;
  }

  close(): void {
    this.#stop();
  }

  get count(): number {
    return this.#uids.length;
  }

  get uids(): readonly number[] {
    return this.#uids;
  }

  /** The highest modseq that the client has been told of. */
  get highestModseq(): number {
    return this.#modseq;
  }

  message(uid: number): StoredMessage | undefined {
    return this.#messages.get(uid);
  }

  /** The message's sequence number. */
  numberOf(uid: number): number {
    return lowerBound(this.#uids, uid) + 1;
  }

  /** UIDs that the set names, ascending; `undefined`: a number beyond the last message. */
  resolve(set: SequenceSet, byUid: boolean): number[] | undefined {
    const positions = byUid ? positionsOfUids(set, this.#uids) : positionsOfNumbers(set, this.#uids.length);
    return positions?.map((position) => this.#uids[position] ?? 0);
  }

  /** What the client is being told of these messages otherwise, so that {@link sync} need not. */
  learn(messages: readonly StoredMessage[]): void {
    for (const message of messages) if (this.#messages.has(message.uid)) this.#messages.set(message.uid, message);
  }

  /** The message's octets; the last one read is kept, because clients read a big message in slices. */
  async raw(uid: number): Promise<Buffer | undefined> {
    if (this.#lastRaw?.uid === uid) return this.#lastRaw.raw;
    for await (const message of this.#store.read(this.account, this.folder, [uid])) {
      this.#lastRaw = message;
      return message.raw;
    }
    return undefined;
  }

  /** Calls `listener` at the next news. */
  onNews(listener: (() => void) | undefined): void {
    this.#news.listener = listener;
  }

  get hasNews(): boolean {
    return this.#news.dirty || this.#news.expunged.size > 0 || this.#news.renumbered;
  }

  /** Look for new and changed messages at the next {@link sync} even when nobody told of any: another process may have written. */
  refresh(): void {
    this.#news.dirty = true;
  }

  /**
   * The untagged responses that bring the client up to date. Without `expunges` no message changes its number. Throws
   * {@link RenumberedError}.
   */
  async sync(expunges: boolean, withModseq: boolean): Promise<string[]> {
    if (this.#news.renumbered) throw new RenumberedError();
    const lines = expunges ? this.#takeExpunged() : [];
    if (!this.#news.dirty) return lines;
    this.#news.dirty = false;
    const changed = await this.#store.list(this.account, this.folder, { changedSince: this.#modseq });
    if (this.#news.renumbered) throw new RenumberedError();
    const before = this.#uids.length;
    for (const message of changed) {
      this.#modseq = Math.max(this.#modseq, message.modseq);
      const known = this.#messages.get(message.uid);
      this.#messages.set(message.uid, message);
      if (!known) this.#uids.push(message.uid);
      else if (known.modseq < message.modseq) lines.push(this.formatFlags(message, withModseq));
    }
    if (this.#uids.length > before) lines.push(`* ${this.#uids.length} EXISTS\r\n`, '* 0 RECENT\r\n');
    return lines;
  }

  /** An unsolicited FETCH; with the UID, so that the client need not count. */
  formatFlags(message: StoredMessage, withModseq: boolean): string {
    const modseq = withModseq ? ` MODSEQ (${message.modseq})` : '';
    return `* ${this.numberOf(message.uid)} FETCH (UID ${message.uid} FLAGS ${formatFlags(message.flags)}${modseq})\r\n`;
  }

  /** From the last to the first, so that each number is right when it is read. */
  #takeExpunged(): string[] {
    const { expunged } = this.#news;
    if (expunged.size === 0) return [];
    const lines: string[] = [];
    for (let position = this.#uids.length - 1; position >= 0; position -= 1) {
      if (expunged.has(this.#uids[position] ?? 0)) lines.push(`* ${position + 1} EXPUNGE\r\n`);
    }
    this.#uids = this.#uids.filter((uid) => !expunged.has(uid));
    for (const uid of expunged) this.#messages.delete(uid);
    // Those that were never shown are gone before they are looked for.
    this.#news.expunged = new Set();
    return lines;
  }
}

/** What the store has told and the client does not know yet. */
class News {
  dirty = false;
  renumbered = false;
  expunged = new Set<number>();
  listener: (() => void) | undefined;

  hear(change: { readonly kind: string; readonly uids?: readonly number[] }): void {
    if (change.kind === 'expunged') for (const uid of change.uids ?? []) this.expunged.add(uid);
    else if (change.kind === 'renumbered') this.renumbered = true;
    else this.dirty = true;
    this.listener?.();
  }
}
