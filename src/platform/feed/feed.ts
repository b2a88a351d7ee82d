import type { Sql, Tx } from '../database/sql.js';

/** One entry of the feed as it is written, inside the transaction of the change that it tells of. */
export interface NewFeedEntry {
  readonly id: string;
  /** The company. */
  readonly tenantId: string;
  /** What it is about (an invoice) and its place in that subject's own order, from 1 without gaps. */
  readonly subjectId: string;
  readonly subjectSequence: number;
  /** Dotted, for example `invoice.delivered`. */
  readonly type: string;
  readonly occurredAt: Date;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface FeedEntry extends NewFeedEntry {
  /** Gapless over the whole service, from 1; given after the commit by the sequencer. */
  readonly position: bigint;
  /** Gapless per company, from 1. */
  readonly tenantSequence: bigint;
}

/**
 * The transactional outbox: entries are written with the change itself and get their gapless positions afterwards, from one sequencer at a time, in an order that keeps
 * each subject's own. A reader that has seen position N has seen everything before it.
 */
export abstract class Feed {
  abstract append(tx: Tx, entries: readonly NewFeedEntry[]): Promise<void>;
  /** Entries after `position`, in order, at most `limit`, of one tenant or of all. */
  abstract read(sql: Sql, after: bigint, limit: number, tenantId?: string): Promise<FeedEntry[]>;
  /** Called (in every process) with the newest position when entries got their positions. A hint; may be missed or repeated. Returns the way to stop. */
  abstract onGrowth(listener: (position: bigint) => void): () => void;
}
