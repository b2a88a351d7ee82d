import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { PgDatabase } from '../database/pg-database.js';
import { newId } from '../ids.js';
import { SilentLog } from '../log/log.js';
import { Metrics } from '../metrics/metrics.js';
import type { NewFeedEntry } from './feed.js';
import { PgFeed } from './pg-feed.js';

let db: TestDatabase;
let other: PgDatabase;
const feeds: PgFeed[] = [];

beforeAll(async () => {
  db = await testDatabase();
  other = await PgDatabase.open({ url: db.url, migrations: [], log: new SilentLog() });
});
beforeEach(() => db.database.query('TRUNCATE feed, feed_counters'));
afterEach(() => Promise.all(feeds.splice(0).map((feed) => feed.close())));
afterAll(async () => {
  await other.close();
  await db.close();
});

async function open(database: PgDatabase = db.database): Promise<PgFeed> {
  const feed = await PgFeed.open({ database, log: new SilentLog(), metrics: new Metrics() });
  feeds.push(feed);
  return feed;
}

/** Written and committed by a process that died before it could give positions. */
async function leaveBehind(entries: readonly NewFeedEntry[]): Promise<void> {
  const feed = await open();
  await db.database.transaction((tx) => feed.append({ query: (text, parameters) => tx.query(text, parameters), afterCommit: () => undefined }, entries));
}

function entry(tenantId: string, subjectId: string, subjectSequence: number): NewFeedEntry {
  return { id: newId(), tenantId, subjectId, subjectSequence, type: 'thing.happened', occurredAt: new Date('2026-01-02T03:04:05.006Z'), data: { list: [1, 'à'] } };
}

async function everythingPlaced(count: number): Promise<void> {
  await vi.waitFor(async () => expect(await db.database.query('SELECT count(*)::int AS n FROM feed WHERE position IS NOT NULL')).toEqual([{ n: count }]), { timeout: 10_000, interval: 10 });
}

