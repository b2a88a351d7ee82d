import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mailbox } from '../../src/companies/mailboxes/mailbox.js';
import { encodeCursor } from '../../src/platform/index.js';
import { AesSecretBox } from '../../src/platform/secrets/aes-secret-box.js';
import { sampleInvoice } from '../../src/sandbox/samples/sample-invoice.js';
import { sandboxBench, type SandboxBench } from '../../src/sandbox/sandbox-bench.js';
import { toPem } from '../../src/signature/index.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { lanesBench, type LanesBench, until } from '../support/lanes-bench.js';

let db: TestDatabase;
let sandbox: SandboxBench;
let lanes: LanesBench;
let mailbox: Mailbox;
const admin = { name: 'admin', scopes: ['trust:write', 'messages:read'] };
let serial = 0;

/** The sandbox's servers under a real mailbox that knows none of their certificates. */
beforeAll(async () => {
  db = await testDatabase();
  const secrets = new AesSecretBox(randomBytes(32));
  lanes = lanesBench({ database: db.database, secrets });
  sandbox = sandboxBench({ database: db.database, leases: lanes.leases, secrets });
  await sandbox.host.start();
  const setup = sandbox.home.setup!;
  mailbox = await lanes.mailbox({ ...setup.mailbox, trust: 'public', quotaPerHour: 1000, quotaPerDay: 1000, providerSigners: ['posta-certificata@pec.gestore-sandbox.example'] }, setup.company.transmitter.idCodice);
  lanes.startReading();
});
afterAll(async () => {
  await lanes?.stop();
  await sandbox?.host.stop();
  await db?.close();
});

interface EntryView {
  fingerprint: string;
  state: string;
  scope: string;
  authority: boolean;
  messages: number;
  waiting: number;
  appliedMessages: number;
}

const take = (): Promise<string> => lanes.take(sampleInvoice({ numbers: [`${++serial}`], flow: 'private', date: '2026-11-20' }), mailbox.id);
const messages = () => lanes.messages(mailbox.id);
const judged = (count: number) =>
  until(`${count} messages are judged`, async () => {
    const all = await messages();
    return all.length >= count && all.every(({ disposition }) => disposition !== 'waiting') && all;
  }, 30_000);
const dispositions = async () => Object.fromEntries((await messages()).map(({ kind, disposition, reason }) => [kind, `${disposition} ${reason}`]));
const idOf = async (kind: string, reason: string): Promise<string> => (await messages()).find((one) => one.kind === kind && one.reason === reason)!.id;
const trust = async (body: object) => (await lanes.trustController.trust(admin, { note: 'impronta confrontata per telefono', ...body } as never)) as EntryView;
const revoke = async (fingerprint: string, use = 'pec') => (await lanes.trustController.revoke(admin, fingerprint, { use, note: 'chiave rubata' } as never)) as EntryView;
/** What the sweeps would do. */
const settle = async (): Promise<void> => {
  await until('what waited is judged again', async () => {
    await lanes.rejudging.run();
    const [{ revision }, { done_revision: done }] = [await lanes.trustList.revision(), await pass()];
    return done === revision.toString();
  });
  await lanes.signerFold.run();
};
const pass = async () => (await db.database.query<{ revision: string | null; done_revision: string; reason_number: number; message_id: string | null }>('SELECT revision, done_revision, reason_number, message_id FROM trust_passes'))[0]!;
const signers = async () => ((await lanes.trustController.signers(admin, { limit: 50 })) as { items: { use: string; emails: string[]; standing: string; messages: number; waiting: number; applied: number; fingerprint: string }[] }).items;

