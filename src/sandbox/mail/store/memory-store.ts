import {
  type AppendOptions,
  type Appended,
  type Copied,
  type FlagChange,
  type FlagsChanged,
  type FolderChange,
  type FolderStatus,
  MailStore,
  NoSuchFolderError,
  type StoredMessage,
  type UidRange,
} from '../types.js';
import { canonicalFlags, changeFlags, hasFlag } from './flags.js';
import { headerSize } from './header-size.js';
import { canonicalFolder } from './names.js';
import { inRanges } from './ranges.js';
import { Watchers } from './watchers.js';

interface Kept extends StoredMessage {
  readonly raw: Buffer;
}

interface Folder {
  uidValidity: number;
  uidNext: number;
  modseq: number;
  messages: Map<number, Kept>;
}

const metadata = ({ raw: _raw, ...message }: Kept): StoredMessage => message;

/**
 * A mail store that forgets with the process: for tests. An append within a transaction takes its UID at once and shows at the commit, so
 * unlike in the database two transactions may show their UIDs out of order.
 */
export class MemoryMailStore extends MailStore {
  readonly #accounts = new Map<string, Map<string, Folder>>();
  readonly #watchers = new Watchers();
  #lastUidValidity = 1_764_000_000;

  override async append(account: string, name: string, raw: Buffer, options: AppendOptions = {}): Promise<Appended> {
    const folderName = canonicalFolder(name);
    await this.createFolder(account, folderName);
    const folder = this.#folder(account, folderName);
    const message: Kept = {
      uid: folder.uidNext++,
      modseq: ++folder.modseq,
      internalDate: options.internalDate ?? new Date(),
      size: raw.length,
      flags: canonicalFlags(options.flags ?? []),
      raw: Buffer.from(raw),
    };
    const show = (): void => {
      folder.messages.set(message.uid, message);
      this.#watchers.tell(account, folderName, { kind: 'appended', uids: [message.uid] });
    };
    if (options.tx) options.tx.afterCommit(show);
    else show();
    return { uid: message.uid, uidValidity: folder.uidValidity, modseq: message.modseq };
  }