describe('PgFeed', () => {
  it('gives back what was appended, with positions, soon', async () => {
    const feed = await open();
    const [tenant, subject] = [newId(), newId()];
    const grown = vi.fn();
    feed.onGrowth(grown);
    const written = [entry(tenant, subject, 1), entry(tenant, subject, 2)];
    await db.database.transaction((tx) => feed.append(tx, written));
    await vi.waitFor(() => expect(grown).toHaveBeenCalledWith(2n), { timeout: 10_000, interval: 1 });
    expect(await feed.read(db.database, 0n, 10)).toEqual(written.map((one, i) => ({ ...one, position: BigInt(i + 1), tenantSequence: BigInt(i + 1) })));
    expect(await feed.read(db.database, 1n, 10, tenant)).toHaveLength(1);
    expect(await feed.read(db.database, 0n, 10, newId())).toEqual([]);
  });

  it('tells every process', async () => {
    const [here, there] = [await open(), await open(other)];
    const grown = vi.fn();
    there.onGrowth(grown);
    await db.database.transaction((tx) => here.append(tx, [entry(newId(), newId(), 1)]));
    await vi.waitFor(() => expect(grown).toHaveBeenCalledWith(1n));
  });

  it('leaves no trace of a transaction that was rolled back', async () => {
    const feed = await open();
    const tenant = newId();
    await db.database
      .transaction(async (tx) => {
        await feed.append(tx, [entry(tenant, newId(), 1)]);
        throw new Error('no');
      })
      .catch(() => undefined);
    await db.database.transaction((tx) => feed.append(tx, [entry(tenant, newId(), 1)]));
    await everythingPlaced(1);
    expect((await feed.read(db.database, 0n, 10)).map(({ position, tenantSequence }) => [position, tenantSequence])).toEqual([[1n, 1n]]);
  });

  it('finds what a process left behind that died after its commit', async () => {
    await leaveBehind([entry(newId(), newId(), 1)]);
    await everythingPlaced(1);
  });

  it('keeps the order of a subject although the clock was set back', async () => {
    const tenant = newId();
    const [a, b] = [newId(), newId()];
    await db.database.transaction(async (tx) => {
      const feed = await open(other);
      await feed.append({ query: (text, parameters) => tx.query(text, parameters), afterCommit: () => undefined }, [entry(tenant, a, 1), entry(tenant, b, 1), entry(tenant, a, 2)]);
      await tx.query("UPDATE feed SET recorded_at = now() - interval '1 hour' WHERE subject_id = $1 AND subject_sequence = 2", [a]);
    });
    await everythingPlaced(3);
    const order = (await feeds[0]!.read(db.database, 0n, 10)).filter(({ subjectId }) => subjectId === a).map(({ subjectSequence }) => subjectSequence);
    expect(order).toEqual([1, 2]);
  });

  it('places more than one batch', async () => {
    const tenant = newId();
    await leaveBehind(Array.from({ length: 1_700 }, (_, i) => entry(tenant, newId(), i + 1)));
    await everythingPlaced(1_700);
    expect(await db.database.query('SELECT max(position)::int AS a, max(tenant_sequence)::int AS b FROM feed')).toEqual([{ a: 1_700, b: 1_700 }]);
  });

  it('is gapless and ordered under concurrent writers in two processes, at every moment a reader looks', async () => {
    const [one, two] = [await open(), await open(other)];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ tenant: fc.nat(2), subject: fc.nat(5), entries: fc.integer({ min: 1, max: 3 }), pause: fc.nat(4), rollback: fc.boolean() }), { minLength: 5, maxLength: 40 }),
        async (steps) => {
          await db.database.query('TRUNCATE feed, feed_counters');
          const tenants = [newId(), newId(), newId()];
          const subjects = Array.from({ length: 18 }, () => ({ id: newId(), last: 0 }));
          let reading = true;
          const positions: bigint[] = [];
          const reader = (async () => {
            while (reading) {
              const batch = await one.read(other, positions.at(-1) ?? 0n, 7);
              positions.push(...batch.map(({ position }) => position));
            }
          })();
          // One chain per subject: whoever changes a subject holds its row; different subjects go at the same time.
          const chains = subjects.map((subject, index) =>
            (async () => {
              for (const step of steps.filter((candidate) => candidate.tenant * 6 + candidate.subject === index)) {
                const [feed, database] = step.pause % 2 === 0 ? [one, db.database] : [two, other];
                const before = subject.last;
                await database
                  .transaction(async (tx) => {
                    const written = Array.from({ length: step.entries }, () => entry(tenants[step.tenant]!, subject.id, ++subject.last));
                    await feed.append(tx, written);
                    await tx.query('SELECT pg_sleep($1)', [step.pause / 1_000]);
                    if (step.rollback) throw new Error('rolled back');
                  })
                  .catch(() => (subject.last = before));
              }
            })(),
          );
          await Promise.all(chains);
          const total = subjects.reduce((sum, { last }) => sum + last, 0);
          await everythingPlaced(total);
          await vi.waitFor(() => expect(positions).toHaveLength(total), { timeout: 5_000, interval: 5 });
          reading = false;
          await reader;
          expect(positions).toEqual(Array.from({ length: total }, (_, i) => BigInt(i + 1)));
          const all = await one.read(db.database, 0n, 1_000);
          for (const tenant of tenants) {
            const own = all.filter(({ tenantId }) => tenantId === tenant);
            expect(own.map(({ tenantSequence }) => tenantSequence)).toEqual(own.map((_, i) => BigInt(i + 1)));
          }
          for (const { id, last } of subjects) {
            expect(all.filter(({ subjectId }) => subjectId === id).map(({ subjectSequence }) => subjectSequence)).toEqual(Array.from({ length: last }, (_, i) => i + 1));
          }
        },
      ),
      { numRuns: 15 },
    );
  });
});
