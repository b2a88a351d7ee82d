import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Mailbox } from '../../src/companies/mailboxes/mailbox.js';
import { openDatabase } from '../../src/cli/database.js';
import { main } from '../../src/cli/main.js';
import { CHAIN_START, chainHash } from '../../src/evidence/chain/index.js';
import { EvidenceStore, sha256Hex } from '../../src/evidence/evidence-store.js';
import type { Difference, ReplayScope } from '../../src/evidence/replay/difference.js';
import { CHAIN_COLUMNS, type ChainRow, linkOf } from '../../src/invoices/timeline/chain-rows.js';
import { type EventRow, toEvent } from '../../src/invoices/timeline/stored-event.js';
import { type ReadyReplay, replayOver } from '../../src/replay/wiring.js';
import type { SandboxBench } from '../../src/sandbox/sandbox-bench.js';
import { foldLifecycle } from '../../src/sdi/index.js';
import { certificatesOf } from '../../src/signature/index.js';
import type { TestDatabase } from '../support/database.js';
import { type LanesBench, until } from '../support/lanes-bench.js';
import { sample } from '../support/sample.js';
import { sandboxLanes } from '../support/sandbox-lanes.js';

let db: TestDatabase;
let sandbox: SandboxBench;
let lanes: LanesBench;
let mailbox: Mailbox;
const ready: ReadyReplay[] = [];
const ids: Record<string, string> = {};

/** Numbers by their outcome in the sandbox, and the state in which each comes to rest. */
const OUTCOMES = { 'R/1': 'delivered', 'R/2-NS00423': 'rejected', 'R/3-MC': 'available' } as const;

beforeAll(async () => {
  ({ db, sandbox, lanes, mailbox } = await sandboxLanes());
  lanes.startReading();
  for (const number of Object.keys(OUTCOMES)) ids[number] = await lanes.take(sample('privata', number));
  for (const [number, status] of Object.entries(OUTCOMES)) await until(number, async () => (await lanes.status(ids[number]!)) === status, 20_000);
  await until('all judged', async () => (await lanes.messages(mailbox.id)).every(({ disposition }) => disposition !== 'waiting') && (await lanes.messages(mailbox.id)).length === 9, 20_000);
  await lanes.stop();
  const receipt = (await lanes.messages(mailbox.id)).find(({ kind }) => kind === 'accettazione')!;
  const octets = (await lanes.evidence.get(receipt.sha256))!.content;
  // Copies, a forgery, ordinary mail, and one that a person decided on: what a ledger holds beside what moved invoices.
  await arrive(Buffer.concat([Buffer.from('X-Copied: yes\r\n'), octets]), Buffer.from(octets.toString('latin1').replace('stato accettato', 'stato rifiutato'), 'latin1'), Buffer.from('From: a@b.example\r\nSubject: ciao\r\n\r\nciao\r\n'), Buffer.from('From: c@d.example\r\n\r\n\r\n'));
}, 60_000);

afterAll(async () => {
  for (const one of ready) await one.close();
  await sandbox?.host.stop();
  await db?.close();
});

async function arrive(...mails: readonly Buffer[]): Promise<void> {
  const place = { mailboxId: mailbox.id, companyId: mailbox.companyId, folder: 'INBOX', imapEpoch: mailbox.imapEpoch, uidValidity: 4242n };
  const stored = await lanes.ledger.store(place, mails.map((octets, n) => ({ uid: n + 1, octets, internalDate: new Date() })), undefined);
  for (const id of stored) await lanes.judging.judge(id);
}

async function replay(scope: ReplayScope = {}, evidence: EvidenceStore = lanes.evidence): Promise<Difference[]> {
  const one = replayOver(db.database, evidence, lanes.secrets);
  ready.push(one);
  const found: Difference[] = [];
  for await (const difference of one.replay.differences(scope)) found.push(difference);
  return found;
}

const TRIGGERS: Readonly<Record<string, string>> = { timeline: 'timeline_append_only' };

