import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import type { Tx } from '../../platform/database/sql.js';
import { SilentLog } from '../../platform/log/log.js';
import { MailboxFullError } from '../mail/types.js';
import { Delivery } from '../provider/delivery.js';
import { type Handlers, Runner } from './runner.js';
import { type Effect, NOTHING, type NewWork, schedule } from './schedule.js';

let db: TestDatabase;
let now = new Date('2026-11-21T10:00:00Z');
const clock = { now: () => Promise.resolve(now) };
beforeAll(async () => void (db = await testDatabase()));
afterAll(() => db?.close());
beforeEach(async () => {
  now = new Date('2026-11-21T10:00:00Z');
  await db.database.query('TRUNCATE sandbox_schedule');
});

/** A mailbox that is a table's rows: what a rolled back transaction delivered is not there. */
class Inbox extends Delivery {
  full = 0;
  override mailbox(address: string): Promise<string> {
    return Promise.resolve(address);
  }
  override async deliver(mailbox: string, raw: Buffer, at: Date, tx: Tx): Promise<void> {
    if (this.full > 0) {
      this.full -= 1;
      throw new MailboxFullError(mailbox);
    }
    await tx.query('INSERT INTO sandbox_handovers (account, base_name, times) VALUES ($1, $2, 1)', [raw.toString(), at.toISOString()]);
  }
  async content(): Promise<string[]> {
    const rows = await db.database.query<{ account: string }>('SELECT account FROM sandbox_handovers ORDER BY ctid');
    return rows.map(({ account }) => account);
  }
}

const item = (submission: string, seconds: number, stream = 'a'): NewWork => ({
  stream,
  at: new Date(Date.parse('2026-11-21T10:00:00Z') + seconds * 1000),
  kind: 'transport',
  payload: { submission, act: 'accettazione' },
});
const mail = (text: string, at: Date): Effect => ({ mails: [{ mailbox: 'm', raw: Buffer.from(text), at, twice: false }], work: [] });
const handlers = (transport: Handlers['transport']): Handlers => ({
  transport,
  answer: () => Promise.resolve(NOTHING),
  invoice: () => Promise.resolve(NOTHING),
  supplier: () => Promise.resolve(NOTHING),
});
const drain = async (runner: Runner): Promise<void> => {
  while ((await runner.round()) > 0);
};
const owed = async (): Promise<{ tries: number; due_at: Date; failure: string | null }[]> =>
  db.database.query('SELECT tries, due_at, failure FROM sandbox_schedule ORDER BY id');

describe('the runner', () => {
  let inbox: Inbox;
  beforeEach(() => void (inbox = new Inbox()));
  afterEach(() => db.database.query('TRUNCATE sandbox_handovers'));
  const runner = (transport: Handlers['transport']): Runner => new Runner(db.database, clock, inbox, handlers(transport), new SilentLog());

  it('does what is due in its order, each item at its own instant, and what follows from it', async () => {
    await schedule(db.database, [item('3', 30), item('1', 10), item('2', 20), item('later', 1000)]);
    now = new Date(now.getTime() + 60_000);
    const instants: string[] = [];
    await drain(
      runner(({ payload, at }) => {
        instants.push(at.toISOString().slice(17, 19));
        const more = payload.submission === '1' ? [item('1b', 15)] : [];
        return Promise.resolve({ ...mail(payload.submission, at), work: more });
      }),
    );
    expect(await inbox.content()).toEqual(['1', '1b', '2', '3']);
    expect(instants).toEqual(['10', '15', '20', '30']);
    expect((await owed()).length).toBe(1);
  });

  it('keeps the given order among equal times', async () => {
    await schedule(
      db.database,
      ['a', 'b', 'c', 'd', 'e'].map((name) => item(name, 0)),
    );
    await drain(runner(({ payload, at }) => Promise.resolve(mail(payload.submission, at))));
    expect(await inbox.content()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('delivers nothing of an item that fails, tries it again and lets others pass', async () => {
    await schedule(db.database, [item('bad', 0), item('good', 1, 'b')]);
    now = new Date(now.getTime() + 2000);
    let fails = 1;
    const subject = runner(({ payload, at }) => {
      if (payload.submission === 'bad' && fails-- > 0) return Promise.reject(new Error('broken'));
      return Promise.resolve(mail(payload.submission, at));
    });
    await drain(subject);
    expect(await inbox.content()).toEqual(['good']);
    expect(await owed()).toMatchObject([{ tries: 1, failure: 'Error: broken' }]);
    now = new Date(now.getTime() + 60_000);
    await drain(subject);
    expect(await inbox.content()).toEqual(['good', 'bad']);
  });

  it('puts aside what never succeeds, and the rest of its stream goes on', async () => {
    await schedule(db.database, [item('bad', 0), item('good', 1)]);
    const subject = runner(({ payload, at }) =>
      payload.submission === 'bad' ? Promise.reject(new Error('broken')) : Promise.resolve(mail(payload.submission, at)),
    );
    for (let minutes = 0; minutes < 20; minutes++) {
      await drain(subject);
      now = new Date(now.getTime() + 60_000);
    }
    expect(await inbox.content()).toEqual(['good']);
    const rows = await db.database.query<{ tries: number; aside: boolean }>(
      "SELECT tries, due_at = 'infinity' AS aside FROM sandbox_schedule",
    );
    expect(rows).toEqual([{ tries: 8, aside: true }]);
  });

  it("tries a full mailbox again later, with the message's own instant", async () => {
    await schedule(db.database, [item('1', 0)]);
    inbox.full = 1;
    const instants: Date[] = [];
    const subject = runner(({ payload, at }) => {
      instants.push(at);
      return Promise.resolve(mail(payload.submission, at));
    });
    await drain(subject);
    expect(await inbox.content()).toEqual([]);
    now = new Date(now.getTime() + 600_000);
    await drain(subject);
    expect(await inbox.content()).toEqual(['1']);
    expect(instants[1]).toEqual(instants[0]);
  });

  it('does each item once, however many runners there are', async () => {
    await schedule(
      db.database,
      Array.from({ length: 60 }, (_, index) => item(String(index), 0, `stream ${index % 7}`)),
    );
    const runners = Array.from({ length: 3 }, () => runner(({ payload, at }) => Promise.resolve(mail(payload.submission, at))));
    await Promise.all(runners.map(drain));
    await drain(runners[0]!);
    const content = await inbox.content();
    expect([...content].sort((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 60 }, (_, index) => String(index)));
  });

  it('loops, wakes up and stops', async () => {
    const subject = runner(({ payload, at }) => Promise.resolve(mail(payload.submission, at)));
    subject.start();
    await schedule(db.database, [item('1', 0)]);
    subject.wake();
    for (let tries = 0; (await inbox.content()).length === 0 && tries < 100; tries++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    await subject.stop();
    expect(await inbox.content()).toEqual(['1']);
    await schedule(db.database, [item('2', 0)]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await inbox.content()).toEqual(['1']);
  });
});
