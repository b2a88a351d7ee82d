import type { MailFaults } from '../faults.js';
import {
  type AppendOptions,
  type Appended,
  type Copied,
  type FlagChange,
  type FlagsChanged,
  type FolderChange,
  type FolderStatus,
  MailboxFullError,
  MailStore,
  type StoredMessage,
  type UidRange,
} from '../types.js';

/** A store in front of another that refuses or doubles appends when the faults say so (`mailbox-full`, `duplicate`). */
export class FaultyMailStore extends MailStore {
  readonly #inner: MailStore;
  readonly #faults: MailFaults;

  constructor(inner: MailStore, faults: MailFaults) {
    super();
    this.#inner = inner;
    this.#faults = faults;
  }

  override async append(account: string, folder: string, raw: Buffer, options?: AppendOptions): Promise<Appended> {
    if (this.#faults.take('mailbox-full', { account })) throw new MailboxFullError(account);
    const appended = await this.#inner.append(account, folder, raw, options);
    if (this.#faults.take('duplicate', { account })) await this.#inner.append(account, folder, raw, options);
    return appended;
  }

  override folders(account: string): Promise<string[]> {
    return this.#inner.folders(account);
  }
  override createFolder(account: string, folder: string): Promise<boolean> {
    return this.#inner.createFolder(account, folder);
  }
  override deleteFolder(account: string, folder: string): Promise<boolean> {
    return this.#inner.deleteFolder(account, folder);
  }
  override renameFolder(account: string, folder: string, to: string): Promise<boolean> {
    return this.#inner.renameFolder(account, folder, to);
  }
  override status(account: string, folder: string): Promise<FolderStatus | undefined> {
    return this.#inner.status(account, folder);
  }
  override list(account: string, folder: string, filter?: { uids?: readonly UidRange[]; changedSince?: number }): Promise<StoredMessage[]> {
    return this.#inner.list(account, folder, filter);
  }
  override read(account: string, folder: string, uids: readonly number[], part?: 'all' | 'header') {
    return this.#inner.read(account, folder, uids, part);
  }
  override setFlags(account: string, folder: string, uids: readonly number[], change: FlagChange): Promise<FlagsChanged> {
    return this.#inner.setFlags(account, folder, uids, change);
  }
  override copy(account: string, folder: string, uids: readonly number[], to: string): Promise<Copied> {
    return this.#inner.copy(account, folder, uids, to);
  }
  override move(account: string, folder: string, uids: readonly number[], to: string): Promise<Copied> {
    return this.#inner.move(account, folder, uids, to);
  }
  override expunge(account: string, folder: string, uids?: readonly number[]): Promise<number[]> {
    return this.#inner.expunge(account, folder, uids);
  }
  override bumpUidValidity(account: string, folder: string): Promise<number> {
    return this.#inner.bumpUidValidity(account, folder);
  }
  override watch(account: string, folder: string, listener: (change: FolderChange) => void): () => void {
    return this.#inner.watch(account, folder, listener);
  }
}
