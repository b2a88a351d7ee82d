import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { type Settings, SETTINGS } from '../../platform/config/settings.js';
import { Database, type Tx } from '../../platform/database/sql.js';
import { Feed, type FeedEntry } from '../../platform/feed/feed.js';
import { newId } from '../../platform/ids.js';
import { wants } from '../payload/event-types.js';
import { bodyBytes, eventBody } from '../payload/payload.js';

/** Entries of the feed in one transaction: bounds its length and its memory. */
const BATCH = 200;

interface Follower {
  readonly id: string;
  readonly company_id: string | null;
  readonly event_types: string[];
}

/** Turns the feed into deliveries: each endpoint has its own durable place in the feed, which moves in the transaction that writes its deliveries. So nothing is missed and nothing doubled. */
@Injectable()
export class FanOut {
  constructor(
    private readonly database: Database,
    private readonly feed: Feed,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Brings every enabled endpoint up to the end of the feed; calls `onDeliveries` with the endpoints that got something, batch by batch. */
  async run(onDeliveries: (endpointIds: readonly string[]) => void): Promise<void> {
    const places = await this.database.query<{ position: string }>(
      'SELECT DISTINCT position FROM webhook_endpoints WHERE enabled AND deleted_at IS NULL ORDER BY position',
    );
    for (const { position } of places) {
      for (let from: bigint | undefined = BigInt(position); from !== undefined;) {
        const step: { readonly endpointIds: readonly string[]; readonly next?: bigint } = await this.#step(from);
        if (step.endpointIds.length > 0) onDeliveries(step.endpointIds);
        from = step.next;
      }
    }
  }

  /** One batch for all endpoints that stand at the same place; endpoints that somebody else has just moved on are no longer there. */
  async #step(from: bigint): Promise<{ endpointIds: readonly string[]; next?: bigint }> {
    return this.database.transaction(async (tx) => {
      const entries = await this.feed.read(tx, from, BATCH);
      const last = entries.at(-1);
      if (last === undefined) return { endpointIds: [] };
      const followers = await tx.query<Follower>(
        `SELECT set_config('synchronous_commit', 'off', true), id, company_id, event_types FROM webhook_endpoints
          WHERE position = $1 AND enabled AND deleted_at IS NULL ORDER BY id FOR NO KEY UPDATE`,
        [from],
      );
      if (followers.length === 0) return { endpointIds: [] };
      const counts = await this.#insert(tx, followers, entries);
      await tx.query(
        `UPDATE webhook_endpoints e SET position = $3, waiting = e.waiting + f.count
           FROM unnest($1::uuid[], $2::integer[]) AS f (id, count) WHERE e.id = f.id`,
        [followers.map(({ id }) => id), followers.map(({ id }) => counts.get(id) ?? 0), last.position],
      );
      return { endpointIds: [...counts.keys()], ...(entries.length === BATCH ? { next: last.position } : {}) };
    });
  }

  /** Returns how many deliveries each endpoint got. */
  async #insert(tx: Tx, followers: readonly Follower[], entries: readonly FeedEntry[]): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    const pairs: { readonly endpointId: string; readonly event: number }[] = [];
    const wanted: FeedEntry[] = [];
    for (const entry of entries) {
      const takers = followers.filter(
        (follower) => (follower.company_id === null || follower.company_id === entry.tenantId) && wants(follower.event_types, entry.type),
      );
      if (takers.length === 0) continue;
      wanted.push(entry);
      for (const { id } of takers) {
        pairs.push({ endpointId: id, event: wanted.length });
        counts.set(id, (counts.get(id) ?? 0) + 1);
      }
    }
    if (pairs.length === 0) return counts;
    await tx.query(INSERT, [
      pairs.map(() => newId()),
      pairs.map(({ endpointId }) => endpointId),
      pairs.map(({ event }) => event),
      wanted.map(({ id }) => id),
      wanted.map(({ type }) => type),
      wanted.map(({ subjectId }) => subjectId),
      wanted.map(({ subjectSequence }) => subjectSequence),
      wanted.map((entry) => bodyBytes(eventBody(entry, this.settings.publicUrl))),
      this.clock.now(),
    ]);
    return counts;
  }
}

/** The first event of an invoice for which none waits is due at once; the others get their turn when the one before them is settled. */
const INSERT = `
  INSERT INTO webhook_deliveries (id, endpoint_id, event_id, event_type, subject_id, subject_sequence, body, state, next_attempt_at, created_at)
  SELECT p.id, p.endpoint_id, e.id, e.type, e.subject_id, e.subject_sequence, e.body, 'waiting',
         CASE WHEN row_number() OVER (PARTITION BY p.endpoint_id, e.subject_id ORDER BY e.subject_sequence) = 1
               AND NOT EXISTS (SELECT FROM webhook_deliveries w WHERE w.endpoint_id = p.endpoint_id AND w.subject_id = e.subject_id AND w.state = 'waiting')
              THEN $9::timestamptz END,
         $9::timestamptz
    FROM unnest($1::uuid[], $2::uuid[], $3::integer[]) AS p (id, endpoint_id, event)
    JOIN unnest($4::uuid[], $5::text[], $6::uuid[], $7::integer[], $8::bytea[]) WITH ORDINALITY AS e (id, type, subject_id, subject_sequence, body, event)
      ON e.event = p.event`;