describe('an unknown provider and an unknown SdI', { timeout: 60_000 }, () => {
  let invoiceId: string;
  let provider: EntryView;

  it('leave every message in quarantine, with the one thing that a person can do', async () => {
    invoiceId = await take();
    await judged(3);
    expect(await dispositions()).toEqual({ accettazione: 'quarantined issuer_unknown', 'avvenuta-consegna': 'quarantined issuer_unknown', 'posta-certificata': 'quarantined issuer_unknown' });
    await lanes.signerFold.run();
    expect((await signers()).map(({ use, emails, standing, waiting, applied }) => [use, emails[0], standing, waiting, applied]).sort()).toEqual([
      ['pec', 'posta-certificata@pcert.sogei.it', 'unknown', 2, 0],
      ['pec', 'posta-certificata@pec.gestore-sandbox.example', 'unknown', 1, 0],
    ]);
  });

  it('SdI’s own signer is asked about only in an envelope that may be believed', async () => {
    await expect(trust({ messageId: await idOf('posta-certificata', 'issuer_unknown'), use: 'sdi' })).rejects.toMatchObject({ kind: { slug: 'trust-message-signer-unknown', status: 422 } });
  });

  it('count for exactly that certificate once it is trusted, and all that waited is judged again', async () => {
    provider = await trust({ messageId: await idOf('accettazione', 'issuer_unknown'), use: 'pec' });
    expect(provider).toMatchObject({ state: 'trusted', scope: 'public', authority: false, messages: 1, waiting: 1 });
    await settle();
    expect(await dispositions()).toMatchObject({ accettazione: 'applied told', 'avvenuta-consegna': 'quarantined issuer_unknown' });
    await trust({ messageId: await idOf('avvenuta-consegna', 'issuer_unknown'), use: 'pec' });
    await settle();
    expect(await dispositions()).toEqual({ accettazione: 'applied told', 'avvenuta-consegna': 'applied told', 'posta-certificata': 'quarantined sdi_issuer_unknown' });
    await trust({ messageId: await idOf('posta-certificata', 'sdi_issuer_unknown'), use: 'sdi' });
    await settle();
    expect(await dispositions()).toMatchObject({ 'posta-certificata': 'applied told' });
    expect(await lanes.status(invoiceId)).toBe('delivered');
    expect((await signers()).map(({ use, standing, messages: signed, waiting, applied }) => [use, standing, signed, waiting, applied]).sort()).toEqual([
      ['pec', 'pinned', 1, 0, 1],
      ['pec', 'pinned', 2, 0, 2],
      ['sdi', 'pinned', 1, 0, 1],
    ]);
    // Trusted, they let the next ones through without anybody.
    const next = await take();
    await until('the next is delivered', async () => (await lanes.status(next)) === 'delivered', 30_000);
  });

  it('are stopped again by a revocation, which says what rests on the certificate and undoes nothing', async () => {
    expect(await revoke(provider.fingerprint.toUpperCase().replace(/(..)(?!$)/g, '$1:'))).toMatchObject({ state: 'revoked', appliedMessages: 2 });
    expect(await lanes.status(invoiceId)).toBe('delivered');
    const stopped = await take();
    await judged(9);
    expect((await messages()).filter(({ kind }) => kind === 'accettazione').map(({ disposition, reason }) => `${disposition} ${reason}`).sort()).toEqual(['applied told', 'applied told', 'quarantined untrusted']);
    await until('what others signed still counts', async () => (await lanes.status(stopped)) === 'delivered', 30_000);
    // An authority above does not bring it back.
    const ca = sandbox.home.setup!.anchors.pec[0]!;
    expect(await trust({ certificate: toPem(ca), use: 'pec' })).toMatchObject({ authority: true });
    await settle();
    expect(await idOf('accettazione', 'untrusted')).toBeDefined();
    await trust({ messageId: await idOf('accettazione', 'untrusted'), use: 'pec' });
    await settle();
    expect((await messages()).filter(({ disposition }) => disposition === 'quarantined')).toEqual([]);
  });

  it.each(['\0', 'a'.repeat(63), 'g'.repeat(64), `${'a'.repeat(64)}\n`, '../x'])('no certificate has the fingerprint %j', async (fingerprint) => {
    await expect(revoke(fingerprint)).rejects.toMatchObject({ kind: { status: 404 } });
    const given = { use: 'pec', note: 'x', certificate: toPem(sandbox.home.setup!.anchors.pec[0]!) } as never;
    await expect(lanes.trustController.revoke(admin, fingerprint, given)).rejects.toMatchObject({ kind: { status: 404 } });
  });

  it.each(['certificates', 'signers'] as const)('a cursor of %s with NUL in it is refused', async (of) => {
    const cursor = encodeCursor(['2026-01-01T00:00:00.000Z', 'public', 'pec', '\0']);
    const asked = of === 'signers' ? lanes.trustController.signers(admin, { limit: 50, cursor }) : lanes.trustController.entries(admin, { limit: 50, cursor });
    await expect(asked).rejects.toMatchObject({ kind: { status: 400 } });
  });

  it('a bound key decides nothing, and reads no counts', async () => {
    const bound = { ...admin, companyId: mailbox.companyId };
    await expect(lanes.trustController.trust(bound, { certificate: 'x', use: 'pec', note: 'x' })).rejects.toMatchObject({ kind: { status: 403 } });
    await expect(lanes.trustController.revoke(bound, 'x', { use: 'pec', note: 'x' })).rejects.toMatchObject({ kind: { status: 403 } });
    const { items } = (await lanes.trustController.entries(bound, { limit: 50 })) as { items: EntryView[] };
    expect(items.length).toBeGreaterThan(2);
    expect(items.every((item) => item.messages === null)).toBe(true);
  });
});

