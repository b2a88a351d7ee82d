import type { Database, Tx } from '../../../platform/database/sql.js';
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
import { changeFlags } from './flags.js';
import { canonicalFolder } from './names.js';
import { readMessages } from './postgres-reader.js';
import {
  advance,
  type FolderRow,
  insertFolder,
  insertMessage,
  lockBoth,
  lockFolder,
  messageOf,
  type MessageRow,
  METADATA,
} from './postgres-rows.js';
import { Watchers } from './watchers.js';

/**
 * The mail store in the database. Every change of a folder locks the folder's row, so UIDs and modseqs become visible in ascending order.
 * Watchers are told of the changes made through this object, not of another process's.
 */
export class PostgresMailStore extends MailStore {
  readonly #database: Database;
  readonly #watchers = new Watchers();

  constructor(database: Database) {
    super();
    this.#database = database;
  }

  override async append(account: string, name: string, raw: Buffer, options: AppendOptions = {}): Promise<Appended> {
    const folder = canonicalFolder(name);
    const sql = options.tx ?? this.#database;
    let appended = await insertMessage(sql, account, folder, raw, options);
    if (!appended) {
      // Not within the caller's transaction: until its end, everyone who asks for the new folder would wait for it.
      await insertFolder(this.#database, account, folder);
      appended = await insertMessage(sql, account, folder, raw, options);
    }
    if (!appended) throw new NoSuchFolderError(name);
    this.#tell(options.tx, account, folder, { kind: 'appended', uids: [appended.uid] });
    return appended;
  }

  override async folders(account: string): Promise<string[]> {
    const rows = await this.#database.query<{ name: string }>(
      `SELECT name FROM sandbox_mail_folders WHERE account = $1 AND name <> 'INBOX' ORDER BY name COLLATE "C"`,
      [account],
    );
    return ['INBOX', ...rows.map((row) => row.name)];
  }

