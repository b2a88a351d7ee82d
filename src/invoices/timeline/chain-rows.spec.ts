import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { lanesBench, type LanesBench } from '../../../test/support/lanes-bench.js';
import { sample } from '../../../test/support/sample.js';
import type { EventType } from '../../sdi/index.js';
import { TimelineChain1764000000150 } from '../migrations/1764000000150-timeline-chain.js';
import { InvoiceQueries } from '../queries/invoice-queries.js';
import type { NewTimelineEvent } from './timeline.js';

let db: TestDatabase;
let lanes: LanesBench;
let queries: InvoiceQueries;
let serial = 0;

beforeAll(async () => {
  db = await testDatabase();
  lanes = lanesBench({ database: db.database });
  queries = new InvoiceQueries(db.database);
  const nobody = { host: '127.0.0.1', port: 1, security: 'tls' as const, user: 'x' };
  await lanes.mailbox({ address: 'fatture@pec.ditta.example', smtp: nobody, imap: nobody, passwords: { smtp: 'x', imap: 'x' }, sdiAddress: 'sdi01@pec.fatturapa.it', quotaPerHour: 1, quotaPerDay: 1, trust: 'sandbox' });
  // Nothing is sent: only what is told here is in the timelines.
  await lanes.stop();
});
afterAll(() => db?.close());

async function invoiceWith(...types: readonly EventType[]): Promise<string> {
  const id = await lanes.take(sample('privata', `C/${++serial}`));
  const evidenceSha256 = await lanes.evidence.put(Buffer.from('{}'), 'application/json');
  const events = types.map((type, index): NewTimelineEvent => ({ type, key: `${type}:\ud800:${index}`, at: `2026-11-20T10:00:0${index}.123456+01:00`, attempt: 1, source: 'smtp', evidenceSha256, facts: { z: 1, a: [1.5, 1e21, -0, 'è\u2028'], nothing: undefined } }));
  await db.database.transaction((tx) => lanes.timeline.append(tx, id, events));
  return id;
}

/** What only the owner of the database can do: the trigger is switched off. */
async function behindTheTrigger(statement: string, ...values: unknown[]): Promise<void> {
  await db.database.query('ALTER TABLE timeline DISABLE TRIGGER timeline_append_only');
  await db.database.query(statement, values);
  await db.database.query('ALTER TABLE timeline ENABLE TRIGGER timeline_append_only');
}

const chainOf = async (id: string): Promise<object> => (await queries.timeline(id)).chain;

it('chains what is written, whatever stands in it, and tells the head with each change of state', async () => {
  const id = await invoiceWith('attempt_opened', 'smtp_accepted', 'accettazione');
  const { items, chain } = await queries.timeline(id);
  const entries = items as { hash: string; previousHash: string }[];
  expect(chain).toEqual({ ok: true });
  expect(entries).toHaveLength(4);
  expect(entries[0]?.previousHash).toBe('0'.repeat(64));
  expect(entries.slice(1).map(({ previousHash }) => previousHash)).toEqual(entries.slice(0, -1).map(({ hash }) => hash));
  const told = lanes.feed.entries.filter(({ subjectId }) => subjectId === id).map(({ data }) => data['timelineHash']);
  expect(told).toEqual(entries.map(({ hash }) => hash));
});

it('refuses to change or delete an entry', async () => {
  const id = await invoiceWith('attempt_opened');
  for (const statement of ["UPDATE timeline SET status = 'delivered' WHERE invoice_id = $1", 'DELETE FROM timeline WHERE invoice_id = $1']) {
    await expect(db.database.query(statement, [id])).rejects.toThrow(/append-only/);
  }
});

it('shows where an entry was changed, removed or cut off behind our back', async () => {
  const [changed, removed, cut, emptied] = [await invoiceWith('attempt_opened', 'smtp_accepted'), await invoiceWith('attempt_opened', 'smtp_accepted'), await invoiceWith('attempt_opened', 'smtp_accepted'), await invoiceWith()];
  await behindTheTrigger(`UPDATE timeline SET recorded_at = recorded_at + interval '1 microsecond' WHERE invoice_id = $1 AND sequence = 2`, changed);
  await behindTheTrigger('DELETE FROM timeline WHERE invoice_id = $1 AND sequence = 2', removed);
  await behindTheTrigger('DELETE FROM timeline WHERE invoice_id = $1 AND sequence = 3', cut);
  await behindTheTrigger('DELETE FROM timeline WHERE invoice_id = $1', emptied);
  expect([await chainOf(changed), await chainOf(removed), await chainOf(cut), await chainOf(emptied)]).toEqual([2, 2, 3, 1].map((brokenAt) => ({ ok: false, brokenAt })));
});

it('gives what was written before the chain its own', async () => {
  const ids = [await invoiceWith('attempt_opened', 'smtp_unknown'), await invoiceWith()];
  const migration = new TimelineChain1764000000150();
  const runner = db.database.dataSource.createQueryRunner();
  try {
    await behindTheTrigger(`UPDATE timeline SET recorded_at = recorded_at + interval '7 microseconds' WHERE invoice_id = $1`, ids[0]);
    await runner.startTransaction();
    await migration.down(runner);
    await migration.up(runner);
    await runner.commitTransaction();
  } finally {
    await runner.release();
  }
  for (const id of ids) expect(await chainOf(id)).toEqual({ ok: true });
  await invoiceWith('attempt_opened');
  await expect(db.database.query('DELETE FROM timeline')).rejects.toThrow(/append-only/);
});
