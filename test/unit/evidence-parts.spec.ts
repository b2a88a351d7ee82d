import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Caller } from '../../src/companies/auth/scopes.js';
import type { Mailbox } from '../../src/companies/mailboxes/mailbox.js';
import { Bundles } from '../../src/evidence/bundle/build/bundles.js';
import { BundleSources } from '../../src/evidence/bundle/build/sources.js';
import { BUNDLE_LIMITS } from '../../src/evidence/bundle/format/limits.js';
import type { BundleReport } from '../../src/evidence/bundle/verify/index.js';
import { verifyBundle } from '../../src/evidence/bundle/verify/index.js';
import { readBundleZip } from '../../src/evidence/bundle/verify/read-zip.js';
import { messagesPart, MessagesBundlePart } from '../../src/inbox/messages/bundle-part.js';
import { InvoiceBundlePart } from '../../src/invoices/queries/bundle-part.js';
import { InvoiceQueries } from '../../src/invoices/queries/invoice-queries.js';
import { AttemptsBundlePart } from '../../src/outbox/attempts/bundle-part.js';
import type { SandboxBench } from '../../src/sandbox/sandbox-bench.js';
import { certificatesOf } from '../../src/signature/index.js';
import { take } from '../support/bundle-forge.js';
import type { TestDatabase } from '../support/database.js';
import { type LanesBench, until } from '../support/lanes-bench.js';
import { sample } from '../support/sample.js';
import { sandboxLanes } from '../support/sandbox-lanes.js';

let db: TestDatabase;
let sandbox: SandboxBench;
let lanes: LanesBench;
let bundles: Bundles;
let mailbox: Mailbox;
let invoiceId: string;
let receipt: Buffer;

beforeAll(async () => {
  ({ db, sandbox, lanes, mailbox } = await sandboxLanes());
  lanes.startReading();
  const sources = new BundleSources();
  for (const part of [new InvoiceBundlePart(sources, new InvoiceQueries(db.database)), new AttemptsBundlePart(sources, lanes.attempts), new MessagesBundlePart(sources)]) part.onModuleInit();
  bundles = new Bundles(db.database, sources, lanes.evidence, lanes.companies, lanes.mailboxes);
  invoiceId = await lanes.take(sample('privata', 'P/1'));
  await until('delivered, all read', async () => (await lanes.status(invoiceId)) === 'delivered' && (await lanes.messages(mailbox.id)).filter(({ disposition }) => disposition === 'applied').length === 3, 20_000);
  const accettazione = (await lanes.messages(mailbox.id)).find(({ kind }) => kind === 'accettazione')!;
  receipt = (await lanes.evidence.get(accettazione.sha256))!.content;
}, 60_000);
afterAll(async () => {
  await lanes?.stop();
  await sandbox?.host.stop();
  await db?.close();
});

async function bundle(): Promise<Buffer> {
  const { length, chunks } = await bundles.plan((await bundles.gather(invoiceId))!);
  const octets: Buffer[] = [];
  for await (const chunk of chunks()) octets.push(chunk);
  const archive = Buffer.concat(octets);
  expect(archive.length).toBe(length);
  return archive;
}

async function report(archive: Buffer): Promise<BundleReport> {
  const verification = await verifyBundle(archive);
  if (!verification.ok) throw new Error(verification.reason);
  return verification.report;
}

let uid = 1_000;
/** Puts mails into the ledger of the mailbox and has them judged. */
async function arrive(...mails: readonly Buffer[]): Promise<void> {
  const place = { mailboxId: mailbox.id, companyId: mailbox.companyId, folder: 'INBOX', imapEpoch: mailbox.imapEpoch, uidValidity: 4242n };
  const ids = await lanes.ledger.store(place, mails.map((octets) => ({ uid: ++uid, octets, internalDate: new Date() })), undefined);
  for (const id of ids) await lanes.judging.judge(id);
}

it('holds what proves nothing, too: a receipt that was changed, with the reason, and copies', async () => {
  const before = bundles.tagOf((await bundles.gather(invoiceId))!);
  await arrive(Buffer.from(receipt.toString('latin1').replace('stato accettato', 'stato rifiutato'), 'latin1'), Buffer.concat([Buffer.from('X-Copied: yes\r\n'), receipt]));
  expect(bundles.tagOf((await bundles.gather(invoiceId))!)).not.toBe(before);
  const archive = await bundle();
  const { items } = take(archive).records.messages;
  const [changed, copy] = [items.find(({ disposition }) => disposition === 'quarantined'), items.find(({ disposition }) => disposition === 'duplicate')];
  expect(changed).toMatchObject({ reason: 'signature_broken', attempt: null });
  expect(copy).toMatchObject({ reason: 'same_content' });
  const found = await report(archive);
  expect(found).toMatchObject({ ok: true, basis: 'named' });
  const piece = found.pieces.find(({ path }) => path === changed?.file);
  expect(piece).toMatchObject({ ok: true, proves: null, problems: [] });
  expect(piece?.remarks.map(({ code }) => code)).toEqual(expect.arrayContaining(['digest-mismatch', 'proves-nothing']));
});

