import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/database.js';
import { StoredMailboxes } from '../companies/mailboxes/stored-mailboxes.js';
import { MailboxUsage } from '../companies/mailboxes/usage.js';
import { EvidenceStore } from '../evidence/evidence-store.js';
import { Feed, ManualClock, newId, type NewFeedEntry, SilentLog, type Tx } from '../platform/index.js';
import { AesSecretBox } from '../platform/secrets/aes-secret-box.js';
import type { SdiMessage } from '../sdi/messages/index.js';
import { keySigner, makeCertificate, signCades } from '../signature/index.js';
import type { ReceivedDelivery } from './deliveries/delivery.js';
import { ReceivedRows } from './deliveries/received-rows.js';
import { ReceivedListQuery } from './queries/filters.js';
import { conditionsOf } from './queries/conditions.js';
import { ReceivedQueries } from './queries/received-queries.js';
import { ReceivedFiles } from './reading/received-files.js';
import { ReceivedInvoices } from './received-invoices.js';

const PRIVATA = readFileSync(path.join(__dirname, '../../samples/privata.xml'));
const NOW = new Date('2026-06-01T10:00:00.000Z');
const hash = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

class RememberedFeed extends Feed {
  readonly entries: NewFeedEntry[] = [];
  override async append(_tx: Tx, entries: readonly NewFeedEntry[]): Promise<void> {
    this.entries.push(...entries);
  }
  override async read(): Promise<never[]> {
    return [];
  }
  override onGrowth(): () => void {
    return () => undefined;
  }
}

interface Home {
  readonly companyId: string;
  readonly mailboxId: string;
}

let db: TestDatabase;
let files: ReceivedFiles;
let received: ReceivedInvoices;
let queries: ReceivedQueries;
let evidence: EvidenceStore;
const feed = new RememberedFeed();
const clock = new ManualClock(NOW);

async function home(): Promise<Home> {
  const companyId = newId();
  await db.database.query("INSERT INTO companies (id, name, partita_iva, transmitter_paese, transmitter_codice) VALUES ($1, 'Prova', '01234567890', 'IT', '01234567890')", [companyId]);
  const account = { host: 'mail.example.it', port: 993, security: 'tls', user: 'a' } as const;
  const { id: mailboxId } = await new StoredMailboxes(db.database, new AesSecretBox(randomBytes(32)), new MailboxUsage()).create({
    companyId,
    address: `${companyId}@pec.example.it`,
    provider: 'other',
    smtp: account,
    imap: account,
    passwords: { smtp: 'one', imap: 'two' },
    folders: ['INBOX'],
    sdiAddress: 'sdi01@pec.fatturapa.it',
    quotaPerHour: 10,
    quotaPerDay: 100,
    trust: 'public',
  });
  return { companyId, mailboxId };
}

beforeAll(async () => {
  db = await testDatabase();
  evidence = new EvidenceStore(db.database);
  files = new ReceivedFiles(new SilentLog());
  received = new ReceivedInvoices(files, new ReceivedRows(), evidence, feed, clock);
  queries = new ReceivedQueries(db.database);
});
afterAll(async () => {
  await files.beforeApplicationShutdown();
  await db.close();
});

const mt = (identificativoSdi: string, more: Partial<SdiMessage> = {}): SdiMessage => ({
  code: 'MT',
  family: 'private',
  root: 'FileMetadati',
  namespace: '',
  identificativoSdi,
  nomeFile: 'IT03123450367_00001.xml',
  formato: 'FPR12',
  tentativiInvio: 1,
  signature: { verdict: 'absent', reasons: [] },
  ...more,
});
const whole = (identificativoSdi: string, content: Buffer = PRIVATA, more: Partial<SdiMessage> = {}): ReceivedDelivery => ({
  message: mt(identificativoSdi, more),
  messageFile: { name: 'IT03123450367_00001_MT_001.xml', content: Buffer.from(`<m>${identificativoSdi}${JSON.stringify(more)}</m>`) },
  invoiceFile: { name: 'IT03123450367_00001.xml', content },
  hashMatches: true,
});

