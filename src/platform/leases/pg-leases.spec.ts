import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { Database } from '../database/sql.js';
import { SilentLog } from '../log/log.js';
import { PgLeases } from './pg-leases.js';

let db: TestDatabase;
let leases: PgLeases;
beforeAll(async () => {
  db = await testDatabase();
  leases = new PgLeases(db.database, new SilentLog());
});
afterAll(async () => {
  await leases.close();
  await db.close();
});

describe('PgLeases', () => {
  it('gives a lease to one of many who ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => leases.tryAcquire('one', 10_000)));
    expect(answers.filter((lease) => lease !== undefined)).toHaveLength(1);
  });

  it('gives it again after a release, with a higher fence', async () => {
    const first = (await leases.tryAcquire('again', 10_000))!;
    expect(first.held).toBe(true);
    await first.release();
    expect([first.held, first.signal.aborted]).toEqual([false, true]);
    const second = (await leases.tryAcquire('again', 10_000))!;
    expect(second.fence).toBe(first.fence + 1n);
    await first.release();
    expect(await leases.tryAcquire('again', 10_000)).toBeUndefined();
  });

  it('renews itself', async () => {
    const lease = (await leases.tryAcquire('renewed', 450))!;
    await sleep(1_200);
    expect(lease.held).toBe(true);
    expect(await leases.tryAcquire('renewed', 450)).toBeUndefined();
    await lease.release();
  });

  it('is lost, with its signal, when somebody else took it', async () => {
    const lease = (await leases.tryAcquire('stolen', 300))!;
    await db.database.query("UPDATE leases SET holder = gen_random_uuid(), fence = fence + 1 WHERE name = 'stolen'");
    await expect.poll(() => lease.signal.aborted).toBe(true);
    expect(lease.held).toBe(false);
  });

  it('says that it is over and tells everybody in the same moment, whatever renewal is answered afterwards', async () => {
    const lease = (await leases.tryAcquire('slept', 300))!;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 350);
    expect([lease.held, lease.signal.aborted]).toEqual([false, true]);
    await sleep(150);
    expect(lease.held).toBe(false);
  });

  it('is lost before it runs out in the database when it cannot be renewed', async () => {
    const cut = new (class extends Database {
      broken = false;
      override query: Database['query'] = (text, parameters) => (this.broken ? Promise.reject(new Error('unreachable')) : db.database.query(text, parameters));
      override transaction: Database['transaction'] = (work) => db.database.transaction(work);
      override listen: Database['listen'] = (channel, listener) => db.database.listen(channel, listener);
    })();
    const mine = new PgLeases(cut, new SilentLog());
    const lease = (await mine.tryAcquire('cut', 400))!;
    cut.broken = true;
    let successor;
    while (successor === undefined) {
      const heldBefore = lease.held;
      successor = await leases.tryAcquire('cut', 400);
      if (successor !== undefined) expect(lease.held).toBe(false);
      else expect(heldBefore || !lease.held).toBe(true);
      await sleep(5);
    }
    expect(lease.signal.aborted).toBe(true);
    expect(successor.fence).toBe(lease.fence + 1n);
  });

  it('frees everything for a process that is alone', async () => {
    await leases.tryAcquire('left over', 60_000);
    await leases.freeAll();
    expect((await leases.tryAcquire('left over', 60_000))?.fence).toBe(2n);
  });
});

describe('many leases of one process', () => {
  /** Counts statements. */
  class Counting extends Database {
    count = 0;
    override query: Database['query'] = (text, parameters) => {
      this.count += 1;
      return db.database.query(text, parameters);
    };
    override transaction: Database['transaction'] = (work) => db.database.transaction(work);
    override listen: Database['listen'] = (channel, listener) => db.database.listen(channel, listener);
  }

  it('are taken, renewed and released by few statements, whatever their number', async () => {
    const counting = new Counting();
    const mine = new PgLeases(counting, new SilentLog());
    const names = Array.from({ length: 500 }, (_, n) => `many ${n}`);
    const held = await mine.tryAcquireSome(names, 900, 1_000);
    expect([held.length, counting.count]).toEqual([500, 1]);
    await sleep(1_500);
    expect(held.every((lease) => lease.held)).toBe(true);
    // Every third of their time: five times in this while.
    expect(counting.count).toBeLessThanOrEqual(8);
    expect(await leases.tryAcquireSome(names, 900, 1_000)).toEqual([]);
    const before = counting.count;
    await mine.close();
    expect(counting.count).toBe(before + 1);
    expect(await leases.tryAcquireSome(names, 900, 1_000)).toHaveLength(500);
  });

  it('takes in the order asked for, no more than asked for, and passes over what is held', async () => {
    await leases.tryAcquire('some b', 10_000);
    const taken = await leases.tryAcquireSome(['some d', 'some b', 'some c', 'some a'], 10_000, 2);
    expect(taken.map(({ name }) => name).sort()).toEqual(['some c', 'some d']);
    expect(await leases.tryAcquireSome(['some d', 'some a'], 10_000, 0)).toEqual([]);
  });

  it('loses the one that was taken away and keeps the others', async () => {
    const [first, second] = await leases.tryAcquireSome(['keep 1', 'keep 2'], 600, 2);
    await db.database.query("UPDATE leases SET holder = gen_random_uuid(), fence = fence + 1 WHERE name = 'keep 2'");
    await expect.poll(() => second!.signal.aborted).toBe(true);
    await sleep(700);
    expect(first!.held).toBe(true);
    await first!.release();
  });

  it('gives each to one of many processes that ask for all of them at once, in any order', async () => {
    const names = Array.from({ length: 60 }, (_, n) => `raced ${n}`);
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => new PgLeases(db.database, new SilentLog()).tryAcquireSome(n % 2 === 0 ? names : [...names].reverse(), 10_000, 10)));
    const taken = answers.flat().map(({ name }) => name);
    expect(new Set(taken).size).toBe(taken.length);
    expect(answers.every((some) => some.length <= 10)).toBe(true);
  });
});