  override async folders(account: string): Promise<string[]> {
    const names = [...this.#foldersOf(account).keys()].filter((name) => name !== 'INBOX');
    return ['INBOX', ...names.sort()];
  }

  override async createFolder(account: string, name: string): Promise<boolean> {
    const folders = this.#foldersOf(account);
    if (folders.has(canonicalFolder(name))) return false;
    folders.set(canonicalFolder(name), this.#newFolder());
    return true;
  }

  override async deleteFolder(account: string, name: string): Promise<boolean> {
    const deleted = this.#foldersOf(account).delete(canonicalFolder(name));
    if (deleted) this.#watchers.tell(account, canonicalFolder(name), { kind: 'renumbered' });
    return deleted;
  }

  override async renameFolder(account: string, name: string, to: string): Promise<boolean> {
    const folder = this.#folder(account, name);
    const folders = this.#foldersOf(account);
    if (folders.has(canonicalFolder(to))) return false;
    folders.delete(canonicalFolder(name));
    folders.set(canonicalFolder(to), { ...folder, uidValidity: ++this.#lastUidValidity });
    this.#watchers.tell(account, canonicalFolder(name), { kind: 'renumbered' });
    return true;
  }

  override async status(account: string, name: string): Promise<FolderStatus | undefined> {
    const folder = this.#foldersOf(account).get(canonicalFolder(name));
    if (!folder) return undefined;
    const messages = [...folder.messages.values()];
    return {
      folder: canonicalFolder(name),
      uidValidity: folder.uidValidity,
      uidNext: folder.uidNext,
      highestModseq: folder.modseq,
      messages: messages.length,
      unseen: messages.filter((message) => !hasFlag(message.flags, '\\Seen')).length,
      size: messages.reduce((sum, message) => sum + message.size, 0),
    };
  }

  override async list(
    account: string,
    name: string,
    filter: { uids?: readonly UidRange[]; changedSince?: number } = {},
  ): Promise<StoredMessage[]> {
    const { uids, changedSince = 0 } = filter;
    return [...this.#folder(account, name).messages.values()]
      .filter((message) => message.modseq > changedSince && (!uids || inRanges(uids, message.uid)))
      .sort((a, b) => a.uid - b.uid)
      .map(metadata);
  }

  override async *read(account: string, name: string, uids: readonly number[], part: 'all' | 'header' = 'all') {
    const { messages } = this.#folder(account, name);
    for (const uid of uids) {
      const raw = messages.get(uid)?.raw;
      if (raw) yield { uid, raw: part === 'header' ? raw.subarray(0, headerSize(raw)) : raw };
    }
  }

  override async setFlags(account: string, name: string, uids: readonly number[], change: FlagChange): Promise<FlagsChanged> {
    const folder = this.#folder(account, name);
    const changed: StoredMessage[] = [];
    const refused: number[] = [];
    for (const message of present(folder, uids)) {
      if (change.unchangedSince !== undefined && message.modseq > change.unchangedSince) refused.push(message.uid);
      else {
        const flags = changeFlags(message.flags, change);
        if (!flags) continue;
        const after = { ...message, flags, modseq: folder.modseq + 1 };
        folder.messages.set(message.uid, after);
        changed.push(metadata(after));
      }
    }
    if (changed.length > 0) {
      folder.modseq += 1;
      this.#tell(account, name, { kind: 'flags', uids: changed.map((message) => message.uid) });
    }
    return { changed, refused };
  }

  override async copy(account: string, name: string, uids: readonly number[], to: string): Promise<Copied> {
    const source = this.#folder(account, name);
    const target = this.#folder(account, to);
    const messages = present(source, uids);
    if (messages.length > 0) target.modseq += 1;
    const pairs = messages.map((message) => ({ from: message.uid, to: target.uidNext++ }));
    messages.forEach((message, index) => {
      const uid = pairs[index]?.to ?? 0;
      target.messages.set(uid, { ...message, uid, modseq: target.modseq });
    });
    if (pairs.length > 0) this.#tell(account, to, { kind: 'appended', uids: pairs.map((pair) => pair.to) });
    return { uidValidity: target.uidValidity, pairs };
  }

  override async move(account: string, name: string, uids: readonly number[], to: string): Promise<Copied> {
    const copied = await this.copy(account, name, uids, to);
    this.#remove(
      account,
      name,
      copied.pairs.map((pair) => pair.from),
    );
    return copied;
  }

  override async expunge(account: string, name: string, uids?: readonly number[]): Promise<number[]> {
    const only = uids && new Set(uids);
    const folder = this.#folder(account, name);
    const gone = [...folder.messages.values()]
      .filter((message) => hasFlag(message.flags, '\\Deleted') && (!only || only.has(message.uid)))
      .map((message) => message.uid)
      .sort((a, b) => a - b);
    this.#remove(account, name, gone);
    return gone;
  }

  override async bumpUidValidity(account: string, name: string): Promise<number> {
    const folder = this.#folder(account, name);
    const messages = [...folder.messages.values()].sort((a, b) => a.uid - b.uid);
    folder.uidValidity = ++this.#lastUidValidity;
    folder.modseq += 1;
    folder.messages = new Map(messages.map((message, index) => [index + 1, { ...message, uid: index + 1, modseq: folder.modseq }]));
    folder.uidNext = messages.length + 1;
    this.#tell(account, name, { kind: 'renumbered' });
    return folder.uidValidity;
  }

  override watch(account: string, folder: string, listener: (change: FolderChange) => void): () => void {
    return this.#watchers.watch(account, canonicalFolder(folder), listener);
  }

  #foldersOf(account: string): Map<string, Folder> {
    let folders = this.#accounts.get(account);
    if (!folders) {
      folders = new Map([['INBOX', this.#newFolder()]]);
      this.#accounts.set(account, folders);
    }
    return folders;
  }

  #newFolder(): Folder {
    return { uidValidity: ++this.#lastUidValidity, uidNext: 1, modseq: 1, messages: new Map() };
  }

  #folder(account: string, name: string): Folder {
    const folder = this.#foldersOf(account).get(canonicalFolder(name));
    if (!folder) throw new NoSuchFolderError(name);
    return folder;
  }

  #remove(account: string, name: string, uids: readonly number[]): void {
    if (uids.length === 0) return;
    const folder = this.#folder(account, name);
    for (const uid of uids) folder.messages.delete(uid);
    folder.modseq += 1;
    this.#tell(account, name, { kind: 'expunged', uids });
  }

  #tell(account: string, name: string, change: FolderChange): void {
    this.#watchers.tell(account, canonicalFolder(name), change);
  }
}

/** The messages of these UIDs that exist, ascending. */
function present(folder: Folder, uids: readonly number[]): Kept[] {
  return [...new Set(uids)]
    .sort((a, b) => a - b)
    .flatMap((uid) => {
      const message = folder.messages.get(uid);
      return message ? [message] : [];
    });
}