/** Runs a statement that the service never runs, replays, and puts back what was there. What the owner of the database can do, triggers do not hinder. */
async function tampered(table: string, statement: string, parameters: readonly unknown[], undo: string): Promise<Difference[]> {
  const trigger = TRIGGERS[table];
  const run = async (sql: string): Promise<void> => {
    if (trigger) await db.database.query(`ALTER TABLE ${table} DISABLE TRIGGER ${trigger}`);
    await db.database.query(sql, parameters);
    if (trigger) await db.database.query(`ALTER TABLE ${table} ENABLE TRIGGER ${trigger}`);
  };
  await run(statement);
  try {
    return await replay();
  } finally {
    await run(undo);
  }
}

it('finds no difference in what the lanes wrote', async () => {
  const one = replayOver(db.database, lanes.evidence, lanes.secrets);
  ready.push(one);
  const found: Difference[] = [];
  for await (const difference of one.replay.differences()) found.push(difference);
  expect(found).toEqual([]);
  expect(one.replay.counts).toMatchObject({ invoices: 3, messages: 13, differences: 0 });
  expect(one.replay.counts.objects).toBeGreaterThan(20);
});

/** One line for a difference, short enough to be compared. */
const line = ({ kind, place, stored, computed }: Difference): string => `${kind} | ${place} | ${stored ?? '–'} | ${computed ?? '–'}`;

it('names the invoice, the place, what is stored and what follows, whatever was changed in its row', async () => {
  const id = ids['R/1']!;
  const changes: readonly (readonly [set: string, undo: string, expected: string])[] = [
    [`status = 'accepted'`, `status = 'delivered'`, 'state | status | accepted | delivered'],
    [`flags = '{delayed}'`, `flags = '{}'`, 'state | flags | ["delayed"] | []'],
    ['attempt = 2', 'attempt = 1', 'state | attempt | 2 | 1'],
    ['sequence = sequence + 1', 'sequence = sequence - 1', 'timeline | sequence | 7 | 6'],
    ['feed_sequence = feed_sequence + 1', 'feed_sequence = feed_sequence - 1', 'state | feedSequence | 7 | 6'],
    [`identificativo_sdi = identificativo_sdi || '9'`, 'identificativo_sdi = left(identificativo_sdi, -1)', 'state | identificativoSdi'],
    [`status_since = status_since + interval '1 day'`, `status_since = status_since - interval '1 day'`, 'state | statusSince'],
    [`timeline_hash = reverse(timeline_hash)`, `timeline_hash = reverse(timeline_hash)`, 'timeline | timeline 7 | in the chain'],
    [`buyer_name = buyer_name || '!'`, `buyer_name = left(buyer_name, -1)`, 'evidence | invoice.json (other-data)'],
  ];
  for (const [set, undo, expected] of changes) {
    const found = await tampered('invoices', `UPDATE invoices SET ${set} WHERE id = $1`, [id], `UPDATE invoices SET ${undo} WHERE id = $1`);
    expect(found.map(line).some((text) => text.startsWith(expected)), `${set}: ${found.map(line).join('\n')}`).toBe(true);
    expect(found.every(({ invoiceId, kind }) => invoiceId === id || kind === 'counter')).toBe(true);
  }
  const documents = await tampered('documents', `UPDATE documents SET status = 'accepted' WHERE invoice_id = $1`, [id], `UPDATE documents SET status = 'delivered' WHERE invoice_id = $1`);
  expect(documents.map(({ place }) => place)).toContain('documents');
  const counters = await tampered('status_counts', `INSERT INTO status_counts (company_id, status, delta) SELECT company_id, 'rejected', 1000 FROM invoices WHERE id = $1`, [id], `DELETE FROM status_counts WHERE delta = 1000 AND $1::uuid IS NOT NULL`);
  expect(counters.map(line)).toEqual(['counter | invoices rejected | 1001 | 1']);
});

