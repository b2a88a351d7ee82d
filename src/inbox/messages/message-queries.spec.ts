import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { lanesBench } from '../../../test/support/lanes-bench.js';
import { Database } from '../../platform/index.js';
import { ListQuery, type MessageFilter } from './filters.js';
import { MessageQueries } from './message-queries.js';

const ROWS = 20_000;
let db: TestDatabase;
let mailbox: { id: string; companyId: string };

/** A ledger in which nearly everything moved an invoice, some is foreign and a few messages are held. */
beforeAll(async () => {
  db = await testDatabase();
  const lanes = lanesBench({ database: db.database });
  const nobody = { host: '127.0.0.1', port: 1, security: 'tls', user: 'x' } as const;
  const input = { smtp: nobody, imap: nobody, passwords: { smtp: 'x', imap: 'x' }, sdiAddress: 'sdi01@pec.fatturapa.it', quotaPerHour: 9, quotaPerDay: 9, trust: 'public' } as const;
  mailbox = await lanes.mailbox({ address: 'a@pec.example', ...input });
  const sha256 = await lanes.evidence.put(Buffer.from('x'), 'message/rfc822');
  await db.database.query(
    `INSERT INTO messages (id, company_id, mailbox_id, folder, uid_validity, uid, sha256, size, fetched_at, disposition, reason, subject, from_address, message_id, identificativo, identificativo_sdi)
     SELECT gen_random_uuid(), $1::uuid, $2::uuid, 'INBOX', 1, n, $3, 1, timestamptz '2026-01-01T00:00:00Z' + n * interval '1 minute',
       CASE WHEN n % 2000 = 7 THEN 'quarantined' WHEN n % 100 = 3 THEN 'not_ours' ELSE 'applied' END,
       CASE WHEN n % 4000 = 7 THEN 'untrusted' WHEN n % 2000 = 7 THEN 'sdi_hash_mismatch' WHEN n % 100 = 3 THEN 'ordinary_mail' ELSE 'told' END,
       'ACCETTAZIONE: IT09876543217_' || to_hex(n) || '.xml', 'posta-certificata@pec.gestore.example', 'mid' || n || '@x', 'ident' || n || '@x', (15000000000 + n)::text
     FROM generate_series(1, $4::int) AS n`,
    [mailbox.companyId, mailbox.id, sha256, ROWS],
  );
  await db.database.query('VACUUM ANALYZE messages');
  await lanes.stop();
}, 120_000);
afterAll(() => db?.close());

const filter = (query: Record<string, string>): MessageFilter => ListQuery.parse(query);

/** Explains instead of running. Whether a list as short as this is worth an index is left aside: what counts is which one serves. */
async function plan(query: Record<string, string>): Promise<string> {
  let text = '';
  const explaining = Object.assign(Object.create(Database.prototype) as Database, {
    query: async (statement: string, values: unknown[]) => {
      const rows = await db.database.transaction(async (tx) => {
        await tx.query('SET LOCAL enable_seqscan = off');
        return tx.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${statement}`, values);
      });
      text = rows.map((row) => row['QUERY PLAN']).join('\n');
      return [];
    },
  });
  await new MessageQueries(explaining).list(filter(query));
  return text;
}

describe('every question about the ledger has its index', () => {
  it.each([
    [{ disposition: 'quarantined' }, /messages_(disposition|held|odd_mailbox)/],
    [{ disposition: 'quarantined', company: 'C' }, /messages_odd_company /],
    [{ disposition: 'quarantined', mailbox: 'M' }, /messages_odd_mailbox /],
    [{ reason: 'sdi_hash_mismatch' }, /messages_(odd_reason|held)/],
    [{ reason: 'sdi_hash_mismatch', company: 'C' }, /messages_odd_company_reason/],
    [{ reason: 'sdi_hash_mismatch', mailbox: 'M', from: '2026-01-02', to: '2026-01-05' }, /messages_odd_mailbox_reason/],
    [{ reason: 'attached_by_person', company: 'C' }, /messages_odd_(company_)?reason/],
    [{ from: '2026-01-02', to: '2026-01-03' }, /messages_all_newest/],
    [{ q: 'mid4321@x' }, /messages_search/],
    [{ q: '15000004321' }, /messages_search/],
  ] as const)('%o', async (query, index) => {
    const ids = { C: mailbox.companyId, M: mailbox.id };
    const text = await plan(Object.fromEntries(Object.entries(query).map(([name, value]) => [name, ids[value as 'C'] ?? value])));
    expect(text).toMatch(index);
    // The cursors are as many as the folders that are read.
    expect(text).not.toMatch(/Seq Scan on (?!cursors)/);
  });
});

describe('what is found', () => {
  const found = async (query: Record<string, string>): Promise<string[]> => (await new MessageQueries(db.database).list(filter({ limit: '200', ...query }))).map((row) => row.message_id!);

  it('by disposition and by reason, newest first', async () => {
    expect(await found({ disposition: 'quarantined' })).toHaveLength(10);
    expect(await found({ reason: 'untrusted' })).toEqual(['mid16007@x', 'mid12007@x', 'mid8007@x', 'mid4007@x', 'mid7@x']);
    expect(await found({ reason: 'untrusted', disposition: 'not_ours' })).toEqual([]);
  });

  it('by days of Rome', async () => {
    const day = await found({ disposition: 'not_ours', from: '2026-01-02', to: '2026-01-02', mailbox: mailbox.id });
    // 2 January in Rome begins at 23:00 UTC, 1380 minutes after the first of January.
    expect(day.map((id) => Number(/\d+/.exec(id)![0])).every((n) => n >= 1380 && n < 1380 + 1440)).toBe(true);
    expect(day.length).toBeGreaterThan(10);
  });

  it('by words in any of the fields, whatever they hold', async () => {
    expect(await found({ q: 'MID4321@x' })).toEqual(['mid4321@x']);
    expect(await found({ q: 'accettazione 15000004321' })).toEqual(['mid4321@x']);
    expect(await found({ q: 'ident4321@' })).toEqual(['mid4321@x']);
    expect(await found({ q: '100%' })).toEqual([]);
    expect(await found({ q: 'a_c_e' })).toEqual([]);
  });

  it('refuses words too short for any index, and reasons that there are not', () => {
    expect(ListQuery.safeParse({ q: 'abc de' }).success).toBe(false);
    expect(ListQuery.safeParse({ reason: 'invented' }).success).toBe(false);
  });
});
