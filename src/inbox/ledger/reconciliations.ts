import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/index.js';
import type { MessageHead } from '../imap/imap-reader.js';
import type { Disposition, Place } from './ledger.js';

/** What the ledger holds of a message that should be on the server. */
export interface LedgerRow {
  readonly uid: number;
  readonly internalDate?: Date;
  readonly disposition: Disposition;
}

/** The counts of one whole comparison of a folder with its ledger. */
export interface ReconciliationCounts {
  /** ISO 8601. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Messages that the server lists and that are ours to read. */
  readonly onServer: number;
  /** Rows of this place whose message is there. */
  readonly inLedger: number;
  /** Of these, copies of messages that the ledger held already. */
  readonly duplicates: number;
  /** Rows whose message was gone, found by this comparison. */
  readonly vanished: number;
  /** Messages that the ledger did not hold, taken in by this comparison; what is read when a folder is begun is not late. */
  readonly takenLate: number;
  /** What the server lists and does not give: also a second look did not settle it. UIDs, the first few. */
  readonly unsettled: readonly number[];
  readonly agrees: boolean;
}

/** How one folder stands. */
export interface FolderState {
  readonly folder: string;
  readonly uidValidity: string;
  readonly readSince: Date;
  readonly reconciledAt: Date | null;
  readonly requestedAt: Date | null;
  readonly vanished: number;
  readonly takenLate: number;
  readonly last: ReconciliationCounts | null;
}

/** What the ledger keeps of its comparisons with the server. Every statement is bounded by what it is given, or by its limit. */
@Injectable()
export class Reconciliations {
  constructor(private readonly database: Database) {}

  /** Rows of this place with `after` < UID <= `upTo` whose message has not left the server, ascending. */
  async rows(place: Place, after: number, upTo: number, limit: number): Promise<LedgerRow[]> {
    const rows = await this.database.query<{ uid: string; internal_date: Date | null; disposition: Disposition }>(
      `SELECT uid, internal_date, disposition FROM messages
       WHERE mailbox_id = $1 AND folder = $2 AND imap_epoch = $3 AND uid_validity = $4 AND uid > $5 AND uid <= $6 AND vanished_at IS NULL ORDER BY uid LIMIT $7`,
      [...keyOf(place), after, upTo, limit],
    );
    return rows.map(({ uid, internal_date: date, disposition }) => ({ uid: Number(uid), disposition, ...(date ? { internalDate: date } : {}) }));
  }

  /** Marks rows whose message left this place; returns how many were not marked before. */
  async vanish(place: Place, uids: readonly number[]): Promise<number> {
    if (uids.length === 0) return 0;
    return this.database.transaction(async (tx) => {
      const gone = await tx.query(
        `UPDATE messages SET vanished_at = clock_timestamp()
         WHERE mailbox_id = $1 AND folder = $2 AND imap_epoch = $3 AND uid_validity = $4 AND uid = ANY ($5::bigint[]) AND vanished_at IS NULL RETURNING id`,
        [...keyOf(place), uids],
      );
      await tx.query('UPDATE cursors SET vanished = vanished + $5 WHERE mailbox_id = $1 AND folder = $2 AND imap_epoch = $3 AND uid_validity = $4', [...keyOf(place), gone.length]);
      return gone.length;
    });
  }

  /** Of messages that the server lists again at the UID at which they were, the rows count as there again. Returns their UIDs. */
  async revive(place: Place, heads: readonly MessageHead[]): Promise<number[]> {
    if (heads.length === 0) return [];
    return this.database.transaction(async (tx) => {
      const rows = await tx.query<{ uid: string }>(
        `WITH heads AS (SELECT * FROM unnest($5::bigint[], $6::timestamptz[]) AS h (uid, internal_date)),
           back AS (
             SELECT DISTINCT ON (m.uid) m.id FROM heads h JOIN messages m ON m.uid = h.uid AND m.internal_date = h.internal_date
             WHERE m.mailbox_id = $1 AND m.folder = $2 AND m.imap_epoch = $3 AND m.uid_validity = $4 AND m.uid = ANY ($5::bigint[]) AND m.vanished_at IS NOT NULL ORDER BY m.uid, m.vanished_at DESC
           )
         UPDATE messages SET vanished_at = NULL WHERE id IN (SELECT id FROM back) RETURNING uid`,
        [...keyOf(place), heads.map(({ uid }) => uid), heads.map(({ internalDate }) => internalDate ?? null)],
      );
      await tx.query('UPDATE cursors SET vanished = greatest(0, vanished - $5) WHERE mailbox_id = $1 AND folder = $2 AND imap_epoch = $3 AND uid_validity = $4', [...keyOf(place), rows.length]);
      return rows.map(({ uid }) => Number(uid));
    });
  }

