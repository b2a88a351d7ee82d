import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { lanesBench, type LanesBench } from '../../../test/support/lanes-bench.js';
import type { Mailbox } from '../../companies/mailboxes/mailbox.js';
import { SilentLog } from '../../platform/index.js';
import { ImapFailure } from '../imap/imap-reader.js';
import type { FolderState } from '../ledger/reconciliations.js';
import { MessageQueries } from '../messages/message-queries.js';
import { ScriptedSession } from '../testing/scripted-session.js';
import { FolderSync } from './folder-sync.js';
import { Stumbles } from './stumbles.js';

let db: TestDatabase;
let bench: LanesBench;
let mailbox: Mailbox;
let session: ScriptedSession;
let serial = 0;

const mail = (text: string): Buffer => Buffer.from(`Subject: ${text}\r\n\r\n${text}\r\n`);
/** Within what a folder is read back to, whatever the day. */
const EPOCH = Math.floor(Date.now() / 1000) * 1000 - 5 * 86_400_000;
/** A message with a date of its own, as servers give them: whole seconds. */
const message = (uid: number, text: string, second = uid) => ({ uid, octets: mail(text), internalDate: new Date(EPOCH + second * 1000) });

beforeAll(async () => {
  db = await testDatabase();
  bench = lanesBench({ database: db.database });
});
afterAll(() => db?.close());
beforeEach(async () => {
  const server = { host: '127.0.0.1', port: 1, security: 'tls', user: 'x' } as const;
  mailbox = await bench.mailbox({ address: `r${++serial}@pec.ditta-esempio.it`, smtp: server, imap: server, passwords: { smtp: 'x', imap: 'x' }, sdiAddress: 'sdi01@pec.fatturapa.it', quotaPerHour: 1, quotaPerDay: 1, trust: 'public' });
  session = new ScriptedSession();
});

const sync = (folder = 'INBOX'): FolderSync =>
  new FolderSync(mailbox, folder, { ledger: bench.ledger, reconciliations: bench.reconciliations, attempts: bench.attempts, clock: bench.clock, log: new SilentLog(), stumbles: new Stumbles(() => 0), stored: () => undefined });
const ask = (): Promise<void> => bench.reconciliations.request(mailbox.id, new Date());
const state = async (): Promise<FolderState> => (await bench.reconciliations.folders(mailbox.id))[0]!;

/** Rows as `uid text` of what is there, and of what has left in brackets. */
async function ledger(): Promise<string[]> {
  const rows = await db.database.query<{ uid: string; content: Buffer; vanished: boolean }>(
    'SELECT m.uid, e.content, m.vanished_at IS NOT NULL AS vanished FROM messages m JOIN evidence e ON e.sha256 = m.sha256 WHERE mailbox_id = $1 ORDER BY m.uid_validity, m.uid, m.fetched_at',
    [mailbox.id],
  );
  return rows.map(({ uid, content, vanished }) => `${vanished ? '(' : ''}${uid} ${content.toString('latin1').split('\r\n')[2]}${vanished ? ')' : ''}`);
}

async function compareNow(folder = sync()): Promise<void> {
  await ask();
  await folder.open(session);
  for (let step = 0; folder.reconciling; step += 1) {
    if (step > 1_000) throw new Error('a comparison without end');
    await folder.reconcile(session);
  }
}

