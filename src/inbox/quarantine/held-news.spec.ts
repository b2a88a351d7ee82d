import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { lanesBench, type LanesBench } from '../../../test/support/lanes-bench.js';
import type { Mailbox } from '../../companies/mailboxes/mailbox.js';
import type { Place } from '../ledger/ledger.js';
import { HeldCounts } from './held-counts.js';

let db: TestDatabase;
let lanes: LanesBench;
let mailbox: Mailbox;
let place: Place;
let uid = 0;

beforeAll(async () => {
  db = await testDatabase();
  lanes = lanesBench({ database: db.database });
  lanes.jobs.deaf = true;
  const nobody = { host: '127.0.0.1', port: 1, security: 'tls', user: 'x' } as const;
  mailbox = await lanes.mailbox({ address: 'fatture@pec.officina.example', smtp: nobody, imap: nobody, passwords: { smtp: 'x', imap: 'x' }, sdiAddress: 'sdi01@pec.fatturapa.it', quotaPerHour: 9, quotaPerDay: 9, trust: 'public' });
  place = { mailboxId: mailbox.id, companyId: mailbox.companyId, folder: 'INBOX', imapEpoch: 0, uidValidity: 1n };
});
afterAll(async () => {
  await lanes?.stop();
  await db?.close();
});

/** A receipt that nobody signed. */
const unsigned = (): Buffer => Buffer.from(`From: posta-certificata@pec.example\r\nX-Ricevuta: accettazione\r\nSubject: ACCETTAZIONE ${++uid}\r\n\r\nciao\r\n`);
const arrive = async (): Promise<string> => (await lanes.ledger.store(place, [{ uid: uid + 1, octets: unsigned() }], undefined))[0]!;
const told = (): { subjectId: string; data: Readonly<Record<string, unknown>> }[] => lanes.feed.entries.filter(({ type }) => type === 'message.quarantined');

describe('a held message', () => {
  it('is told of once in its life, with ids and the reason and nothing that it says', async () => {
    const id = await arrive();
    expect(await lanes.judging.judge(id)).toBe('quarantined');
    await lanes.judging.judge(id, true);
    await db.database.query(`UPDATE messages SET disposition = 'waiting', reason = NULL WHERE id = $1`, [id]);
    await lanes.judging.judge(id);
    const news = told().filter(({ subjectId }) => subjectId === id);
    expect(news).toHaveLength(1);
    expect(news[0]!.data).toEqual({ messageId: id, companyId: mailbox.companyId, mailboxId: mailbox.id, invoiceId: null, reason: 'signature_absent', sequence: 1, url: `/v1/messages/${id}` });
  });

  it('is told of when the server will not give it, and not again when it comes and is too large', async () => {
    const before = told().length;
    const text = { it: 'x', en: 'x' };
    await lanes.ledger.store(place, [{ uid: ++uid, octets: Buffer.alloc(0), quarantine: { reason: 'unfetchable', text, size: 10 } }], undefined);
    expect(told().slice(before).map(({ data }) => data['reason'])).toEqual(['unfetchable']);
    await lanes.ledger.supply(place, { uid, octets: Buffer.from('Subject: x\r\n\r\n'), quarantine: { reason: 'too_large', text, size: 10 } });
    expect(told().length).toBe(before + 1);
  });

  it('is no news when it was applied, or is none of ours', async () => {
    const before = told().length;
    const [id] = await lanes.ledger.store(place, [{ uid: ++uid, octets: Buffer.from('Subject: offerta\r\n\r\nciao\r\n') }], undefined);
    expect(await lanes.judging.judge(id!)).toBe('not_ours');
    expect(told().length).toBe(before);
  });
});

describe('how many are held', () => {
  it('is what counting would give, before and after the counts are folded', async () => {
    const counts = new HeldCounts(db.database);
    const counted = async (): Promise<unknown> =>
      db.database.query(`SELECT reason, mailbox_id AS "mailboxId", count(*)::int AS count FROM messages WHERE disposition = 'quarantined' GROUP BY 1, 2 ORDER BY 1`);
    const kept = async (): Promise<unknown> => (await counts.rows({})).sort((a, b) => (a.reason < b.reason ? -1 : 1));
    for (let n = 0; n < 3; n += 1) await lanes.judging.judge(await arrive());
    expect(await kept()).toEqual(await counted());
    await counts.fold();
    expect(await kept()).toEqual(await counted());
    await db.database.query(`UPDATE messages SET disposition = 'not_ours', reason = 'ordinary_mail' WHERE reason = 'signature_absent'`);
    expect(await kept()).toEqual(await counted());
    await counts.fold();
    expect(await kept()).toEqual(await counted());
    expect((await db.database.query<{ n: number }>('SELECT count(*)::int AS n FROM held_counts'))[0]!.n).toBe(1);
  });
});