it('names what was changed behind the triggers: an entry, its evidence, an attempt', async () => {
  const id = ids['R/2-NS00423']!;
  const facts = await tampered('timeline', `UPDATE timeline SET facts = jsonb_set(facts, '{codes}', '["00404"]') WHERE invoice_id = $1 AND type = 'NS'`, [id], `UPDATE timeline SET facts = jsonb_set(facts, '{codes}', '["00423"]') WHERE invoice_id = $1 AND type = 'NS'`);
  expect(facts.map(({ place }) => place)).toEqual(expect.arrayContaining(['timeline 6', expect.stringContaining('(entry)')]));
  expect(facts.every(({ invoiceId }) => invoiceId === id)).toBe(true);
  const status = await tampered('timeline', `UPDATE timeline SET status = 'delivered' WHERE invoice_id = $1 AND type = 'NS'`, [id], `UPDATE timeline SET status = 'rejected' WHERE invoice_id = $1 AND type = 'NS'`);
  expect(status.map(line)).toContain('timeline | timeline 6 status | delivered | rejected');
  const attempt = await tampered('attempts', `UPDATE attempts SET smtp_response = smtp_response || '!' WHERE invoice_id = $1`, [id], `UPDATE attempts SET smtp_response = left(smtp_response, -1) WHERE invoice_id = $1`);
  expect(attempt.map(({ place }) => place)).toEqual([expect.stringContaining('(other-answer)')]);
  const state = await tampered('attempts', `UPDATE attempts SET state = 'unknown' WHERE invoice_id = $1`, [id], `UPDATE attempts SET state = 'accepted' WHERE invoice_id = $1`);
  expect(state.map(({ place }) => place)).toEqual([expect.stringContaining('(other-answer)')]);
});