it('holds nothing of another invoice, and of a flood no more than the limits allow', async () => {
  const other = await lanes.take(sample('privata', 'P/8812345'));
  await until('the other is delivered', async () => (await lanes.status(other)) === 'delivered', 20_000);
  const flood = Array.from({ length: BUNDLE_LIMITS.idleMessages + 20 }, (_, index) => Buffer.from(receipt.toString('latin1').replace('stato accettato', `falso ${index}`), 'latin1'));
  await arrive(...flood);
  const { items, omitted } = await messagesPart(db.database, invoiceId);
  expect(items.filter(({ disposition }) => disposition === 'applied')).toHaveLength(3);
  expect(items.filter(({ disposition }) => disposition !== 'applied')).toHaveLength(BUNDLE_LIMITS.idleMessages);
  expect(omitted).toBe(22);
  const archive = await bundle();
  const attempt = (await lanes.attempts.ofInvoice(other))[0]!;
  for (const mark of [other, attempt.messageId, attempt.identificativo!, 'P/8812345', ...Object.values(sandbox.home.setup!.mailbox.passwords)]) expect(archive.includes(mark), mark).toBe(false);
  const found = await report(archive);
  expect(found.ok).toBe(true);
  expect(found.remarks.map(({ code }) => code)).toEqual(['omitted']);
});

it('finds copies by an index', async () => {
  const plan = await db.database.transaction(async (tx) => {
    await tx.query('SET LOCAL enable_seqscan = off');
    return tx.query<{ 'QUERY PLAN': string }>(`EXPLAIN SELECT id FROM messages WHERE mailbox_id = $1 AND content_key = 'x' AND disposition = 'duplicate'`, [mailbox.id]);
  });
  expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/messages_copies/);
});

it('holds whatever the mailbox is set to since: who might issue a receipt follows from what was accepted, and only from that', async () => {
  const changed = await lanes.mailboxes.change(mailbox.id, { providerSigners: ['posta-certificata@altro.example'] });
  expect(changed?.providerSigners).toEqual(['posta-certificata@altro.example']);
  try {
    const found = await report(await bundle());
    expect(found.pieces.flatMap(({ path, problems }) => problems.map(({ code }) => `${path}: ${code}`))).toEqual([]);
    expect(found.ok).toBe(true);
    const { remarks } = found.pieces.find(({ path }) => path.endsWith('-accettazione.eml'))!;
    expect(remarks.map(({ code }) => code)).toEqual(['other-provider']);
  } finally {
    await lanes.mailboxes.change(mailbox.id, { providerSigners: mailbox.providerSigners });
  }
});

it.each(['pec-signer', 'pec-anchor', 'sdi-signer', 'sdi-anchor'] as const)('holds after its %s was revoked, and says so', async (role) => {
  const { certificates } = take(await bundle()).records;
  const { fingerprint, file } = certificates.find(({ roles }) => roles.includes(role))!;
  const der = certificatesOf(readBundleZip(await bundle()).files.get(file)!)[0]!;
  const use = role.startsWith('pec') ? 'pec' : 'sdi';
  const by = { name: 'Ada', scopes: ['*'], companyId: null } as unknown as Caller;
  const before = bundles.tagOf((await bundles.gather(invoiceId))!);
  await lanes.trustDecisions.revoke({ fingerprint, use, note: 'stolen', by, certificate: der, scope: 'sandbox' });
  await lanes.trust.refresh();
  try {
    expect(bundles.tagOf((await bundles.gather(invoiceId))!)).not.toBe(before);
    const archive = await bundle();
    const found = await report(archive);
    expect(found.pieces.flatMap(({ path, problems }) => problems.map(({ code }) => `${path}: ${code}`))).toEqual([]);
    expect(found).toMatchObject({ ok: true, basis: 'named' });
    const records = take(archive).records.certificates;
    expect(records.map((record) => record.fingerprint)).toEqual(certificates.map((record) => record.fingerprint));
    expect(records.find((record) => record.fingerprint === fingerprint)).toMatchObject({ roles: certificates.find((record) => record.fingerprint === fingerprint)!.roles, revoked: { by: 'Ada' } });
    expect(found.pieces.find(({ path }) => path === file)?.remarks.map(({ code }) => code)).toEqual(['revoked']);
    expect(readBundleZip(archive).files.get('index.html')!.toString()).toContain('revocato il');
  } finally {
    await db.database.query("UPDATE trust_anchors SET revoked_at = NULL, revoked_by = NULL, revoked_note = NULL WHERE fingerprint = $1 AND source = 'sandbox'", [fingerprint]);
    // A signer was never in the store by itself.
    if (role.endsWith('signer')) await db.database.query('DELETE FROM trust_anchors WHERE fingerprint = $1', [fingerprint]);
    await lanes.trust.refresh();
  }
});
