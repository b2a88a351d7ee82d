import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { lanesBench, type LanesBench } from '../../../test/support/lanes-bench.js';
import type { Mailbox } from '../../companies/mailboxes/mailbox.js';
import { SilentLog } from '../../platform/index.js';
import { ScriptedSession } from '../testing/scripted-session.js';
import { FolderSync } from './folder-sync.js';
import { Stumbles } from './stumbles.js';

let db: TestDatabase;
let bench: LanesBench;
let mailbox: Mailbox;
let session: ScriptedSession;
let stored: string[];
let stumbles: Stumbles;
let serial = 0;

const DAY = 86_400_000;
const mail = (text: string): Buffer => Buffer.from(`Subject: ${text}\r\n\r\n${text}\r\n`);

beforeAll(async () => {
  db = await testDatabase();
  bench = lanesBench({ database: db.database });
});
afterAll(() => db?.close());
beforeEach(async () => {
  const server = { host: '127.0.0.1', port: 1, security: 'tls', user: 'x' } as const;
  mailbox = await bench.mailbox({
    address: `a${++serial}@pec.ditta-esempio.it`,
    smtp: server,
    imap: server,
    passwords: { smtp: 'x', imap: 'x' },
    sdiAddress: 'sdi01@pec.fatturapa.it',
    quotaPerHour: 1,
    quotaPerDay: 1,
    trust: 'public',
  });
  session = new ScriptedSession();
  stored = [];
  stumbles = new Stumbles(() => performance.now());
});

const sync = (): FolderSync =>
  new FolderSync(mailbox, 'INBOX', { ledger: bench.ledger, reconciliations: bench.reconciliations, attempts: bench.attempts, clock: bench.clock, log: new SilentLog(), stumbles, stored: (ids) => stored.push(...ids) });

async function ledger(): Promise<{ uid: number; disposition: string; text: string }[]> {
  const rows = await db.database.query<{ uid: string; disposition: string; content: Buffer }>(
    'SELECT m.uid, m.disposition, e.content FROM messages m JOIN evidence e ON e.sha256 = m.sha256 WHERE mailbox_id = $1 ORDER BY m.uid_validity, m.uid',
    [mailbox.id],
  );
  return rows.map((row) => ({ uid: Number(row.uid), disposition: row.disposition, text: row.content.toString('latin1') }));
}