async function take(at: Home, delivery: ReceivedDelivery, { deliveredAt = NOW, messageId = newId(), sentInvoiceId }: { deliveredAt?: Date; messageId?: string; sentInvoiceId?: string } = {}) {
  const prepared = await received.prepare(delivery, deliveredAt);
  return db.database.transaction(async (tx) => {
    const mailSha256 = await evidence.put(Buffer.from(messageId), 'message/rfc822', tx);
    const [taken] = await received.takeAll(tx, [{ delivery: prepared, arrival: { ...at, messageId, mailSha256, deliveredAt, sdiAddress: 'sdi23@pec.fatturapa.it', ...(sentInvoiceId && { sentInvoiceId }) } }]);
    return taken!;
  });
}
const codes = (view: { [field: string]: unknown } | undefined): string[] => (view?.['findings'] as { code: string }[]).map(({ code }) => code);
const toldOf = (id: string): number => feed.entries.filter(({ subjectId }) => subjectId === id).length;
let serial = 1;
const nextId = (): string => String(15_000_000_000 + serial++);

describe('one invoice for each IdentificativoSdI of a company', () => {
  it('however many deliveries of it are taken at one moment', async () => {
    const at = await home();
    const id = nextId();
    const taken = await Promise.all([1, 2, 3, 4, 5, 6].map((attempt) => take(at, whole(id, PRIVATA, { tentativiInvio: attempt }))));
    expect(new Set(taken.map(({ receivedInvoiceId }) => receivedInvoiceId)).size).toBe(1);
    expect(taken.map(({ kind }) => kind).sort()).toEqual(['first', ...Array<string>(5).fill('repeated')]);
    const invoice = await queries.get(taken[0]!.receivedInvoiceId);
    expect(invoice).toMatchObject({ deliveriesCount: 6 });
    expect(toldOf(invoice!.id)).toBe(1);
  });

  it('and another one for each company', async () => {
    const id = nextId();
    const [mine, theirs] = [await home(), await home()];
    const one = await take(mine, whole(id));
    const two = await take(theirs, whole(id));
    expect([one.kind, two.kind]).toEqual(['first', 'first']);
    expect((await queries.list(ReceivedListQuery.parse({ identificativoSdi: id }), mine.companyId)).items.map((item) => item.id)).toEqual([one.receivedInvoiceId]);
    const bare = await take(mine, { invoiceFile: { name: 'a.xml', content: PRIVATA } });
    expect(bare).toMatchObject({ kind: 'repeated', receivedInvoiceId: one.receivedInvoiceId });
  });

  it('which the buyer received with the earliest delivery, in whatever order they are judged; the same attempt twice is told', async () => {
    const at = await home();
    const id = nextId();
    const late = new Date(NOW.getTime() + 3_600_000);
    const { receivedInvoiceId } = await take(at, whole(id, PRIVATA, { tentativiInvio: 2 }), { deliveredAt: late });
    await take(at, whole(id, PRIVATA, { tentativiInvio: 1 }));
    await take(at, whole(id, PRIVATA, { tentativiInvio: 1 }));
    const invoice = await queries.get(receivedInvoiceId);
    expect(invoice).toMatchObject({ receivedAt: NOW, deliveriesCount: 3 });
    expect(codes(invoice)).toContain('same-attempt');
  });

  it('whose mail can be judged again: nothing is added, and what is found out since is written down', async () => {
    const at = await home();
    const messageId = newId();
    const id = nextId();
    const first = await take(at, whole(id), { messageId });
    await queries.acknowledge(first.receivedInvoiceId, NOW);
    const before = await queries.get(first.receivedInvoiceId);
    const sentInvoiceId = newId();
    expect(await take(at, whole(id), { messageId, sentInvoiceId })).toEqual({ ...first, again: true });
    expect(await queries.get(first.receivedInvoiceId)).toEqual({ ...before, sentInvoiceId, links: { ...(before?.['links'] as object), sentInvoice: `/v1/invoices/${sentInvoiceId}` } });
    expect(toldOf(first.receivedInvoiceId)).toBe(1);
  });
});