it('is not deceived by a timeline that was rewritten with all its hashes', async () => {
  const id = ids['R/3-MC']!;
  const rewrite = async (type: string, to: string): Promise<void> => {
    await db.database.query('ALTER TABLE timeline DISABLE TRIGGER timeline_append_only');
    await db.database.query('UPDATE timeline SET type = $3 WHERE invoice_id = $1 AND type = $2', [id, type, to]);
    const rows = await db.database.query<ChainRow & EventRow>(`SELECT ${CHAIN_COLUMNS}, t.at FROM timeline t WHERE t.invoice_id = $1 ORDER BY t.sequence`, [id]);
    let previous = CHAIN_START;
    for (const [index, row] of rows.entries()) {
      const { status } = foldLifecycle('private', 1, rows.slice(0, index + 1).map(toEvent));
      const hash = chainHash(previous, { ...linkOf(row), status });
      await db.database.query('UPDATE timeline SET status = $3, previous_hash = $4, hash = $5 WHERE invoice_id = $1 AND sequence = $2', [id, row.sequence, status, previous, hash]);
      await db.database.query('UPDATE invoices SET status = $2, timeline_hash = $3 WHERE id = $1', [id, status, hash]);
      previous = hash;
    }
    await db.database.query(`UPDATE documents SET status = (SELECT status FROM invoices WHERE id = $1) WHERE invoice_id = $1`, [id]);
    await db.database.query('ALTER TABLE timeline ENABLE TRIGGER timeline_append_only');
  };
  await rewrite('MC', 'RC');
  expect(await lanes.status(id)).toBe('delivered');
  const found = (await replay()).filter(({ kind }) => kind === 'evidence');
  await rewrite('RC', 'MC');
  expect(found.map(({ computed }) => computed)).toEqual([expect.stringMatching(/entry 6 of the timeline \(RC\).*says something else \(type/)]);
  expect(found.every(({ invoiceId }) => invoiceId === id)).toBe(true);
  expect(await replay()).toEqual([]);
});

it('judges messages again: a changed conclusion of any kind is named with what follows from the octets', async () => {
  const at = async (where: string): Promise<{ id: string; disposition: string; reason: string }> => (await db.database.query<{ id: string; disposition: string; reason: string }>(`SELECT id, disposition, reason FROM messages WHERE ${where} LIMIT 1`))[0]!;
  const forged = await at(`disposition = 'quarantined'`);
  const copy = await at(`disposition = 'duplicate'`);
  const ordinary = await at(`disposition = 'not_ours'`);
  const applied = await at(`disposition = 'applied'`);
  const cases: readonly (readonly [entry: { id: string; disposition: string; reason: string }, disposition: string, reason: string])[] = [
    [forged, 'not_ours', 'ordinary_mail'],
    [forged, 'quarantined', 'untrusted'],
    [copy, 'duplicate', 'told_before'],
    [ordinary, 'quarantined', 'untrusted'],
    [ordinary, 'not_ours', 'not_ours_by_person'],
    [applied, 'quarantined', 'untrusted'],
    [applied, 'applied', 'attached_by_person'],
  ];
  for (const [entry, disposition, reason] of cases) {
    const found = await tampered('messages', `UPDATE messages SET disposition = '${disposition}', reason = '${reason}' WHERE id = $1`, [entry.id], `UPDATE messages SET disposition = '${entry.disposition}', reason = '${entry.reason}' WHERE id = $1`);
    const named = found.filter(({ messageId }) => messageId === entry.id).map(line);
    const [place, stored, computed] = disposition === entry.disposition ? ['reason', reason, reason.endsWith('by_person') ? 'no decision of a person is written down' : entry.reason] : ['disposition', disposition, entry.disposition];
    expect(named, `${entry.reason} as ${reason}`).toContain(`message | ${place} | ${stored} | ${computed}`);
  }
  const forgedOrigin = await tampered('messages', `UPDATE messages SET from_address = 'x' || from_address WHERE id = $1`, [applied.id], `UPDATE messages SET from_address = substr(from_address, 2) WHERE id = $1`);
  expect(forgedOrigin.map(({ place }) => place)).toContain('from_address');
  expect(await replay()).toEqual([]);
});

it('names damaged and missing evidence, and all that rests on it', async () => {
  const receipt = (await lanes.messages(mailbox.id)).find(({ kind }) => kind === 'avvenuta-consegna')!;
  const damaged = await tampered('evidence', `UPDATE evidence SET content = set_byte(content, 99, 255 - get_byte(content, 99)) WHERE sha256 = $1`, [receipt.sha256], `UPDATE evidence SET content = set_byte(content, 99, 255 - get_byte(content, 99)) WHERE sha256 = $1`);
  expect(damaged.map(({ kind }) => kind)).toEqual(['evidence', 'evidence', 'evidence']);
  expect(damaged.map(({ invoiceId, messageId, sha256 }) => [invoiceId !== undefined, messageId, sha256])).toEqual([
    [true, undefined, undefined],
    [true, receipt.id, receipt.sha256],
    [false, undefined, receipt.sha256],
  ]);
  const [row] = await db.database.query<{ size: number; media_type: string; content: Buffer }>('SELECT size, media_type, content FROM evidence WHERE sha256 = $1', [receipt.sha256]);
  await db.database.query('ALTER TABLE evidence DISABLE TRIGGER ALL');
  await db.database.query('DELETE FROM evidence WHERE sha256 = $1', [receipt.sha256]);
  const missing = await replay();
  await db.database.query('INSERT INTO evidence (sha256, size, media_type, content) VALUES ($1, $2, $3, $4)', [receipt.sha256, row!.size, row!.media_type, row!.content]);
  await db.database.query('ALTER TABLE evidence ENABLE TRIGGER ALL');
  expect(missing.map(({ messageId, invoiceId }) => messageId ?? invoiceId)).toEqual([expect.any(String), receipt.id]);
  expect(missing.map(({ computed }) => computed)).toEqual([expect.stringContaining('is not in the store'), 'not in the store']);
  expect(await replay()).toEqual([]);
});

it('takes a database that goes away for no difference', async () => {
  class Gone extends EvidenceStore {
    override get = (): Promise<never> => Promise.reject(Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' }));
    override getAll = this.get;
  }
  await expect(replay({}, new Gone(db.database))).rejects.toMatchObject({ code: '57P01' });
});

it('follows what was accepted under a certificate that was taken back since', async () => {
  const setup = sandbox.home.setup!;
  const [anchor] = setup.anchors.pec;
  const fingerprint = sha256Hex(certificatesOf(anchor!)[0]!);
  await db.database.query(`UPDATE trust_anchors SET revoked_at = now(), revoked_by = 'test' WHERE fingerprint = $1`, [fingerprint]);
  try {
    // What was held before may be held for another reason now; what moved an invoice stands.
    expect((await replay()).filter(({ stored }) => stored === 'applied')).toEqual([]);
    expect((await replay()).filter(({ kind }) => kind !== 'message')).toEqual([]);
  } finally {
    await db.database.query('UPDATE trust_anchors SET revoked_at = NULL, revoked_by = NULL WHERE fingerprint = $1', [fingerprint]);
  }
});

it('looks at one company, or at what is new, alone', async () => {
  const other = await tampered('invoices', `UPDATE invoices SET status = 'accepted' WHERE id = $1`, [ids['R/1']], `UPDATE invoices SET status = 'delivered' WHERE id = $1`);
  expect(other.length).toBeGreaterThan(0);
  await db.database.query(`UPDATE invoices SET status = 'accepted' WHERE id = $1`, [ids['R/1']]);
  try {
    expect((await replay({ companyId: mailbox.companyId })).map(({ place }) => place)).toContain('status');
    expect(await replay({ companyId: '00000000-0000-7000-8000-000000000000' })).toEqual([]);
    expect(await replay({ since: new Date(Date.now() + 3_600_000) })).toEqual([]);
  } finally {
    await db.database.query(`UPDATE invoices SET status = 'delivered' WHERE id = $1`, [ids['R/1']]);
  }
});

async function corriere(...args: string[]): Promise<{ code: number; out: string[]; err: string[] }> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await main(args, { base: '/', env: { DATABASE_URL: db.url, LANG: 'en' }, out: (text) => void out.push(text), err: (text) => void err.push(text) });
  return { code, out, err };
}

it('is a command: exit 0 without a difference, 1 with one, 2 when nothing can be compared', async () => {
  expect(await corriere('replay')).toEqual({ code: 0, out: [expect.stringMatching(/^3 invoices, 13 messages, \d+ objects: no difference$/)], err: [] });
  await db.database.query(`UPDATE invoices SET flags = '{delayed}' WHERE id = $1`, [ids['R/1']]);
  const { code, out } = await corriere('replay', '--json', '--since', '2000-01-01');
  const text = await corriere('replay', '--lang', 'it');
  await db.database.query(`UPDATE invoices SET flags = '{}' WHERE id = $1`, [ids['R/1']]);
  expect(code).toBe(1);
  expect(out.map((text) => JSON.parse(text) as object)).toEqual([
    { kind: 'state', place: 'flags', stored: '["delayed"]', computed: '[]', invoiceId: ids['R/1'], companyId: mailbox.companyId },
    { summary: { invoices: 3, messages: 13, objects: expect.any(Number), differences: 1 } },
  ]);
  expect(text.out[0]).toBe(`state  fattura ${ids['R/1']}: flags: conservato ["delayed"]; risulta []`);
  for (const args of [['--company', 'x'], ['--since', 'yesterday'], ['--repair']]) expect((await corriere('replay', ...args)).code).toBe(2);
  const nowhere = await main(['replay'], { base: '/nonexistent', env: {}, out: () => undefined, err: (text) => expect(text).toMatch(/no database/) });
  expect(nowhere).toBe(2);
});

it('cannot write, and refuses a database of another version', async () => {
  const { database, close } = await openDatabase({ base: '/', env: { DATABASE_URL: db.url } }, { readOnly: true });
  await expect(database.query('DELETE FROM status_counts')).rejects.toThrow(/read-only/);
  await close();
  await db.database.query(`INSERT INTO schema_migrations (timestamp, name) VALUES (1, 'FromTheFuture1')`);
  expect(await corriere('replay')).toMatchObject({ code: 2, err: [expect.stringMatching(/newer version/)] });
  await db.database.query('DELETE FROM schema_migrations WHERE timestamp = 1');
  expect((await corriere('replay')).code).toBe(0);
});
