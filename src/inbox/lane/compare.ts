import type { MessageHead } from '../imap/imap-reader.js';
import type { LedgerRow } from '../ledger/reconciliations.js';

/** What one piece of a folder and of its ledger do not have in common. */
export interface Comparison {
  /** On both sides, and the same message as far as its date tells. */
  readonly matched: readonly LedgerRow[];
  /** Listed with its date, and not in the ledger. */
  readonly missing: readonly MessageHead[];
  /** On both sides with another date: the server may have given the UID to another message. */
  readonly suspect: readonly MessageHead[];
  /** Listed by SEARCH and unknown to FETCH: gone in between, or a server that contradicts itself. */
  readonly unsettled: readonly number[];
  /** In the ledger and not listed. */
  readonly gone: readonly number[];
}

/**
 * Compares UIDs that a server lists, and what it says of them, with rows of the ledger.
 * @param listed ascending
 * @param heads of those of them that FETCH knows
 * @param rows of the same range of UIDs
 */
export function compare(listed: readonly number[], heads: readonly MessageHead[], rows: readonly LedgerRow[]): Comparison {
  const headOf = new Map(heads.map((head) => [head.uid, head]));
  const rowOf = new Map(rows.map((row) => [row.uid, row]));
  const on = new Set(listed);
  const both = listed.flatMap((uid) => rowOf.get(uid) ?? []);
  const isSuspect = (row: LedgerRow): boolean => {
    const now = headOf.get(row.uid)?.internalDate;
    return now !== undefined && row.internalDate !== undefined && now.getTime() !== row.internalDate.getTime();
  };
  return {
    matched: both.filter((row) => !isSuspect(row)),
    suspect: both.filter(isSuspect).flatMap(({ uid }) => headOf.get(uid) ?? []),
    missing: listed.flatMap((uid) => (rowOf.has(uid) ? [] : (headOf.get(uid) ?? []))),
    unsettled: listed.filter((uid) => !rowOf.has(uid) && !headOf.has(uid)),
    gone: rows.flatMap(({ uid }) => (on.has(uid) ? [] : [uid])),
  };
}
