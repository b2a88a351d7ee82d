import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../src/platform/index.js';
import { hmacSigner, signedHeaders } from '../../src/webhooks/signing/sign.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { addCompany, Receiver, Service, tell, TestFeed, until } from './webhooks.fixture.js';

const QUICK = [0, 20, 20, 20, 20, 20, 20, 20, 20, 20];

let db: TestDatabase;
let company: string;
const services: Service[] = [];
const receivers: Receiver[] = [];

beforeAll(async () => {
  db = await testDatabase();
  company = await addCompany(db);
});
afterAll(() => db.close());

let feed: TestFeed;
beforeEach(() => {
  feed = new TestFeed();
});
afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.stop()));
  const gone = receivers.splice(0);
  await Promise.all(gone.map((receiver) => receiver.down()));
  await db.database.query('UPDATE webhook_endpoints SET enabled = false');
  for (const receiver of gone) expect(receiver.unverified).toEqual([]);
});

function service(options: ConstructorParameters<typeof Service>[2] = { schedule: QUICK }): Service {
  const made = new Service(db, feed, options).start();
  services.push(made);
  return made;
}

async function receiver(): Promise<Receiver> {
  const made = await Receiver.start();
  receivers.push(made);
  return made;
}

/** A service, a receiver and an endpoint between them. */
async function pair(options?: ConstructorParameters<typeof Service>[2], more?: Parameters<Service['endpoint']>[1]) {
  const sender = service(options);
  const hook = await receiver();
  const { id, secret } = await sender.endpoint(hook.url, more);
  hook.secret = secret;
  return { sender, hook, id };
}