describe('a comparison of a folder with its ledger', () => {
  it('counts both sides, and keeps the counts', async () => {
    session.messages.push(message(1, 'a'), message(2, 'b'));
    await sync().open(session);
    expect(await state()).toMatchObject({ folder: 'INBOX', vanished: 0, takenLate: 0, last: { onServer: 2, inLedger: 2, vanished: 0, takenLate: 0, agrees: true, unsettled: [] } });
  });

  it('marks what left the server, keeps its row, and knows it when it comes back', async () => {
    session.messages.push(message(1, 'a'), message(2, 'b'), message(3, 'c'));
    await sync().open(session);
    const [gone] = session.messages.splice(1, 1);
    await compareNow();
    expect(await ledger()).toEqual(['1 a', '(2 b)', '3 c']);
    expect(await state()).toMatchObject({ vanished: 1, requestedAt: null, last: { onServer: 2, inLedger: 2, vanished: 1, agrees: true } });
    session.messages.push(gone!);
    await compareNow();
    expect(await ledger()).toEqual(['1 a', '2 b', '3 c']);
    expect(await state()).toMatchObject({ vanished: 0, takenLate: 0, last: { onServer: 3, inLedger: 3, vanished: 0, agrees: true } });
  });

  it('a message that was moved is gone from its place and known to be elsewhere, until it is gone from there too', async () => {
    const archive = new ScriptedSession();
    const archived = sync('Archivio');
    session.messages.push(message(1, 'a'), message(2, 'moved'));
    await sync().open(session);
    await archived.open(archive);
    const [moved] = session.messages.splice(1, 1);
    archive.messages.push({ ...moved!, uid: 7 });
    await archived.open(archive);
    await compareNow();
    const queries = new MessageQueries(db.database);
    const row = async (folder: string, uid: number) => {
      const found = (await queries.list({ mailbox: mailbox.id, limit: 10 })).find((each) => each.folder === folder && each.uid === String(uid))!;
      return { present: found.present, elsewhere: await queries.elsewhere(found), id: found.id };
    };
    const there = await row('Archivio', 7);
    expect(there).toMatchObject({ present: true, elsewhere: undefined });
    expect(await row('INBOX', 2)).toMatchObject({ present: false, elsewhere: { folder: 'Archivio', messageId: there.id } });
    // Another UIDVALIDITY: what was read before is history, and its message is at its new place.
    archive.uidValidity = 2n;
    await sync('Archivio').open(archive);
    expect((await queries.list({ mailbox: mailbox.id, limit: 10 })).map(({ folder, uid, present }) => `${folder} ${uid} ${present}`).sort()).toEqual(['Archivio 7 false', 'Archivio 7 true', 'INBOX 1 true', 'INBOX 2 false']);
    archive.messages.length = 0;
    await ask();
    await sync('Archivio').open(archive);
    expect((await row('INBOX', 2)).elsewhere).toBeUndefined();
  });

  it('takes in late what reading missed, and says how much', async () => {
    session.messages.push(message(5, 'a'));
    await sync().open(session);
    session.messages.unshift(message(3, 'missed'), message(4, 'too'));
    await compareNow();
    expect(await ledger()).toEqual(['3 missed', '4 too', '5 a']);
    expect(await state()).toMatchObject({ takenLate: 2, last: { takenLate: 2, onServer: 3, inLedger: 3, agrees: true } });
    await compareNow();
    expect(await state()).toMatchObject({ takenLate: 2, last: { takenLate: 0, agrees: true } });
  });

  it('does not believe a list that forgets what is there', async () => {
    session.messages.push(message(1, 'a'), message(2, 'b'));
    await sync().open(session);
    session.above = async () => [];
    session.since = async () => [];
    await compareNow();
    expect(await ledger()).toEqual(['1 a', '2 b']);
    expect(await state()).toMatchObject({ vanished: 0, last: { onServer: 2, inLedger: 2, agrees: true } });
  });

  it('T2 a UID that was given to another message is two rows, also where UIDVALIDITY says that it cannot be', async () => {
    session.messages.push(message(1, 'a'), message(2, 'b'));
    await sync().open(session);
    session.messages.splice(1, 1, message(2, 'another', 99));
    await compareNow();
    expect(await ledger()).toEqual(['1 a', '(2 b)', '2 another']);
    expect(await state()).toMatchObject({ vanished: 1, last: { onServer: 2, inLedger: 2, agrees: true } });
  });

  it('another date of the same octets is no other message', async () => {
    session.messages.push(message(1, 'a'));
    await sync().open(session);
    session.messages.splice(0, 1, message(1, 'a', 3_600));
    await compareNow();
    await compareNow();
    expect(await ledger()).toEqual(['1 a']);
    expect(session.fetched).toEqual([[1], [1]]);
    expect(await state()).toMatchObject({ vanished: 0, last: { vanished: 0, agrees: true } });
  });

  it('T2 a server that begins its UIDs again under the same UIDVALIDITY loses nothing', async () => {
    session.messages.push(message(1, 'a'), message(2, 'b'), message(3, 'c'));
    const folder = sync();
    await folder.open(session);
    session.messages.splice(0, 3, message(1, 'new', 100));
    expect(await folder.open(session)).toBeGreaterThan(0);
    await compareNow(folder);
    expect(await ledger()).toEqual(['(1 a)', '1 new', '(2 b)', '(3 c)']);
    session.messages.push(message(2, 'newer', 101));
    expect(await folder.news(session)).toBe(1);
    expect(await ledger()).toEqual(['(1 a)', '1 new', '(2 b)', '2 newer', '(3 c)']);
  });

  it('an UIDNEXT that makes no sense moves no cursor', async () => {
    session.messages.push(message(1, 'a'), message(2, 'b'));
    await sync().open(session);
    session.uidNext = 1;
    expect(await sync().open(session)).toBe(0);
    expect((await bench.ledger.cursor(mailbox.id, 'INBOX'))?.lastUid).toBe(2);
  });

  it('a server that names no UIDNEXT is begun at what it lists', async () => {
    session.uidNext = null;
    session.messages.push({ uid: 3, octets: mail('years ago'), internalDate: new Date(Date.now() - 400 * 86_400_000) }, { uid: 7, octets: mail('a') });
    expect(await sync().open(session)).toBe(1);
    expect(await ledger()).toEqual(['7 a']);
  });

  it('looks twice before it says that they disagree', async () => {
    session.messages.push(message(1, 'a'), message(5, 'b'));
    await sync().open(session);
    const { headsOf } = session;
    session.ghosts.push(3);
    // It was listed and is gone before it could be asked for.
    session.headsOf = async (uids) => {
      session.ghosts.length = 0;
      return headsOf.call(session, uids);
    };
    await compareNow();
    expect(await state()).toMatchObject({ last: { onServer: 2, inLedger: 2, agrees: true, unsettled: [] } });
  });

  it('says in numbers what a second look does not settle', async () => {
    session.messages.push(message(1, 'a'), message(5, 'b'));
    await sync().open(session);
    session.ghosts.push(3);
    await compareNow();
    expect(await state()).toMatchObject({ last: { onServer: 3, inLedger: 2, agrees: false, unsettled: [3] } });
    expect(await bench.reconciliations.totals()).toMatchObject({ disagreeing: 1 });
    session.ghosts.length = 0;
    await compareNow();
    expect(await state()).toMatchObject({ last: { onServer: 2, inLedger: 2, agrees: true, unsettled: [] } });
  });

  it('is put off by a server that refuses it, and news go on', async () => {
    session.messages.push(message(1, 'a'));
    const folder = sync();
    await folder.open(session);
    const { since } = session;
    session.since = async () => {
      throw new ImapFailure('refused', 'NO not today');
    };
    await ask();
    session.messages.push(message(2, 'b'));
    expect(await folder.open(session)).toBe(1);
    expect(folder.reconciling).toBe(false);
    expect(await state()).toMatchObject({ requestedAt: expect.any(Date) });
    session.since = since;
    await sync().open(session);
    expect(await state()).toMatchObject({ requestedAt: null, last: { onServer: 2, agrees: true } });
  });

  it('lets news pass: a folder of thousands is taken in by steps, the newest message at once', async () => {
    for (let uid = 1; uid <= 2_500; uid += 1) session.messages.push(message(uid, `old ${uid}`));
    const folder = sync();
    await folder.open(session);
    expect(folder.behind).toBe(true);
    session.messages.push(message(2_501, 'news'));
    expect(await folder.news(session)).toBe(1);
    let most = 0;
    for (let step = 0; folder.reconciling; step += 1) {
      const before = session.fetched.length;
      await folder.reconcile(session);
      most = Math.max(most, session.fetched.slice(before).flat().length);
      expect(step).toBeLessThan(1_000);
    }
    expect(most).toBeLessThanOrEqual(50);
    expect(folder.behind).toBe(false);
    expect(await state()).toMatchObject({ takenLate: 0, last: { onServer: 2_501, inLedger: 2_501, agrees: true } });
    expect(new Set(session.fetched.flat()).size).toBe(session.fetched.flat().length);
  });

  it('agrees with the server after whatever happened to either', { timeout: 120_000 }, async () => {
    const step = fc.constantFrom('arrive', 'arrive', 'delete', 'restore', 'reuse', 'validity', 'news', 'open', 'restart', 'compare');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), fc.infiniteStream(fc.nat()), async (steps, random) => {
        await db.database.query('DELETE FROM messages WHERE mailbox_id = $1', [mailbox.id]);
        await db.database.query('DELETE FROM cursors WHERE mailbox_id = $1', [mailbox.id]);
        session = new ScriptedSession();
        let folder = sync();
        let uid = 0;
        let made = 0;
        const removed: ScriptedSession['messages'] = [];
        const pick = (): number => (session.messages.length === 0 ? -1 : random.next().value % session.messages.length);
        await folder.open(session);
        for (const what of steps) {
          const at = pick();
          if (what === 'arrive') session.messages.push(message((uid += 1 + (made % 3)), `m${made}`, (made += 1)));
          if (what === 'delete' && at >= 0) removed.push(...session.messages.splice(at, 1));
          if (what === 'restore' && removed.length > 0) {
            const back = removed.pop()!;
            if (!session.messages.some((one) => one.uid === back.uid)) session.messages.push(back);
          }
          if (what === 'reuse' && at >= 0) session.messages.splice(at, 1, message(session.messages[at]!.uid, `m${made}`, (made += 1)));
          if (what === 'validity') {
            session.uidValidity += 1n;
            removed.length = 0;
            session.messages.splice(0, session.messages.length, ...session.messages.map((one, index) => ({ ...one, uid: index + 1 })));
            uid = session.messages.length;
          }
          if (what === 'restart') folder = sync();
          if (what === 'compare') await compareNow(folder);
          if (what === 'news' && session.uidValidity === (await bench.ledger.cursor(mailbox.id, 'INBOX'))?.uidValidity) await folder.news(session);
          else await folder.open(session);
        }
        await compareNow(folder);
        const live = await db.database.query<{ uid: string; content: Buffer }>(
          'SELECT m.uid, e.content FROM messages m JOIN evidence e ON e.sha256 = m.sha256 WHERE mailbox_id = $1 AND uid_validity = $2 AND vanished_at IS NULL ORDER BY m.uid',
          [mailbox.id, session.uidValidity.toString()],
        );
        const there = [...session.messages].sort((a, b) => a.uid - b.uid);
        expect(live.map(({ uid: at, content }) => `${at} ${content.toString()}`)).toEqual(there.map((one) => `${one.uid} ${one.octets.toString()}`));
        expect(await state()).toMatchObject({ last: { agrees: true, onServer: there.length, inLedger: there.length } });
      }),
      { numRuns: 40 },
    );
  });
});