describe('judging again', { timeout: 60_000 }, () => {
  it('goes on from where a worker died, and begins anew for a change that came meanwhile', async () => {
    await settle();
    await take();
    const before = (await messages()).length;
    await judged(before + 3);
    await revoke((await signers()).find(({ emails }) => emails[0]?.includes('gestore-sandbox'))!.fingerprint);
    await take();
    await judged(before + 6);
    await settle();
    const held = await db.database.query<{ id: string; at: string; judged_at: Date }>("SELECT id, fetched_at::text AS at, judged_at FROM messages WHERE disposition = 'quarantined' AND reason = 'untrusted'");
    expect(held).toHaveLength(1);
    const judgedAt = async () => (await db.database.query<{ judged_at: Date }>('SELECT judged_at FROM messages WHERE id = $1', [held[0]!.id]))[0]!.judged_at.getTime();
    const { revision } = await lanes.trustList.revision();
    // As a worker leaves it that is killed between two batches: behind the message, and before it.
    const leave = (of: bigint, at: string, id: string) =>
      db.database.query('UPDATE trust_passes SET revision = $1, begun_at = clock_timestamp(), reason_number = 3, fetched_at = $2, message_id = $3', [of.toString(), at, id]);
    const first = await judgedAt();
    await leave(revision, held[0]!.at, held[0]!.id);
    await lanes.rejudging.run();
    expect(await pass()).toMatchObject({ revision: null, done_revision: revision.toString() });
    expect(await judgedAt()).toBe(first);
    await leave(revision, held[0]!.at, '00000000-0000-0000-0000-000000000000');
    await lanes.rejudging.run();
    const second = await judgedAt();
    expect(second).toBeGreaterThan(first);
    await leave(revision - 1n, held[0]!.at, held[0]!.id);
    await lanes.rejudging.run();
    expect(await pass()).toMatchObject({ revision: null, done_revision: revision.toString() });
    expect(await judgedAt()).toBeGreaterThan(second);
  });

  it('is found by the sweep when the hint was lost, and again when other processes have forgotten what they knew', async () => {
    const [entry] = await lanes.trustList.entries({ limit: 1, state: 'trusted' });
    await lanes.rejudging.run();
    lanes.jobs.deaf = true;
    await lanes.trustDecisions.revoke({ fingerprint: entry!.fingerprint, use: entry!.use, note: 'x', by: admin });
    lanes.jobs.deaf = false;
    const { revision } = await lanes.trustList.revision();
    expect((await pass()).done_revision).toBe((revision - 1n).toString());
    await lanes.jobs.runSweeps();
    await until('the pass is over', async () => (await pass()).done_revision === revision.toString());
    const begun = async () => (await db.database.query<{ at: Date }>('SELECT done_begun_at AS at FROM trust_passes'))[0]!.at.getTime();
    const first = await begun();
    await lanes.rejudging.run();
    expect(await begun()).toBe(first);
    await db.database.query("UPDATE trust_state SET changed_at = changed_at - interval '11 seconds'");
    await db.database.query("UPDATE trust_passes SET done_begun_at = done_begun_at - interval '11 seconds'");
    await lanes.rejudging.run();
    expect(await begun()).toBeGreaterThan(first - 1_000);
  });

  it('has an index for the way through what is held', async () => {
    const plan = await db.database.transaction(async (tx) => {
      await tx.query('SET LOCAL enable_seqscan = off');
      await tx.query('SET LOCAL enable_sort = off');
      return tx.query<{ 'QUERY PLAN': string }>(
        `EXPLAIN SELECT id FROM messages WHERE disposition = 'quarantined' AND reason = 'untrusted' AND (fetched_at, id) > ('2026-01-01'::timestamptz, '00000000-0000-0000-0000-000000000000'::uuid) ORDER BY fetched_at, id LIMIT 100`,
      );
    });
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toMatch(/Index (Only )?Scan using messages_held/);
  });
});
