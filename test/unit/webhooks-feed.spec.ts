import { afterAll, beforeAll, expect, it } from 'vitest';
import { Metrics, newId, SilentLog } from '../../src/platform/index.js';
import { PgFeed } from '../../src/platform/feed/pg-feed.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { addCompany, Receiver, Service, tell, until } from './webhooks.fixture.js';

let db: TestDatabase;
let company: string;
let feeds: PgFeed[] = [];
const open = async () => {
  const feed = await PgFeed.open({ database: db.database, log: new SilentLog(), metrics: new Metrics() });
  feeds.push(feed);
  return feed;
};

beforeAll(async () => {
  db = await testDatabase();
  company = await addCompany(db);
});
afterAll(async () => {
  await Promise.all(feeds.map((feed) => feed.close()));
  feeds = [];
  await db.close();
});

it("turns the service's own feed into deliveries: all of them, in order, numbered without gaps, with several writers and workers", async () => {
  const [first, second] = [await open(), await open()];
  const services = [new Service(db, first).start(), new Service(db, second).start()];
  const hook = await Receiver.start();
  const { id, secret } = await services[0]!.endpoint(hook.url);
  hook.secret = secret;
  const invoices = Array.from({ length: 25 }, () => newId());
  await Promise.all(
    invoices.map(async (invoice, index) => {
      for (const sequence of [1, 2, 3, 4]) await tell(db, index % 2 ? first : second, company, invoice, [sequence]);
    }),
  );
  await until(
    () => hook.accepted,
    ({ length }) => length === 100,
    20_000,
  );
  for (const invoice of invoices)
    expect(hook.accepted.filter(({ body }) => body.data['invoiceId'] === invoice).map(({ body }) => body.sequence)).toEqual([1, 2, 3, 4]);
  expect(hook.accepted.map(({ body }) => body.companySequence).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 100 }, (_, index) => index + 1),
  );
  await until(
    async () => (await services[0]!.endpoints.get(id, undefined)).waiting,
    (waiting) => waiting === 0,
  );
  expect(hook.received).toHaveLength(100);
  expect(hook.unverified).toEqual([]);

  const times: number[] = [];
  for (let index = 0; index < 15; index += 1) {
    await tell(db, first, company, newId(), [1]);
    const committed = performance.now();
    await until(
      () => hook.received.length,
      (length) => length === 101 + index,
    );
    times.push(hook.received.at(-1)!.at - committed);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  // Commit to request, with the feed's own few milliseconds; generous, because other suites share the machine.
  expect(times.sort((a, b) => a - b)[7]).toBeLessThan(1_000);
  await Promise.all(services.map((service) => service.stop()));
  await hook.down();
});