describe('FolderSync', () => {
  it('reads a mailbox from its horizon on, and never twice', async () => {
    session.messages.push({ uid: 3, octets: mail('years ago'), internalDate: new Date(Date.now() - 400 * DAY) }, { uid: 7, octets: mail('a') }, { uid: 8, octets: mail('b') });
    const folder = sync();
    expect(await folder.open(session)).toBe(2);
    session.messages.push({ uid: 9, octets: mail('c') });
    expect(await folder.news(session)).toBe(1);
    expect(await folder.news(session)).toBe(0);
    // Another process, later.
    expect(await sync().open(session)).toBe(0);
    expect((await ledger()).map((row) => row.uid)).toEqual([7, 8, 9]);
    expect(stored).toHaveLength(3);
  });

  // T2: dedupe by UID without UIDVALIDITY loses or duplicates mail.
  it('T2 begins anew under another UIDVALIDITY, and misses nothing that has the UID of an older one', async () => {
    session.messages.push({ uid: 1, octets: mail('a') }, { uid: 2, octets: mail('b') });
    const folder = sync();
    await folder.open(session);
    session.uidValidity = 2n;
    session.messages.splice(0, 2, { uid: 1, octets: mail('b') }, { uid: 2, octets: mail('new') });
    expect(await folder.open(session)).toBe(2);
    expect((await ledger()).map((row) => row.text.split('\r\n')[2])).toEqual(['a', 'b', 'b', 'new']);
  });

  it('T2 a UIDVALIDITY of zero is one like any other', async () => {
    session.uidValidity = 0n;
    session.messages.push({ uid: 1, octets: mail('a') });
    expect(await sync().open(session)).toBe(1);
    expect(await sync().open(session)).toBe(0);
  });

  it('fetches again what came short, and takes what the server counts otherwise as it is', async () => {
    session.messages.push({ uid: 1, octets: mail('short at first'), gives: [5] }, { uid: 2, octets: mail('counted otherwise'), claims: 1 });
    await sync().open(session);
    expect((await ledger()).map((row) => row.text)).toEqual([mail('short at first').toString(), mail('counted otherwise').toString()]);
  });

  it('keeps only the header of a giant, in quarantine, and goes on', async () => {
    session.messages.push({ uid: 1, octets: mail('giant'), claims: 2 ** 31 }, { uid: 2, octets: mail('next') });
    await sync().open(session);
    expect(await ledger()).toEqual([
      { uid: 1, disposition: 'quarantined', text: 'Subject: giant\r\n\r\n' },
      { uid: 2, disposition: 'waiting', text: mail('next').toString() },
    ]);
    expect(session.fetched.flat()).toEqual([2]);
    expect(stored).toHaveLength(1);
  });

  it('passes over what vanished between its head and its octets', async () => {
    session.messages.push({ uid: 1, octets: mail('gone') }, { uid: 2, octets: mail('there') });
    const { fetch } = session;
    session.fetch = async (uids) => {
      session.messages.splice(0, session.messages.length, ...session.messages.filter((message) => message.uid !== 1));
      return fetch.call(session, uids);
    };
    const folder = sync();
    await folder.open(session);
    expect((await ledger()).map((row) => row.uid)).toEqual([2]);
    expect((await bench.ledger.cursor(mailbox.id, 'INBOX'))?.lastUid).toBe(2);
  });

  it('T1 a message that is there and is not given has its disposition, and is fetched later, however old', async () => {
    session.messages.push({ uid: 1, octets: mail('old'), internalDate: new Date(Date.now() - 20 * DAY) }, { uid: 2, octets: mail('next') });
    const { fetch } = session;
    session.fetch = async (uids) => (await fetch.call(session, uids)).filter((message) => message.uid !== 1);
    await sync().open(session);
    expect(await ledger()).toMatchObject([
      { uid: 1, disposition: 'quarantined', text: '' },
      { uid: 2, disposition: 'waiting' },
    ]);
    session.fetch = fetch;
    expect(await sync().open(session)).toBe(0);
    await db.database.query(`UPDATE messages SET tried_at = tried_at - interval '7 hours' WHERE mailbox_id = $1`, [mailbox.id]);
    expect(await sync().open(session)).toBe(1);
    expect(await ledger()).toMatchObject([{ uid: 1, disposition: 'waiting', text: mail('old').toString() }, { uid: 2 }]);
    expect(stored).toHaveLength(2);
    expect(new Set(stored).size).toBe(2);
  });

  it('T1 a message that cannot be fetched costs the connection once in a while at most, also over restarts', async () => {
    session.messages.push({ uid: 1, octets: mail('poison') });
    session.fetch = async () => {
      throw new Error('connection lost');
    };
    for (let tries = 0; tries < 5; tries += 1) await expect(sync().open(session)).rejects.toThrow('connection lost');
    await sync().open(session);
    stumbles = new Stumbles(() => performance.now());
    expect(await sync().open(session)).toBe(0);
    await db.database.query(`UPDATE messages SET tried_at = tried_at - interval '7 hours' WHERE mailbox_id = $1`, [mailbox.id]);
    await expect(sync().open(session)).rejects.toThrow('connection lost');
    expect(await sync().open(session)).toBe(0);
    expect(await ledger()).toMatchObject([{ uid: 1, disposition: 'quarantined' }]);
  });

  it('T2 another server with the same UIDVALIDITY is read from its horizon on', async () => {
    session.messages.push({ uid: 1, octets: mail('a') }, { uid: 2, octets: mail('b') });
    const stale = sync();
    await stale.open(session);
    mailbox = { ...mailbox, imapEpoch: 1 };
    const other = new ScriptedSession();
    other.messages.push({ uid: 1, octets: mail('c') }, { uid: 2, octets: mail('d') });
    expect(await sync().open(other)).toBe(2);
    expect((await ledger()).map((row) => row.text.split('\r\n')[2]).sort()).toEqual(['a', 'b', 'c', 'd']);
    // A lane that has not noticed yet neither reads on nor takes the cursor back.
    session.messages.push({ uid: 3, octets: mail('e') });
    expect(await stale.open(session)).toBe(0);
    expect(await sync().open(other)).toBe(0);
  });

  it('T1 a message over which the server breaks down is passed over after some tries, and its neighbours are read', async () => {
    session.messages.push({ uid: 1, octets: mail('a') }, { uid: 2, octets: mail('poison') }, { uid: 3, octets: mail('c') });
    const { fetch } = session;
    session.fetch = async (uids) => {
      if (uids.includes(2)) throw new Error('connection lost');
      return fetch.call(session, uids);
    };
    let tries = 0;
    for (; tries < 10; tries += 1) {
      try {
        await sync().open(session);
        break;
      } catch {
        // The lane connects again.
      }
    }
    expect(tries).toBeLessThan(10);
    expect((await ledger()).map((row) => [row.uid, row.disposition])).toEqual([
      [1, 'waiting'],
      [2, 'quarantined'],
      [3, 'waiting'],
    ]);
  });

  it('reconciles: what is on the server and not in the ledger is fetched, wherever the cursor is', async () => {
    session.messages.push({ uid: 5, octets: mail('a') });
    await sync().open(session);
    session.messages.unshift({ uid: 4, octets: mail('came back') });
    await db.database.query('UPDATE cursors SET reconciled_at = NULL WHERE mailbox_id = $1', [mailbox.id]);
    expect(await sync().open(session)).toBe(1);
    expect((await ledger()).map((row) => row.uid)).toEqual([4, 5]);
  });

  it('holds every message once, however often and from wherever it is read', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('arrive', 'news', 'open', 'restart'), { minLength: 1, maxLength: 15 }), async (steps) => {
        await db.database.query('DELETE FROM messages WHERE mailbox_id = $1', [mailbox.id]);
        await db.database.query('DELETE FROM cursors WHERE mailbox_id = $1', [mailbox.id]);
        session = new ScriptedSession();
        let folder = sync();
        let uid = 0;
        await folder.open(session);
        for (const step of steps) {
          if (step === 'arrive') session.messages.push({ uid: (uid += 1 + (uid % 3)), octets: mail(String(uid)) });
          if (step === 'news') await folder.news(session);
          if (step === 'restart') folder = sync();
          if (step !== 'arrive') await folder.open(session);
        }
        await folder.open(session);
        expect((await ledger()).map((row) => row.uid)).toEqual(session.messages.map((message) => message.uid));
      }),
      { numRuns: 25 },
    );
  });
});
