import type { Sql, Tx } from '../../../platform/database/sql.js';
import { type AppendOptions, type Appended, NoSuchFolderError, type StoredMessage } from '../types.js';
import { canonicalFlags } from './flags.js';
import { headerSize } from './header-size.js';
import { canonicalFolder } from './names.js';

export interface FolderRow {
  id: string;
  uid_validity: string;
  uid_next: string;
  modseq: string;
}

export interface MessageRow {
  uid: string;
  modseq: string;
  internal_date: Date;
  size: number;
  flags: string[];
}

export const METADATA = 'uid, modseq, internal_date, size, flags';

export const messageOf = (row: MessageRow): StoredMessage => ({
  uid: Number(row.uid),
  modseq: Number(row.modseq),
  internalDate: row.internal_date,
  size: row.size,
  flags: row.flags,
});

/** One statement, so one transaction; `undefined` when there is no such folder. */
export async function insertMessage(
  sql: Sql,
  account: string,
  folder: string,
  raw: Buffer,
  options: AppendOptions,
): Promise<Appended | undefined> {
  const [row] = await sql.query<{ uid: string; uid_validity: string; modseq: string }>(
    `WITH folder AS (
       UPDATE sandbox_mail_folders SET uid_next = uid_next + 1, modseq = modseq + 1 WHERE account = $1 AND name = $2 RETURNING id, uid_next - 1 AS uid, uid_validity, modseq
     ), message AS (
       INSERT INTO sandbox_mail_messages (folder_id, uid, modseq, internal_date, flags, size, header_size, raw)
       SELECT id, uid, modseq, $3, $4, $5, $6, $7 FROM folder
     )
     SELECT uid, uid_validity, modseq FROM folder`,
    [account, folder, options.internalDate ?? new Date(), canonicalFlags(options.flags ?? []), raw.length, headerSize(raw), raw],
  );
  return row && { uid: Number(row.uid), uidValidity: Number(row.uid_validity), modseq: Number(row.modseq) };
}

export async function insertFolder(sql: Sql, account: string, folder: string): Promise<boolean> {
  const rows = await sql.query('INSERT INTO sandbox_mail_folders (account, name) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING id', [
    account,
    folder,
  ]);
  return rows.length > 0;
}

/** Holds the folder until the end of the transaction. */
export async function lockFolder(tx: Tx, account: string, name: string): Promise<FolderRow> {
  const folder = canonicalFolder(name);
  const lock = () =>
    tx.query<FolderRow>('SELECT * FROM sandbox_mail_folders WHERE account = $1 AND name = $2 FOR UPDATE', [account, folder]);
  let [row] = await lock();
  if (!row && folder === 'INBOX') {
    await insertFolder(tx, account, folder);
    [row] = await lock();
  }
  if (!row) throw new NoSuchFolderError(name);
  return row;
}

/** Both folders, locked in one order whoever comes from where, so that two moves across each other do not wait in a circle. */
export async function lockBoth(tx: Tx, account: string, name: string, to: string): Promise<{ source: FolderRow; target: FolderRow }> {
  const rows = new Map<string, FolderRow>();
  for (const folder of [canonicalFolder(name), canonicalFolder(to)].sort()) rows.set(folder, await lockFolder(tx, account, folder));
  const source = rows.get(canonicalFolder(name));
  const target = rows.get(canonicalFolder(to));
  if (!source || !target) throw new NoSuchFolderError(name);
  return { source, target };
}

/** A new modseq, and this many UIDs taken. */
export async function advance(tx: Tx, folderId: string, uids = 0): Promise<void> {
  await tx.query('UPDATE sandbox_mail_folders SET modseq = modseq + 1, uid_next = uid_next + $2 WHERE id = $1', [folderId, uids]);
}
