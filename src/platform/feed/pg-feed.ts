import type { Counter } from 'prom-client';
import type { Database, Sql, Tx } from '../database/sql.js';
import type { Log } from '../log/log.js';
import type { Metrics } from '../metrics/metrics.js';
import { Feed, type FeedEntry, type NewFeedEntry } from './feed.js';
import { PLACE, SEQUENCER_LOCK } from './place.js';

/** Entries committed close together get their positions together. */
const GATHER_MS = 1;
/** The floor under the wake-ups: what a process left behind that died after its commit. */
const SWEEP_MS = 1_000;
const CHANNEL = 'corriere_feed';

interface Row {
  id: string;
  tenant_id: string;
  subject_id: string;
  subject_sequence: number;
  type: string;
  occurred_at: Date;
  data: Record<string, unknown>;
  position: string;
  tenant_sequence: string;
}

/**
 * {@link Feed} in the table `feed`. Entries get their positions right after the commit, by the process that wrote them; an advisory lock lets one
 * process at a time do it, so positions become visible in their order and without gaps. Growth is told to every process by NOTIFY.
 */
export class PgFeed extends Feed {
  readonly #listeners = new Set<(position: bigint) => void>();
  #placing: Promise<void> | undefined;
  #wanted = false;
  #sweep: NodeJS.Timeout | undefined;
  #stopListening: (() => Promise<void>) | undefined;
  #stopped = false;

  readonly #placed: Counter;

  private constructor(
    private readonly database: Database,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    super();
    this.#placed = metrics.counter({ name: 'corriere_feed_entries_total', help: 'Entries of the feed that this process gave their positions' });
  }

  /** A feed that hears of growth and looks after what was left behind. */
  static async open({ database, log, metrics }: { database: Database; log: Log; metrics: Metrics }): Promise<PgFeed> {
    const feed = new PgFeed(database, log, metrics);
    feed.#stopListening = await database.listen(CHANNEL, (payload) => void feed.#tell(payload));
    feed.#sweep = setInterval(() => feed.#place(), SWEEP_MS).unref();
    feed.#place();
    return feed;
  }

  /** Gives what is committed its positions, and rests. To be called before the database is closed. */
  async close(): Promise<void> {
    clearInterval(this.#sweep);
    this.#stopped = true;
    await this.#placing;
    await this.#stopListening?.();
  }

  override async append(tx: Tx, entries: readonly NewFeedEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const column = <Value>(pick: (entry: NewFeedEntry) => Value): Value[] => entries.map(pick);
    await tx.query(
      `INSERT INTO feed (id, tenant_id, subject_id, subject_sequence, type, occurred_at, data)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::integer[], $5::text[], $6::timestamptz[], $7::jsonb[])`,
      [
        column((entry) => entry.id),
        column((entry) => entry.tenantId),
        column((entry) => entry.subjectId),
        column((entry) => entry.subjectSequence),
        column((entry) => entry.type),
        column((entry) => entry.occurredAt.toISOString()),
        column((entry) => JSON.stringify(entry.data)),
      ],
    );
    tx.afterCommit(() => this.#place());
  }

  override async read(sql: Sql, after: bigint, limit: number, tenantId?: string): Promise<FeedEntry[]> {
    const columns = 'id, tenant_id, subject_id, subject_sequence, type, occurred_at, data, position, tenant_sequence';
    const rows =
      tenantId === undefined
        ? await sql.query<Row>(`SELECT ${columns} FROM feed WHERE position > $1 ORDER BY position LIMIT $2`, [after, limit])
        : await sql.query<Row>(`SELECT ${columns} FROM feed WHERE tenant_id = $3 AND position > $1 ORDER BY position LIMIT $2`, [after, limit, tenantId]);
    return rows.map(toEntry);
  }

  override onGrowth(listener: (position: bigint) => void): () => void {
    const own = (position: bigint): void => listener(position);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  /** Gives positions now, or once more after the run that is under way: its snapshot may be older than the wish. */
  #place(): void {
    this.#wanted = true;
    this.#placing ??= this.#placeAll().finally(() => (this.#placing = undefined));
  }

  async #placeAll(): Promise<void> {
    try {
      while (this.#wanted) {
        if (!this.#stopped) await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
        this.#wanted = false;
        if (await this.#placeSome()) this.#wanted = true;
      }
    } catch (error) {
      this.log.warn('the feed got no positions; the next sweep tries again', { error });
    }
  }

  /** One batch; true when there may be more. */
  async #placeSome(): Promise<boolean> {
    const unplaced = await this.database.query('SELECT 1 FROM feed WHERE position IS NULL LIMIT 1');
    if (unplaced.length === 0) return false;
    return this.database.transaction(async (tx) => {
      // A statement of its own: the next one must see everything that the holder before us has committed.
      await tx.query('SELECT pg_advisory_xact_lock($1)', [SEQUENCER_LOCK]);
      const [row] = await tx.query<{ placed: string }>(PLACE, [CHANNEL]);
      this.#placed.inc(Number(row?.placed ?? 0));
      return row !== undefined;
    });
  }

  async #tell(payload: string): Promise<void> {
    try {
      const position = /^\d+$/.test(payload) ? BigInt(payload) : await this.#newest();
      for (const listener of [...this.#listeners]) {
        try {
          listener(position);
        } catch (error) {
          this.log.error('a listener of the feed failed', { error });
        }
      }
    } catch (error) {
      this.log.warn('the newest position of the feed cannot be read', { error });
    }
  }

  async #newest(): Promise<bigint> {
    const [row] = await this.database.query<{ last: string }>("SELECT last FROM feed_counters WHERE scope = 'all'");
    return BigInt(row?.last ?? 0);
  }
}

function toEntry(row: Row): FeedEntry {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    subjectId: row.subject_id,
    subjectSequence: row.subject_sequence,
    type: row.type,
    occurredAt: row.occurred_at,
    data: row.data,
    position: BigInt(row.position),
    tenantSequence: BigInt(row.tenant_sequence),
  };
}
