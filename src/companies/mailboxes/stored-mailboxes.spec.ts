import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/support/database.js';
import { newId } from '../../platform/ids.js';
import { AesSecretBox } from '../../platform/secrets/aes-secret-box.js';
import { makeOne } from '../trust/testing/certificates.js';
import type { Mailbox } from './mailbox.js';
import { type MailboxInput, StoredMailboxes } from './stored-mailboxes.js';
import { MailboxUsage } from './usage.js';

let db: TestDatabase;
let mailboxes: StoredMailboxes;
let companyId: string;
/** Mailboxes from which the outbox says that something was sent. */
const used = new Set<string>();

beforeAll(async () => {
  db = await testDatabase();
  const usage = new MailboxUsage();
  usage.countWith({ sent: async () => ({ lastHour: 0, lastDay: 0 }), everUsed: async (id) => used.has(id) });
  mailboxes = new StoredMailboxes(db.database, new AesSecretBox(randomBytes(32)), usage);
});
afterAll(() => db.close());
beforeEach(async () => {
  companyId = newId();
  await db.database.query("INSERT INTO companies (id, name, partita_iva, transmitter_paese, transmitter_codice) VALUES ($1, 'Prova', '01234567890', 'IT', '01234567890')", [companyId]);
});

const server = { host: 'mail.example.it', port: 993, security: 'tls', user: 'a@pec.example.it' } as const;
const create = (over: Partial<MailboxInput> = {}): Promise<Mailbox> =>
  mailboxes.create({
    companyId,
    address: `${newId()}@pec.example.it`,
    provider: 'other',
    smtp: { ...server, port: 465 },
    imap: server,
    passwords: { smtp: 'one', imap: 'two' },
    folders: ['INBOX'],
    sdiAddress: 'sdi01@pec.fatturapa.it',
    quotaPerHour: 10,
    quotaPerDay: 100,
    trust: 'public',
    ...over,
  });

describe('the epoch of the IMAP account', () => {
  it.each([
    ['host', { host: 'other.example.it' }, 1],
    ['port', { port: 1993 }, 1],
    ['user', { user: 'b@pec.example.it' }, 1],
    ['security', { security: 'starttls' }, 0],
    ['nothing, in other letters', { host: 'MAIL.example.it' }, 0],
  ] as const)('after a change of %s', async (_, change, epoch) => {
    const { id, imapEpoch } = await create();
    expect(imapEpoch).toBe(0);
    expect((await mailboxes.change(id, { imap: { ...server, ...change } }))?.imapEpoch).toBe(epoch);
  });

  it('stays for the sandbox, and for changes of the other side', async () => {
    const sandbox = await create({ trust: 'sandbox' });
    expect((await mailboxes.change(sandbox.id, { imap: { ...server, port: 7993 } }))?.imapEpoch).toBe(0);
    const real = await create();
    expect((await mailboxes.change(real.id, { smtp: { ...server, host: 'smtp.example.it' } }))?.imapEpoch).toBe(0);
  });
});

describe('the address', () => {
  it('may change until something was sent', async () => {
    const { id } = await create();
    expect(await mailboxes.change(id, { address: 'new@pec.example.it' })).toMatchObject({ address: 'new@pec.example.it' });
    used.add(id);
    await expect(mailboxes.change(id, { address: 'third@pec.example.it' })).rejects.toMatchObject({ kind: { slug: 'mailbox-address-in-use', status: 409 } });
    expect(await mailboxes.change(id, { address: 'new@pec.example.it', quotaPerHour: 5 })).toMatchObject({ address: 'new@pec.example.it', quotaPerHour: 5 });
  });
});

describe('the address of SdI', () => {
  const learn = (id: string, address: string, at: Date) => db.database.transaction((tx) => mailboxes.learnSdiAddress(tx, id, address, { sha256: 'ab', at }));
  const inForce = async (id: string) => (await mailboxes.get(id))?.sdiAddress;
  const after = (minutes: number) => new Date(Date.now() + minutes * 60_000);

  it('is that of the newest message, in whatever order they are judged', async () => {
    const { id } = await create();
    expect(await learn(id, 'sdi20@pec.fatturapa.it', after(-2))).toBe(true);
    expect(await learn(id, 'SDI30@pec.fatturapa.it', after(2))).toBe(true);
    expect(await learn(id, 'sdi20@pec.fatturapa.it', after(1))).toBe(false);
    expect(await learn(id, 'sdi30@pec.fatturapa.it', after(3))).toBe(false);
    expect(await inForce(id)).toBe('sdi30@pec.fatturapa.it');
    expect((await mailboxes.sdiAddresses(id)).map(({ address, source }) => `${source} ${address}`)).toEqual(['message sdi30@pec.fatturapa.it', 'message sdi20@pec.fatturapa.it', 'initial sdi01@pec.fatturapa.it']);
  });

  it('is a person’s choice until a message that came after it', async () => {
    const { id } = await create();
    await learn(id, 'sdi20@pec.fatturapa.it', after(-2));
    await mailboxes.change(id, { sdiAddress: 'sdi40@pec.fatturapa.it' });
    expect(await learn(id, 'sdi20@pec.fatturapa.it', after(-1))).toBe(false);
    expect(await inForce(id)).toBe('sdi40@pec.fatturapa.it');
    expect(await learn(id, 'sdi50@pec.fatturapa.it', after(1))).toBe(true);
    await mailboxes.change(id, { sdiAddress: 'sdi60@pec.fatturapa.it' });
    expect((await mailboxes.sdiAddresses(id))[0]?.address).toBe('sdi60@pec.fatturapa.it');
  });
});

describe('whom a mailbox believes', () => {
  it('has the signers that are known of its provider, unless it has its own', async () => {
    expect((await create({ provider: 'aruba' })).providerSigners).toEqual(['posta-certificata@pec.aruba.it']);
    expect((await create({ provider: 'postecert' })).providerSigners).toEqual([]);
    expect((await create()).providerSigners).toEqual([]);
    const { id, providerSigners } = await create({ provider: 'aruba', providerSigners: ['posta-certificata@pec.example.it'] });
    expect(providerSigners).toEqual(['posta-certificata@pec.example.it']);
    expect((await mailboxes.change(id, { providerSigners: [] }))?.providerSigners).toEqual([]);
  });

  it('counts the anchors of its own scope and no others', async () => {
    const [sandboxPec, sandboxSdi, publicPec, publicSdi] = await Promise.all(['sandbox pec', 'sandbox sdi', 'public pec', 'public sdi'].map(async (commonName) => (await makeOne({ profile: 'ca', subject: { commonName } })).certificate) as [Promise<Buffer>, Promise<Buffer>, Promise<Buffer>, Promise<Buffer>]);
    await mailboxes.addAnchor('sandbox', 'pec', sandboxPec);
    await mailboxes.addAnchor('sandbox', 'sdi', sandboxSdi);
    await mailboxes.addAnchor('public', 'pec', publicPec);
    await mailboxes.addAnchor('public', 'sdi', publicSdi);
    const real = await mailboxes.trust(await create());
    expect(real.sdi).toEqual({ anchors: [publicSdi], pinned: [], revoked: [] });
    expect(real.pec.anchors.filter((anchor) => typeof anchor !== 'string')).toEqual([publicPec]);
    const sandbox = await mailboxes.trust(await create({ trust: 'sandbox' }));
    expect(sandbox.sdi).toEqual({ anchors: [sandboxSdi], pinned: [], revoked: [] });
    expect(sandbox.pec.anchors).toEqual([sandboxPec]);
  });
});