  override createFolder(account: string, name: string): Promise<boolean> {
    return insertFolder(this.#database, account, canonicalFolder(name));
  }

  override async deleteFolder(account: string, name: string): Promise<boolean> {
    const rows = await this.#database.query('DELETE FROM sandbox_mail_folders WHERE account = $1 AND name = $2 RETURNING id', [
      account,
      canonicalFolder(name),
    ]);
    if (rows.length > 0) this.#tell(undefined, account, name, { kind: 'renumbered' });
    return rows.length > 0;
  }

  override async renameFolder(account: string, name: string, to: string): Promise<boolean> {
    if (canonicalFolder(to) === 'INBOX') return false;
    const renamed = await this.#database.transaction(async (tx) => {
      const folder = await lockFolder(tx, account, name);
      const rows = await tx.query(
        `UPDATE sandbox_mail_folders SET name = $2, uid_validity = nextval('sandbox_mail_uidvalidity')
          WHERE id = $1 AND NOT EXISTS (SELECT FROM sandbox_mail_folders WHERE account = $3 AND name = $2) RETURNING id`,
        [folder.id, canonicalFolder(to), account],
      );
      return rows.length > 0;
    });
    if (renamed) this.#tell(undefined, account, name, { kind: 'renumbered' });
    return renamed;
  }

  override async status(account: string, name: string): Promise<FolderStatus | undefined> {
    const folder = canonicalFolder(name);
    const read = () =>
      this.#database.query<FolderRow & { messages: string; unseen: string; size: string }>(
        `SELECT f.id, f.uid_validity, f.uid_next, f.modseq, count(m.uid) AS messages, coalesce(sum(m.size), 0) AS size,
                count(m.uid) FILTER (WHERE NOT '\\Seen' = ANY (m.flags)) AS unseen
           FROM sandbox_mail_folders f LEFT JOIN sandbox_mail_messages m ON m.folder_id = f.id
          WHERE f.account = $1 AND f.name = $2 GROUP BY f.id`,
        [account, folder],
      );
    let [row] = await read();
    if (!row && folder === 'INBOX') {
      await insertFolder(this.#database, account, folder);
      [row] = await read();
    }
    return (
      row && {
        folder,
        uidValidity: Number(row.uid_validity),
        uidNext: Number(row.uid_next),
        highestModseq: Number(row.modseq),
        messages: Number(row.messages),
        unseen: Number(row.unseen),
        size: Number(row.size),
      }
    );
  }

  override async list(
    account: string,
    name: string,
    filter: { uids?: readonly UidRange[]; changedSince?: number } = {},
  ): Promise<StoredMessage[]> {
    const folder = await this.#folder(account, name);
    const { uids, changedSince = 0 } = filter;
    const rows = await this.#database.query<MessageRow>(
      `SELECT ${METADATA} FROM sandbox_mail_messages
        WHERE folder_id = $1 AND modseq > $2
          AND ($3::bigint[] IS NULL OR EXISTS (SELECT FROM unnest($3::bigint[], $4::bigint[]) AS range (first, last) WHERE uid BETWEEN first AND last))
        ORDER BY uid`,
      [folder.id, changedSince, uids?.map((range) => range.first) ?? null, uids?.map((range) => range.last) ?? null],
    );
    return rows.map(messageOf);
  }

  override async *read(account: string, name: string, uids: readonly number[], part: 'all' | 'header' = 'all') {
    const folder = await this.#folder(account, name);
    yield* readMessages(this.#database, folder.id, uids, part);
  }

  override async setFlags(account: string, name: string, uids: readonly number[], change: FlagChange): Promise<FlagsChanged> {
    const result = await this.#database.transaction(async (tx) => {
      const folder = await lockFolder(tx, account, name);
      const rows = await tx.query<MessageRow>(
        `SELECT ${METADATA} FROM sandbox_mail_messages WHERE folder_id = $1 AND uid = ANY ($2::bigint[]) ORDER BY uid`,
        [folder.id, uids],
      );
      const modseq = Number(folder.modseq) + 1;
      const changed: StoredMessage[] = [];
      const refused: number[] = [];
      for (const message of rows.map(messageOf)) {
        if (change.unchangedSince !== undefined && message.modseq > change.unchangedSince) refused.push(message.uid);
        else {
          const flags = changeFlags(message.flags, change);
          if (flags) changed.push({ ...message, flags, modseq });
        }
      }
      if (changed.length > 0) {
        await tx.query(
          `UPDATE sandbox_mail_messages m SET flags = c.flags, modseq = $2
             FROM jsonb_to_recordset($3::jsonb) AS c (uid bigint, flags text[]) WHERE m.folder_id = $1 AND m.uid = c.uid`,
          [folder.id, modseq, JSON.stringify(changed.map(({ uid, flags }) => ({ uid, flags })))],
        );
        await advance(tx, folder.id);
      }
      return { changed, refused };
    });
    if (result.changed.length > 0)
      this.#tell(undefined, account, name, { kind: 'flags', uids: result.changed.map((message) => message.uid) });
    return result;
  }

  override async copy(account: string, name: string, uids: readonly number[], to: string): Promise<Copied> {
    return this.#transfer(account, name, uids, to, false);
  }

  override async move(account: string, name: string, uids: readonly number[], to: string): Promise<Copied> {
    return this.#transfer(account, name, uids, to, true);
  }

  async #transfer(account: string, name: string, uids: readonly number[], to: string, remove: boolean): Promise<Copied> {
    const copied = await this.#database.transaction(async (tx) => {
      const { source, target } = await lockBoth(tx, account, name, to);
      const present = await tx.query<{ uid: string }>(
        'SELECT uid FROM sandbox_mail_messages WHERE folder_id = $1 AND uid = ANY ($2::bigint[]) ORDER BY uid',
        [source.id, uids],
      );
      const first = Number(target.uid_next);
      const pairs = present.map((row, index) => ({ from: Number(row.uid), to: first + index }));
      if (pairs.length > 0) {
        const from = pairs.map((pair) => pair.from);
        await tx.query(
          `INSERT INTO sandbox_mail_messages (folder_id, uid, modseq, internal_date, flags, size, header_size, raw)
           SELECT $2, p.target, $3, m.internal_date, m.flags, m.size, m.header_size, m.raw
             FROM unnest($4::bigint[], $5::bigint[]) AS p (source, target) JOIN sandbox_mail_messages m ON m.folder_id = $1 AND m.uid = p.source`,
          [source.id, target.id, Number(target.modseq) + 1, from, pairs.map((pair) => pair.to)],
        );
        await advance(tx, target.id, pairs.length);
        if (remove) {
          await tx.query('DELETE FROM sandbox_mail_messages WHERE folder_id = $1 AND uid = ANY ($2::bigint[])', [source.id, from]);
          await advance(tx, source.id);
        }
      }
      return { uidValidity: Number(target.uid_validity), pairs };
    });
    if (copied.pairs.length > 0) {
      this.#tell(undefined, account, to, { kind: 'appended', uids: copied.pairs.map((pair) => pair.to) });
      if (remove) this.#tell(undefined, account, name, { kind: 'expunged', uids: copied.pairs.map((pair) => pair.from) });
    }
    return copied;
  }

  override async expunge(account: string, name: string, uids?: readonly number[]): Promise<number[]> {
    const gone = await this.#database.transaction(async (tx) => {
      const folder = await lockFolder(tx, account, name);
      const rows = await tx.query<{ uid: string }>(
        `DELETE FROM sandbox_mail_messages WHERE folder_id = $1 AND '\\Deleted' = ANY (flags) AND ($2::bigint[] IS NULL OR uid = ANY ($2::bigint[])) RETURNING uid`,
        [folder.id, uids ?? null],
      );
      if (rows.length > 0) await advance(tx, folder.id);
      return rows.map((row) => Number(row.uid)).sort((a, b) => a - b);
    });
    if (gone.length > 0) this.#tell(undefined, account, name, { kind: 'expunged', uids: gone });
    return gone;
  }

  override async bumpUidValidity(account: string, name: string): Promise<number> {
    const uidValidity = await this.#database.transaction(async (tx) => {
      const folder = await lockFolder(tx, account, name);
      const renumbered = await tx.query(
        `UPDATE sandbox_mail_messages m SET uid = n.uid, modseq = $2
           FROM (SELECT uid AS old, row_number() OVER (ORDER BY uid) AS uid FROM sandbox_mail_messages WHERE folder_id = $1) n
          WHERE m.folder_id = $1 AND m.uid = n.old RETURNING 1`,
        [folder.id, Number(folder.modseq) + 1],
      );
      const [row] = await tx.query<{ uid_validity: string }>(
        `UPDATE sandbox_mail_folders SET uid_validity = nextval('sandbox_mail_uidvalidity'), uid_next = $2, modseq = modseq + 1 WHERE id = $1 RETURNING uid_validity`,
        [folder.id, renumbered.length + 1],
      );
      return Number(row?.uid_validity);
    });
    this.#tell(undefined, account, name, { kind: 'renumbered' });
    return uidValidity;
  }

  override watch(account: string, folder: string, listener: (change: FolderChange) => void): () => void {
    return this.#watchers.watch(account, canonicalFolder(folder), listener);
  }

  /** The folder's row, `INBOX` made when it is missing. */
  async #folder(account: string, name: string): Promise<FolderRow> {
    const folder = canonicalFolder(name);
    const [row] = await this.#database.query<FolderRow>('SELECT * FROM sandbox_mail_folders WHERE account = $1 AND name = $2', [
      account,
      folder,
    ]);
    if (row) return row;
    if (folder !== 'INBOX') throw new NoSuchFolderError(name);
    await insertFolder(this.#database, account, folder);
    return this.#folder(account, folder);
  }

  #tell(tx: Tx | undefined, account: string, name: string, change: FolderChange): void {
    const tell = (): void => this.#watchers.tell(account, canonicalFolder(name), change);
    if (tx) tx.afterCommit(tell);
    else tell();
  }
}
