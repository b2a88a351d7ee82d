import type { Sql } from '../../../platform/database/sql.js';

type Part = 'all' | 'header';

/** One read's bounds: enough rows to hide the round trip, few enough octets to hold two batches in memory. */
const BATCH_ROWS = 256;
const BATCH_OCTETS = 4 * 1024 * 1024;

/** The octets of a folder's messages in the order of `uids`, read in batches and one batch ahead. */
export async function* readMessages(
  sql: Sql,
  folderId: string,
  uids: readonly number[],
  part: Part,
): AsyncGenerator<{ uid: number; raw: Buffer }> {
  const batches = await cut(sql, folderId, uids, part);
  let next = batches[0] && readBatch(sql, folderId, batches[0], part);
  try {
    for (let index = 0; next; index += 1) {
      const messages = await next;
      const following = batches[index + 1];
      next = following && readBatch(sql, folderId, following, part);
      // An early failure of the batch read ahead is met when its turn comes.
      next?.catch(() => undefined);
      for (const message of messages) yield message;
    }
  } finally {
    await next?.catch(() => undefined);
  }
}

/** UIDs that exist, in the order asked for, cut into pieces of bounded size. */
async function cut(sql: Sql, folderId: string, uids: readonly number[], part: Part): Promise<(readonly number[])[]> {
  if (uids.length <= 1) return uids.length === 0 ? [] : [uids];
  const rows = await sql.query<{ uid: string; octets: number }>(
    `SELECT uid, ${part === 'all' ? 'size' : 'header_size'} AS octets FROM sandbox_mail_messages WHERE folder_id = $1 AND uid = ANY ($2::bigint[])`,
    [folderId, uids],
  );
  const octetsOf = new Map(rows.map((row) => [Number(row.uid), row.octets]));
  const batches: number[][] = [];
  let current: number[] = [];
  let octets = 0;
  for (const uid of uids) {
    const size = octetsOf.get(uid);
    if (size === undefined) continue;
    if (current.length === BATCH_ROWS || (current.length > 0 && octets + size > BATCH_OCTETS)) {
      batches.push(current);
      current = [];
      octets = 0;
    }
    current.push(uid);
    octets += size;
  }
  if (current.length > 0) batches.push(current);
  return batches;
}

async function readBatch(sql: Sql, folderId: string, uids: readonly number[], part: Part): Promise<{ uid: number; raw: Buffer }[]> {
  const rows = await sql.query<{ uid: string; raw: Buffer }>(
    `SELECT uid, ${part === 'all' ? 'raw' : 'substring(raw FOR header_size) AS raw'} FROM sandbox_mail_messages WHERE folder_id = $1 AND uid = ANY ($2::bigint[])`,
    [folderId, uids],
  );
  const rawOf = new Map(rows.map((row) => [Number(row.uid), row.raw]));
  return uids.flatMap((uid) => {
    const raw = rawOf.get(uid);
    return raw ? [{ uid, raw }] : [];
  });
}