const states = async (endpointId: string) => {
  const rows = await db.database.query<{ state: string; count: number }>(
    'SELECT state, count(*)::integer AS count FROM webhook_deliveries WHERE endpoint_id = $1 GROUP BY state',
    [endpointId],
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
};
const health = async (endpointId: string) =>
  (await db.database.query<Record<string, never>>('SELECT * FROM webhook_endpoints WHERE id = $1', [endpointId]))[0]!;

/**
 * Each invoice's accepted events came in order, none missing. One whose answer came after the sender's patience (a busy machine is enough) comes
 * again at once under the same id: that is the contract, and what the id is for.
 */
function expectInOrder(hook: Receiver, invoices: readonly string[], events: number): void {
  for (const invoice of invoices) {
    const accepted = hook.accepted.filter(({ body }) => body.data['invoiceId'] === invoice);
    const once = accepted.filter(({ id }, index) => id !== accepted[index - 1]?.id);
    expect(once.map(({ body }) => body.sequence)).toEqual(Array.from({ length: events }, (_, index) => index + 1));
  }
}

describe('deliveries', () => {
  it('reach a receiver written with the public library, with the three headers and the body as described', async () => {
    const { sender, hook, id } = await pair();
    const invoice = newId();
    await tell(db, feed, company, invoice, [1], 'invoice.delivered');
    const [received] = await until(
      () => hook.received,
      ({ length }) => length === 1,
    );
    expect(received!.headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': received!.body.id });
    expect(received!.headers['webhook-signature']).toMatch(/^v1,[A-Za-z0-9+/]{43}=$/);
    expect(received!.body).toMatchObject({
      type: 'invoice.delivered',
      sequence: 1,
      data: { invoiceId: invoice, url: `http://corriere.test/v1/invoices/${invoice}` },
    });
    await until(
      () => states(id),
      ({ delivered }) => delivered === 1,
    );
    expect(await health(id)).toMatchObject({ waiting: 0, failing_since: null, last_success_at: expect.any(Date) });
    expect((await sender.metrics.render()).split('\n')).toContain('corriere_webhook_attempts_total{result="delivered"} 1');
  });

  it('leave upon the growth of the feed, not at the next sweep', async () => {
    const { hook } = await pair();
    const times: number[] = [];
    for (let index = 1; index <= 20; index += 1) {
      let committed = 0;
      const stop = feed.onGrowth(() => (committed = performance.now()));
      await tell(db, feed, company, newId(), [1]);
      await until(
        () => hook.received.length,
        (length) => length === index,
      );
      times.push(hook.received.at(-1)!.at - committed);
      stop();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const median = times.sort((a, b) => a - b)[10]!;
    // About 5 ms on an idle machine; generous, because other suites share it.
    expect(median).toBeLessThan(1_000);
  });

  it('miss nothing and keep the order of each invoice while the receiver is down, broken and slow', async () => {
    const { hook, id } = await pair({ schedule: [0, ...Array<number>(200).fill(20)], timeoutMs: 150 });
    const invoices = Array.from({ length: 12 }, () => newId());
    const events = 6;
    let count = 0;
    hook.answer = () => {
      count += 1;
      if (count % 7 === 0) return 500;
      if (count % 11 === 0) return (request) => request.socket.destroy();
      if (count % 13 === 0) return () => undefined;
      return 200;
    };
    for (let sequence = 1; sequence <= events; sequence += 1) {
      if (sequence === 3) await hook.down();
      if (sequence === 5) await hook.up();
      for (const invoice of invoices) await tell(db, feed, company, invoice, [sequence]);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    await until(
      () => states(id),
      ({ delivered, waiting, failed }) => delivered === invoices.length * events && !waiting && !failed,
      30_000,
    );
    expectInOrder(hook, invoices, events);
    expect((await health(id))['waiting']).toBe(0);
  });

  it('use the same id and bytes at every attempt and sign each anew', async () => {
    const { hook } = await pair();
    hook.answer = () => (hook.received.length < 3 ? 503 : 200);
    await tell(db, feed, company, newId(), [1]);
    await until(
      () => hook.received,
      ({ length }) => length === 4,
    );
    expect(new Set(hook.received.map(({ id }) => id)).size).toBe(1);
    expect(new Set(hook.received.map(({ raw }) => raw.toString('hex'))).size).toBe(1);
  });

  it('let other invoices go on while one is refused, and let that one go on when its event has failed for good', async () => {
    const { hook, id } = await pair({ schedule: [0, 30, 30] });
    const [stuck, other] = [newId(), newId()];
    hook.answer = ({ body }) => (body.data['invoiceId'] === stuck && body.sequence === 1 ? 422 : 200);
    await tell(db, feed, company, stuck, [1, 2, 3]);
    await tell(db, feed, company, other, [1, 2]);
    await until(
      () => states(id),
      ({ delivered, failed }) => delivered === 4 && failed === 1,
    );
    const order = hook.received.map(({ body }) => `${body.data['invoiceId'] === stuck ? 's' : 'o'}${body.sequence}`);
    expect(order.filter((name) => name === 's1')).toHaveLength(3);
    expect(order.indexOf('s2')).toBeGreaterThan(order.lastIndexOf('s1'));
    expect(order.indexOf('o2')).toBeLessThan(order.lastIndexOf('s1'));
    expect((await health(id))['waiting']).toBe(0);
  });

  it('are not held up by a slow receiver of somebody else, nor by a slow answer to another invoice', async () => {
    const { sender, hook: slow } = await pair();
    const hanging: (() => void)[] = [];
    slow.answer = () => (_request, response) => void hanging.push(() => response.writeHead(200).end());
    const quick = await receiver();
    quick.secret = (await sender.endpoint(quick.url)).secret;
    for (let index = 0; index < 30; index += 1) await tell(db, feed, company, newId(), [1]);
    await until(
      () => quick.received,
      ({ length }) => length === 30,
    );
    await until(
      () => slow.received,
      ({ length }) => length === 8,
    );
    expect(slow.mostParallel).toBe(8);
    for (let released = 0; released < 30;) {
      await until(
        () => hanging.length,
        (length) => length > 0,
      );
      released += hanging.splice(0).map((release) => release()).length;
    }
    await until(
      () => slow.received,
      ({ length }) => length === 30,
    );
    expect(slow.mostParallel).toBe(8);
  });

  it('follow no redirect', async () => {
    const { hook, id } = await pair({ schedule: [0] });
    const other = await receiver();
    hook.answer = () => (_request, response) => response.writeHead(302, { location: other.url }).end();
    await tell(db, feed, company, newId(), [1]);
    await until(
      () => states(id),
      ({ failed }) => failed === 1,
    );
    expect(other.received).toHaveLength(0);
  });

  it('stop at 410 until somebody switches the endpoint on again, then go on where they stopped', async () => {
    const { sender, hook, id } = await pair();
    const invoice = newId();
    hook.answer = () => 410;
    await tell(db, feed, company, invoice, [1]);
    await until(
      () => health(id),
      (row) => row['enabled'] === false,
    );
    expect(await health(id)).toMatchObject({ disabled_reason: 'gone', waiting: 1 });
    await tell(db, feed, company, invoice, [2, 3]);
    await sender.worker.sweep();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(hook.received).toHaveLength(1);
    hook.answer = () => 200;
    await sender.endpoints.change(id, undefined, { enabled: true, missed: 'deliver' });
    await sender.worker.grow();
    await until(
      () => hook.accepted,
      ({ length }) => length === 3,
    );
    expectInOrder(hook, [invoice], 3);
  });

  it('rest while a busy receiver asks for it', async () => {
    const { sender, hook, id } = await pair({ schedule: [0, 10, 10] });
    hook.answer = () => (_request, response) => response.writeHead(429, { 'retry-after': '120' }).end();
    await tell(db, feed, company, newId(), [1]);
    await until(
      () => health(id),
      (row) => row['paused_until'] !== null,
    );
    await tell(db, feed, company, newId(), [1]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(hook.received).toHaveLength(1);
    hook.answer = () => 200;
    // As long as the pause and its jitter, but inside of the library's tolerance for timestamps.
    sender.clock.advance(140_000);
    await sender.worker.sweep();
    await until(
      () => hook.accepted,
      ({ length }) => length === 2,
    );
  });

  it('come again under the same id when the process dies between the request and its settlement', async () => {
    const hook = await receiver();
    const dying = new Service(db, feed, { schedule: QUICK });
    const { id, secret } = await dying.endpoint(hook.url);
    hook.secret = secret;
    await tell(db, feed, company, newId(), [1, 2]);
    await dying.fanOut.run(() => undefined);
    const turn = await dying.turns.take(id, [], 8);
    expect(turn?.claimed).toHaveLength(1);
    const [claimed] = turn!.claimed;
    await fetch(hook.url, {
      method: 'POST',
      body: claimed!.body,
      headers: { ...signedHeaders(claimed!.eventId, new Date(), claimed!.body, [hmacSigner(secret)]) },
    });

    const next = service();
    await next.worker.sweep();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(hook.received).toHaveLength(1);
    await db.database.query(
      "UPDATE webhook_deliveries SET claimed_until = clock_timestamp() - interval '1 second' WHERE endpoint_id = $1 AND claim IS NOT NULL",
      [id],
    );
    await next.worker.sweep();
    await until(
      () => states(id),
      ({ delivered }) => delivered === 2,
    );
    expect(hook.received.map(({ body }) => body.sequence)).toEqual([1, 1, 2]);
    expect(hook.received[1]!.id).toBe(hook.received[0]!.id);
    expect(hook.received[1]!.raw.equals(hook.received[0]!.raw)).toBe(true);

    // The dead one was only asleep: what it says now changes nothing any more.
    const late = {
      delivery: claimed!,
      at: new Date(),
      requestHeaders: {},
      result: { durationMs: 1, status: 500, error: 'status' as const },
      verdict: { state: 'failed' as const },
    };
    await dying.turns.take(id, [late], 0);
    expect(await states(id)).toEqual({ delivered: 2 });
    expect((await health(id))['waiting']).toBe(0);
  });

  it('are taken over from a dead process as soon as its claims run out, without waiting for a sweep', async () => {
    const hook = await receiver();
    const dying = new Service(db, feed, { claimMs: 400 });
    const { id, secret } = await dying.endpoint(hook.url);
    hook.secret = secret;
    await tell(db, feed, company, newId(), [1]);
    await dying.fanOut.run(() => undefined);
    await dying.turns.take(id, [], 8);
    await service().worker.sweep();
    expect(hook.received).toHaveLength(0);
    await until(
      () => hook.received,
      ({ length }) => length === 1,
      2000,
    );
  });

  it('are not taken over from a process that is only waiting for a slow answer', async () => {
    const { hook, id } = await pair({ claimMs: 150 });
    const other = service({ claimMs: 150 });
    hook.answer = () => (_request, response) => void setTimeout(() => response.writeHead(200).end(), 700);
    await tell(db, feed, company, newId(), [1]);
    for (let index = 0; index < 6; index += 1) {
      await other.worker.sweep();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await until(
      () => states(id),
      ({ delivered }) => delivered === 1,
    );
    expect(hook.received).toHaveLength(1);
  });

  it('that a stopping process breaks off are given back uncounted', async () => {
    const { sender, hook, id } = await pair();
    hook.answer = () => () => undefined;
    await tell(db, feed, company, newId(), [1]);
    await until(
      () => hook.received,
      ({ length }) => length === 1,
    );
    services.splice(services.indexOf(sender), 1);
    await sender.stop();
    const [row] = (await sender.deliveries.list(id, { limit: 5 })).items;
    expect(row).toMatchObject({ state: 'waiting', attempts: 0, under_way: false });
    hook.answer = () => 200;
    await service().worker.sweep();
    await until(
      () => states(id),
      ({ delivered }) => delivered === 1,
    );
  });

  it('are made once each when several workers run', async () => {
    const { hook, id } = await pair();
    service();
    service();
    const invoices = Array.from({ length: 30 }, () => newId());
    for (const sequence of [1, 2, 3]) for (const invoice of invoices) await tell(db, feed, company, invoice, [sequence]);
    await until(
      () => states(id),
      ({ delivered }) => delivered === 90,
    );
    expect(hook.received).toHaveLength(90);
    expectInOrder(hook, invoices, 3);
    expect(hook.mostParallel).toBeLessThanOrEqual(8);
  });

  it('that cannot be taken yet are not asked for again and again', async () => {
    const { sender, hook, id } = await pair();
    const hanging: (() => void)[] = [];
    hook.answer = () => (_request, response) => void hanging.push(() => response.writeHead(200).end());
    for (let index = 0; index < 20; index += 1) await tell(db, feed, company, newId(), [1]);
    const other = service();
    await until(
      () => hanging.length,
      (length) => length === 8,
    );
    let turns = 0;
    for (const one of [sender, other]) {
      const take = one.turns.take.bind(one.turns);
      one.turns.take = (...parameters) => ((turns += 1), take(...parameters));
    }
    await other.worker.sweep();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(turns).toBeLessThanOrEqual(3);
    hook.answer = () => 200;
    hanging.forEach((release) => release());
    await until(
      () => states(id),
      ({ delivered }) => delivered === 20,
    );
  });
});

describe('endpoints', () => {
  it('get only what they ask for: their company, their types, from their creation on', async () => {
    const sender = service();
    const before = newId();
    await tell(db, feed, company, before, [1]);
    const other = await addCompany(db);
    const hook = await receiver();
    const { secret } = await sender.endpoint(hook.url, { companyId: company, eventTypes: ['invoice.delivered', 'invoice.rejected'] });
    hook.secret = secret;
    await tell(db, feed, other, newId(), [1], 'invoice.delivered');
    await tell(db, feed, company, newId(), [1], 'invoice.queued');
    const wanted = newId();
    await tell(db, feed, company, wanted, [1], 'invoice.rejected');
    await until(
      () => hook.received,
      ({ length }) => length > 0,
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(hook.received.map(({ body }) => body.data['invoiceId'])).toEqual([wanted]);
  });

  it('refuse what cannot be right, with every finding in both languages', async () => {
    const sender = service({ allowPrivate: false });
    const problem = await sender.endpoint('http://127.0.0.1/', { eventTypes: ['invoice.paid'] }).catch((error: unknown) => error);
    expect(problem).toMatchObject({
      kind: { status: 422 },
      more: {
        findings: [
          { code: 'url-private', path: '/url', message: { it: expect.any(String), en: expect.any(String) } },
          { code: 'event-type-unknown', path: '/eventTypes/0', fix: { en: expect.stringContaining('invoice.terms_expired') } },
        ],
      },
    });
    await expect(sender.endpoint('https://example.com/', { companyId: newId() })).rejects.toMatchObject({
      more: { findings: [{ code: 'company-unknown' }] },
    });
  });

  it('keep their secret sealed and show it once', async () => {
    const { sender, hook, id } = await pair();
    const [{ sealed } = { sealed: Buffer.alloc(0) }] = await db.database.query<{ sealed: Buffer }>(
      'SELECT sealed FROM webhook_secrets WHERE endpoint_id = $1',
      [id],
    );
    expect(sealed.length).toBeGreaterThan(40);
    expect(sealed.toString('latin1')).not.toContain(hook.secret.slice(6, 20));
    expect(JSON.stringify(await sender.endpoints.get(id, undefined))).not.toContain('whsec_');
  });

  it('show nothing of one company to another', async () => {
    const { sender, id } = await pair(undefined, { companyId: company });
    const other = await addCompany(db);
    await expect(sender.endpoints.get(id, other)).rejects.toMatchObject({ kind: { status: 404 } });
    await expect(sender.endpoints.change(id, other, { enabled: false, missed: 'deliver' })).rejects.toMatchObject({
      kind: { status: 404 },
    });
    await expect(sender.endpoints.remove(id, other)).rejects.toMatchObject({ kind: { status: 404 } });
    expect((await sender.endpoints.list(other, { limit: 10 })).items).toEqual([]);
    expect((await sender.endpoints.list(company, { limit: 200 })).items.map((row) => row.id)).toContain(id);
  });

  it('are gone at once when deleted, and their deliveries soon after', async () => {
    const { sender, hook, id } = await pair();
    await tell(db, feed, company, newId(), [1]);
    await until(
      () => states(id),
      ({ delivered }) => delivered === 1,
    );
    await sender.endpoints.remove(id, undefined);
    await tell(db, feed, company, newId(), [1]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(hook.received).toHaveLength(1);
    await expect(sender.endpoints.get(id, undefined)).rejects.toMatchObject({ kind: { status: 404 } });
    await sender.tidy.run();
    expect(await states(id)).toEqual({});
    expect(await health(id)).toBeUndefined();
  });
});

describe('the log and redelivery', () => {
  it('keep request, answer, time and error of every attempt', async () => {
    const { sender, hook, id } = await pair();
    hook.answer = () =>
      hook.received.length === 0 ? (_request, response) => response.writeHead(500, { 'x-why': 'no' }).end(`no ${'x'.repeat(40_000)}`) : 200;
    await tell(db, feed, company, newId(), [1]);
    await until(
      () => states(id),
      ({ delivered }) => delivered === 1,
    );
    const [row] = (await sender.deliveries.list(id, { limit: 5 })).items;
    const { attempts, body } = await sender.deliveries.get(id, row!.id);
    expect(row).toMatchObject({ state: 'delivered', attempts: 2, next_attempt_at: null });
    expect(attempts).toMatchObject([
      { response_status: 500, error: 'status', response_headers: { 'x-why': 'no' }, request_headers: { 'webhook-id': row!.event_id } },
      { response_status: 200, error: null },
    ]);
    expect(attempts[0]!.response_body).toHaveLength(16_384);
    expect(body.equals(hook.received[0]!.raw)).toBe(true);
  });

  it('send a failed delivery again under the same id, before later events of the invoice', async () => {
    const { sender, hook, id } = await pair({ schedule: [0, 60_000] });
    const invoice = newId();
    hook.answer = () => 500;
    await tell(db, feed, company, invoice, [1, 2]);
    await until(
      () => hook.received,
      ({ length }) => length === 1,
    );
    await until(
      () => health(id),
      (row) => row['failing_since'] !== null,
    );
    const rows = (await sender.deliveries.list(id, { limit: 5 })).items;
    const [second, first] = rows;
    expect(rows.map((row) => row.subject_sequence)).toEqual([2, 1]);
    await expect(sender.deliveries.redeliver(id, second!.id)).rejects.toMatchObject({ kind: { slug: 'delivery-waits-its-turn' } });
    await sender.deliveries.redeliver(id, first!.id);
    await until(
      () => states(id),
      ({ failed }) => failed === 1,
    );
    // The second is now on its way and fails too; the first, sent again, goes before it.
    await until(
      () => hook.received,
      ({ length }) => length === 3,
    );
    await until(
      () => sender.deliveries.get(id, second!.id),
      ({ row }) => row.attempts === 1 && !row.under_way,
    );
    hook.answer = () => 200;
    await sender.deliveries.redeliver(id, first!.id);
    await until(
      () => states(id),
      ({ delivered }) => delivered === 2,
    );
    expect(hook.accepted.map(({ body }) => body.sequence)).toEqual([1, 2]);
    expect(hook.accepted[0]!.id).toBe(first!.event_id);
    expect((await sender.deliveries.get(id, first!.id)).attempts).toHaveLength(3);
    expect((await health(id))['waiting']).toBe(0);
  });

  it('send a test event past the filter, and none to an endpoint that is off', async () => {
    const { sender, hook, id } = await pair(undefined, { eventTypes: ['invoice.refused'] });
    const body = {
      type: 'webhook.test',
      timestamp: new Date().toISOString(),
      data: { test: true },
      id: newId(),
      sequence: 0,
      companySequence: 0,
    };
    await sender.deliveries.test(id, body);
    const [received] = await until(
      () => hook.received,
      ({ length }) => length === 1,
    );
    expect(received!.body).toEqual(body);
    await sender.endpoints.change(id, undefined, { enabled: false, missed: 'deliver' });
    await expect(sender.deliveries.test(id, { ...body, id: newId() })).rejects.toMatchObject({ kind: { slug: 'webhook-disabled' } });
  });

  it('are removed after their time, never while waiting', async () => {
    const { sender, hook, id } = await pair({ schedule: [0, 3_600_000] });
    hook.answer = ({ body }) => (body.sequence === 1 ? 200 : 500);
    await tell(db, feed, company, newId(), [1, 2]);
    await until(
      () => hook.received,
      ({ length }) => length === 2,
    );
    await until(
      () => states(id),
      ({ delivered, waiting }) => delivered === 1 && waiting === 1,
    );
    await until(
      () => health(id),
      (row) => row['failing_since'] !== null,
    );
    sender.clock.advance(31 * 24 * 3_600_000);
    await sender.tidy.run();
    expect(await states(id)).toEqual({ waiting: 1 });
  });
});