describe('two rows that turn out to be one invoice', () => {
  const other = Buffer.from(PRIVATA.toString().replace('2026/101', '2026/102'));
  const bare = (content: Buffer): ReceivedDelivery => ({ invoiceFile: { name: 'IT03123450367_00001.xml', content } });
  const without = (id: string): ReceivedDelivery => {
    const { message, messageFile } = whole(id);
    return { message: message!, messageFile: messageFile! };
  };
  const listed = async (at: Home, filters: object = {}): Promise<string[]> => (await queries.list(ReceivedListQuery.parse(filters), at.companyId)).items.map(({ id }) => id);
  const told = (at: Home): number => feed.entries.filter(({ tenantId }) => tenantId === at.companyId).length;

  /** MT alone, the file alone, both; and the same with another file under the same id. */
  type Name = 'without' | 'bare' | 'bareOther' | 'whole' | 'wholeOther';
  const mailsOf = fc.constantFrom<Name[]>(['without', 'bare', 'whole'], ['without', 'bareOther', 'whole', 'wholeOther'], ['without', 'bare', 'bareOther', 'whole', 'wholeOther']);
  const order = mailsOf.chain((names) => fc.tuple(fc.shuffledSubarray(names, { minLength: names.length }), fc.boolean(), fc.array(fc.nat(names.length - 1), { maxLength: 4 })));

  it('end as one, in every order, at one moment and judged again', async () => {
    await fc.assert(
      fc.asyncProperty(order, async ([names, atOnce, again]) => {
        const at = await home();
        const id = nextId();
        const made = { without: without(id), bare: bare(PRIVATA), bareOther: bare(other), whole: whole(id), wholeOther: whole(id, other, { tentativiInvio: 2 }) };
        const mails = names.map((name) => ({ delivery: made[name], messageId: newId() }));
        const ids: string[] = [];
        const bring = async ({ delivery, messageId }: (typeof mails)[number]): Promise<void> => void ids.push((await take(at, delivery, { messageId })).receivedInvoiceId);
        if (atOnce) await Promise.all(mails.map(bring));
        else for (const mail of mails) await bring(mail);
        for (const index of again) await bring(mails[index]!);
        const [one, ...more] = await listed(at);
        expect(more).toEqual([]);
        for (const each of ids) expect((await queries.get(each))?.id).toBe(one);
        const invoice = await queries.get(one!);
        expect(invoice).toMatchObject({ identificativoSdi: id, deliveriesCount: names.length });
        expect([hash(PRIVATA), hash(other)]).toContain(invoice?.['sha256']);
        expect((invoice?.['deliveries'] as { position: number }[]).map(({ position }) => position)).toEqual(names.map((_name, index) => index + 1));
        expect(codes(invoice)).not.toContain('file-missing');
        expect(codes(invoice)).not.toContain('metadata-missing');
        const before = told(at);
        for (const name of names) await take(at, made[name]);
        expect([told(at), await listed(at)]).toEqual([before, [one]]);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('whoever has the id of the other is answered with the one; what was acknowledged of the file stays so', async () => {
    const at = await home();
    const id = nextId();
    const early = new Date(NOW.getTime() - 3_600_000);
    const first = await take(at, without(id));
    const messageId = newId();
    const second = await take(at, bare(PRIVATA), { deliveredAt: early, messageId });
    await queries.acknowledge(second.receivedInvoiceId, NOW);
    const third = await take(at, whole(id));
    expect(third).toMatchObject({ kind: 'completing', receivedInvoiceId: first.receivedInvoiceId });
    const invoice = await queries.get(second.receivedInvoiceId);
    expect(invoice).toEqual(await queries.get(first.receivedInvoiceId));
    expect(invoice).toMatchObject({ id: first.receivedInvoiceId, otherIds: [second.receivedInvoiceId], acknowledgedAt: NOW, receivedAt: early, worstFinding: expect.anything() as string });
    expect((invoice?.['deliveries'] as { kind: string }[]).map(({ kind }) => kind)).toEqual(['first', 'repeated', 'completing']);
    expect(await listed(at, { message: messageId })).toEqual([first.receivedInvoiceId]);
    expect(await listed(at, { sha256: hash(PRIVATA) })).toEqual([first.receivedInvoiceId]);
    expect(await listed(at, { number: '2026/101' })).toEqual([first.receivedInvoiceId]);
    expect(await queries.places(second.receivedInvoiceId, undefined)).toEqual(await queries.places(first.receivedInvoiceId, undefined));
    expect(await queries.places(second.receivedInvoiceId, 3)).toMatchObject({ sha256: hash(PRIVATA), metadataSha256: expect.any(String) as string });
  });

  it('acknowledged under either id', async () => {
    const at = await home();
    const id = nextId();
    const first = await take(at, without(id));
    const second = await take(at, bare(PRIVATA));
    await take(at, whole(id));
    expect(await listed(at, { acknowledged: 'false' })).toEqual([first.receivedInvoiceId]);
    await queries.acknowledge(second.receivedInvoiceId, NOW);
    expect(await listed(at, { acknowledged: 'false' })).toEqual([]);
  });
});

describe('a delivery that lacks something', () => {
  it('gets its IdentificativoSdI from a later one with the same file', async () => {
    const at = await home();
    const bare = await take(at, { invoiceFile: { name: 'IT03123450367_00001.xml', content: PRIVATA } });
    expect(codes(await queries.get(bare.receivedInvoiceId))).toContain('metadata-missing');
    const id = nextId();
    expect(await take(at, whole(id))).toMatchObject({ kind: 'repeated', receivedInvoiceId: bare.receivedInvoiceId });
    const invoice = await queries.get(bare.receivedInvoiceId);
    expect(invoice).toMatchObject({ identificativoSdi: id, links: { metadata: expect.any(String) as string } });
    expect(codes(invoice)).not.toContain('metadata-missing');
  });

  it('gets its file from a later one, and is unacknowledged again', async () => {
    const at = await home();
    const id = nextId();
    const { messageFile, message } = whole(id);
    const empty = await take(at, { message: message!, messageFile: messageFile! });
    await queries.acknowledge(empty.receivedInvoiceId, NOW);
    expect(await queries.get(empty.receivedInvoiceId)).toMatchObject({ worstFinding: 'error', sha256: null, number: '', documentsCount: 0, formatoTrasmissione: 'FPR12' });
    expect(await take(at, whole(id, PRIVATA, { tentativiInvio: 2 }))).toMatchObject({ kind: 'completing', receivedInvoiceId: empty.receivedInvoiceId });
    const invoice = await queries.get(empty.receivedInvoiceId);
    expect(invoice).toMatchObject({ sha256: hash(PRIVATA), number: '2026/101', documentsCount: 1, acknowledgedAt: null });
    expect(codes(invoice)).not.toContain('file-missing');
    expect(toldOf(empty.receivedInvoiceId)).toBe(1);
  });
});

describe('what MT and the file say of each other', () => {
  it.each([
    ['hash-mismatch', { hashMatches: false }, {}],
    ['hash-missing', { hashMatches: undefined }, {}],
    ['formato-differs', {}, { formato: 'FPA12' }],
    ['name-differs', {}, { nomeFile: 'IT03123450367_0000Z.xml' }],
  ] as const)('%s', async (code, more, message) => {
    const { hashMatches, ...delivery } = whole(nextId(), PRIVATA, message);
    const stated = 'hashMatches' in more ? more.hashMatches : hashMatches;
    const { receivedInvoiceId } = await take(await home(), { ...delivery, ...(stated !== undefined && { hashMatches: stated }) });
    const invoice = await queries.get(receivedInvoiceId);
    expect(codes(invoice)).toContain(code);
    expect(codes(invoice).filter((one) => ['hash-mismatch', 'hash-missing', 'formato-differs', 'name-differs'].includes(one))).toEqual([code]);
  });

  it('no hash is missing from the MT of the PA family, which has none', async () => {
    const { hashMatches: _none, ...delivery } = whole(nextId(), PRIVATA, { family: 'pa' });
    expect(codes(await queries.get((await take(await home(), delivery)).receivedInvoiceId))).not.toContain('hash-missing');
  });
});

describe('a file of any kind', () => {
  it('is read on a thread when it is large', async () => {
    const large = Buffer.concat([PRIVATA, Buffer.alloc(1_000_000, 0x20)]);
    const made = await makeCertificate({ profile: 'signer', subject: { commonName: 'Mario Rossi' }, notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2029-01-01T00:00:00Z'), keyType: 'ec-p256', keyUsage: [1] });
    const p7m = await signCades(large, keySigner(made), { signingTime: NOW });
    const { receivedInvoiceId } = await take(await home(), whole(nextId(), p7m));
    const invoice = await queries.get(receivedInvoiceId);
    expect(invoice).toMatchObject({ number: '2026/101', signed: 'cades', xmlSha256: hash(large), sha256: hash(p7m) });
    expect(invoice?.['signatures']).toEqual([expect.objectContaining({ intact: true, subject: expect.stringContaining('Mario Rossi') as string, notAfter: '2029-01-01T00:00:00.000Z' })]);
    const page = await files.view({ file: p7m, xml: large, fileName: 'a.xml.p7m', lang: 'it' });
    expect(page).toContain('Mario Rossi');
  });

  /** A value of the invoice of any text, at any length; its octets changed, cut, doubled; wrapped once more; or nothing of the kind. */
  const values = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.constantFrom('&#0;', '&#xD800;', '', 'x'.repeat(5_000), '9'.repeat(40), '0000-00-00', '2026-02-30', '99999-01-01', '-1e9', '\u{1f600}'));
  const names = fc.constantFrom('Numero', 'Data', 'Divisa', 'TipoDocumento', 'ImportoTotaleDocumento', 'Denominazione', 'IdCodice', 'IdPaese', 'CodiceDestinatario', 'FormatoTrasmissione');
  const withValue = fc.tuple(names, values).map(([name, value]) => Buffer.from(PRIVATA.toString().replace(new RegExp(`<${name}>[^<]*`), () => `<${name}>${value}`)));
  const withOctets = fc.array(fc.tuple(fc.nat(PRIVATA.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }).map((changes) => {
    const bytes = Buffer.from(PRIVATA);
    for (const [at, octet] of changes) bytes[at] = octet;
    return bytes;
  });
  const cut = fc.tuple(fc.nat(PRIVATA.length), fc.nat(PRIVATA.length)).map(([from, to]) => PRIVATA.subarray(Math.min(from, to), Math.max(from, to)));
  const anything = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
  const wrapped = fc.oneof(withValue, withOctets, cut, anything).chain((bytes) => fc.constantFrom(bytes, Buffer.from(bytes.toString('base64')), Buffer.concat([Buffer.from([0x30, 0x80]), bytes]), Buffer.from(bytes.toString('latin1'), 'utf16le')));

  it('is never dropped and never throws: its octets are kept, and what was found is told', async () => {
    const at = await home();
    await fc.assert(
      fc.asyncProperty(wrapped, fc.string({ unit: 'binary', maxLength: 80 }), async (bytes, name) => {
        const id = nextId();
        const { receivedInvoiceId, kind } = await take(at, { ...whole(id, bytes), message: mt(id, { nomeFile: `${name.replaceAll('\0', '')}x` }) });
        expect(kind).toBe('first');
        const invoice = await queries.get(receivedInvoiceId);
        expect(invoice).toMatchObject({ identificativoSdi: id, sha256: hash(bytes) });
        expect((await evidence.get(hash(bytes)))?.content.equals(bytes)).toBe(true);
        if (invoice?.['documentsCount'] === 0) expect(codes(invoice).length).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  it('is kept when our own code throws over it, with that as its finding', async () => {
    const broken = new ReceivedFiles(new SilentLog());
    const opened = await broken.read({ bytes: PRIVATA, at: NOW, get fileName(): string { throw new RangeError('<Denominazione>'); } });
    expect(opened.reading.findings).toMatchObject([{ code: 'not-validated', severity: 'error' }]);
    expect(JSON.stringify(opened)).not.toContain('Denominazione');
    await broken.beforeApplicationShutdown();
  });
});

describe('the list', () => {
  it.each([
    {},
    { company: newId() },
    { mailbox: newId() },
    { seller: 'ferramenta' },
    { q: 'ferramenta' },
    { q: '1' },
    { number: '1' },
    { type: 'TD01' },
    { dateFrom: '2026-01-01', dateTo: '2026-02-01' },
    { from: '2026-01-01', to: '2026-02-01' },
    { findings: 'error' },
    { findings: 'error,warning' },
    { acknowledged: 'false' },
    { identificativoSdi: '1' },
    { fileName: 'a.xml' },
    { sha256: 'a'.repeat(64) },
    { message: newId() },
    { sentInvoice: newId() },
  ])('has an index for %j', async (query) => {
    for (const companyId of [undefined, newId()]) {
      const conditions = conditionsOf(ReceivedListQuery.parse(query), companyId);
      const plan = await db.database.transaction(async (tx) => {
        await tx.query('SET LOCAL enable_seqscan = off');
        return tx.query(`EXPLAIN SELECT id FROM received_invoices ${conditions.sql} ORDER BY received_at DESC, id DESC LIMIT 51`, conditions.values);
      });
      expect(JSON.stringify(plan)).not.toContain('Seq Scan');
    }
  });
});