  /** The same octets at the same UID: what the server says of their date has changed, and no more. */
  async redate(place: Place, { uid, internalDate }: MessageHead): Promise<void> {
    await this.database.query(
      'UPDATE messages SET internal_date = $6 WHERE mailbox_id = $1 AND folder = $2 AND imap_epoch = $3 AND uid_validity = $4 AND uid = $5 AND vanished_at IS NULL',
      [...keyOf(place), uid, internalDate ?? null],
    );
  }

  /** Keeps what a whole comparison found; a request that came after its start stays open. */
  async finish(place: Place, startedAt: Date, counts: ReconciliationCounts): Promise<void> {
    await this.database.query(
      `UPDATE cursors SET reconciled_at = $5, reconciliation = $6, taken_late = taken_late + $7,
         reconcile_requested_at = CASE WHEN reconcile_requested_at > $5 THEN reconcile_requested_at END
       WHERE mailbox_id = $1 AND folder = $2 AND imap_epoch = $3 AND uid_validity = $4`,
      [...keyOf(place), startedAt, JSON.stringify(counts), counts.takenLate],
    );
  }

  /** Asks for a comparison of every folder of the mailbox as soon as its lane can. */
  async request(mailboxId: string, at: Date): Promise<void> {
    await this.database.query('UPDATE cursors SET reconcile_requested_at = $2 WHERE mailbox_id = $1', [mailboxId, at]);
  }

  /** Mailboxes of which a comparison was asked for, with the newest request of each. */
  async requested(): Promise<Map<string, number>> {
    const rows = await this.database.query<{ mailbox_id: string; at: Date }>('SELECT mailbox_id, max(reconcile_requested_at) AS at FROM cursors WHERE reconcile_requested_at IS NOT NULL GROUP BY mailbox_id');
    return new Map(rows.map((row) => [row.mailbox_id, row.at.getTime()]));
  }

  async folders(mailboxId: string): Promise<FolderState[]> {
    const rows = await this.database.query<{ folder: string; uid_validity: string; read_since: Date; reconciled_at: Date | null; reconcile_requested_at: Date | null; vanished: number; taken_late: number; reconciliation: ReconciliationCounts | null }>(
      'SELECT folder, uid_validity, read_since, reconciled_at, reconcile_requested_at, vanished, taken_late, reconciliation FROM cursors WHERE mailbox_id = $1 ORDER BY folder',
      [mailboxId],
    );
    return rows.map((row) => ({
      folder: row.folder,
      uidValidity: row.uid_validity,
      readSince: row.read_since,
      reconciledAt: row.reconciled_at,
      requestedAt: row.reconcile_requested_at,
      vanished: row.vanished,
      takenLate: row.taken_late,
      last: row.reconciliation,
    }));
  }

  /** Sums over the folders of all mailboxes, as they stood when each was last compared. */
  async totals(): Promise<Totals> {
    const [row] = await this.database.query<Record<keyof Totals, string>>(
      `SELECT count(*) FILTER (WHERE reconciliation ->> 'agrees' = 'false') AS disagreeing, coalesce(sum((reconciliation ->> 'onServer')::bigint), 0) AS "onServer",
         coalesce(sum((reconciliation ->> 'inLedger')::bigint), 0) AS "inLedger", coalesce(sum((reconciliation ->> 'duplicates')::bigint), 0) AS duplicates,
         coalesce(sum(vanished), 0) AS vanished, coalesce(sum(taken_late), 0) AS "takenLate" FROM cursors`,
    );
    const of = (name: keyof Totals): number => Number(row?.[name] ?? 0);
    return { disagreeing: of('disagreeing'), onServer: of('onServer'), inLedger: of('inLedger'), duplicates: of('duplicates'), vanished: of('vanished'), takenLate: of('takenLate') };
  }
}

export interface Totals {
  /** Folders whose last comparison did not agree. */
  readonly disagreeing: number;
  readonly onServer: number;
  readonly inLedger: number;
  readonly duplicates: number;
  readonly vanished: number;
  readonly takenLate: number;
}

const keyOf = ({ mailboxId, folder, imapEpoch, uidValidity }: Place): [string, string, number, string] => [mailboxId, folder, imapEpoch, uidValidity.toString()];
