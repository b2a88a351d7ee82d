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
  const sdi = (n: number): string => `sdi${n}@pec.fatturapa.it`;
  const learn = (id: string, sender: string, at: Date, announced: string | undefined = sender) =>
    db.database.transaction((tx) => mailboxes.learnSdiAddress(tx, id, [{ sender, announced, sha256: 'ab', at, id: '01900000-0000-7000-8000-0000000000aa' }]));
  const inForce = async (id: string) => (await mailboxes.get(id))?.sdiAddress;
  const after = (minutes: number) => new Date(Date.now() + minutes * 60_000);
  const seen = async (id: string) => (await mailboxes.sdiSightings(id)).map(({ address, how, settled }) => [address, how, settled].join(' '));

  it('is that of the newest message that announces it, in whatever order they are judged', async () => {
    const { id } = await create();
    expect(await learn(id, sdi(20), after(-2))).toBe(true);
    expect(await learn(id, 'SDI30@pec.fatturapa.it', after(2))).toBe(true);
    expect(await learn(id, sdi(20), after(1))).toBe(false);
    expect(await learn(id, sdi(30), after(3))).toBe(false);
    expect(await inForce(id)).toBe(sdi(30));
    const versions = await mailboxes.sdiAddresses(id);
    expect(versions.map(({ address, source, messageId }) => [source, address, messageId !== null].join(' '))).toEqual([`message ${sdi(30)} true`, `message ${sdi(20)} true`, 'initial sdi01@pec.fatturapa.it false']);
    expect(versions.map(({ until }) => until?.getTime())).toEqual([undefined, versions[0]?.inForceSince.getTime(), versions[1]?.inForceSince.getTime()]);
  });

  it('of the first message counts by its sender alone, also when it is older than the mailbox', async () => {
    const { id } = await create();
    expect(await learn(id, sdi(20), after(-60 * 24), undefined)).toBe(true);
    expect(await learn(id, sdi(30), after(-60 * 12))).toBe(true);
    expect(await inForce(id)).toBe(sdi(30));
  });

  it('is not switched back by an announcement that is older than what spoke for it since', async () => {
    const { id } = await create();
    await learn(id, sdi(20), after(-2));
    await learn(id, sdi(20), after(10));
    expect(await learn(id, sdi(30), after(5))).toBe(false);
    // The same when what spoke for it came together with a stranger.
    await db.database.transaction((tx) =>
      mailboxes.learnSdiAddress(tx, id, [
        { sender: sdi(20), announced: sdi(20), at: after(20), sha256: 'ab' },
        { sender: sdi(48), at: after(21), sha256: 'cd' },
      ]),
    );
    expect(await learn(id, sdi(30), after(15))).toBe(false);
    expect(await inForce(id)).toBe(sdi(20));
    expect(await learn(id, sdi(30), after(25))).toBe(true);
  });

  it('is a person’s choice until a message that came after it announces another', async () => {
    const { id } = await create();
    await learn(id, sdi(20), after(-2));
    await mailboxes.change(id, { sdiAddress: sdi(40) }, 'Anna');
    expect(await learn(id, sdi(20), after(-1))).toBe(false);
    expect(await inForce(id)).toBe(sdi(40));
    expect((await mailboxes.sdiAddresses(id))[0]).toMatchObject({ address: sdi(40), source: 'person', decidedBy: 'Anna', note: null });
    expect(await learn(id, sdi(50), after(1))).toBe(true);
    await mailboxes.change(id, { sdiAddress: sdi(60) });
    expect((await mailboxes.sdiAddresses(id))[0]?.address).toBe(sdi(60));
  });

  it('does not follow a sender that announces nothing: that is for a person', async () => {
    const { id } = await create();
    await learn(id, sdi(20), after(-5));
    for (const minutes of [1, 2, 90, -9]) expect(await learn(id, sdi(48), after(minutes), '')).toBe(false);
    expect(await inForce(id)).toBe(sdi(20));
    const [sighting] = await mailboxes.sdiSightings(id);
    expect(sighting).toMatchObject({ address: sdi(48), how: 'sender', settled: null });
    expect(sighting!.lastSeenAt.getTime() - sighting!.firstSeenAt.getTime()).toBeGreaterThan(3_600_000);
    await mailboxes.decideSdiAddress(id, sdi(20), { by: 'Anna', note: 'Sogei says so' });
    expect(await learn(id, sdi(48), after(500), '')).toBe(false);
    expect(await seen(id)).toEqual([`${sdi(48)} sender left`]);
    expect((await mailboxes.sdiAddresses(id))[0]).toMatchObject({ address: sdi(20), source: 'person', decidedBy: 'Anna', note: 'Sogei says so' });
    await mailboxes.decideSdiAddress(id, sdi(48), { by: 'Anna' });
    expect(await inForce(id)).toBe(sdi(48));
    expect(await seen(id)).toEqual([`${sdi(48)} sender superseded`]);
    expect(await learn(id, sdi(20), after(600), sdi(70))).toBe(false);
    expect(await learn(id, sdi(48), after(700), sdi(80))).toBe(false);
    expect(await seen(id)).toEqual([`${sdi(80)} announcement `, `${sdi(20)} sender `, `${sdi(48)} sender superseded`]);
  });

  it('is the same when many messages are heard at once, in any order', async () => {
    const { id } = await create();
    const word = (n: number, minutes: number, announced = sdi(n)) => ({ sender: sdi(n), announced, sha256: 'ab', at: after(minutes) });
    const hear = (...messages: ReturnType<typeof word>[]) => db.database.transaction((tx) => mailboxes.learnSdiAddress(tx, id, messages));
    expect(await hear(word(30, 5), word(20, 1), word(48, 7, ''), word(30, 6), word(20, 2))).toBe(true);
    expect((await mailboxes.sdiAddresses(id)).map(({ address }) => address)).toEqual([sdi(30), sdi(20), 'sdi01@pec.fatturapa.it']);
    expect(await seen(id)).toEqual([`${sdi(48)} sender `]);
    expect(await hear(word(30, 9), word(30, 20), word(20, 15))).toBe(true);
    expect(await inForce(id)).toBe(sdi(30));
    expect(await hear(word(20, 19))).toBe(false);
    expect(await hear()).toBe(false);
  });

  it('is one, whoever speaks at the same moment', async () => {
    const { id } = await create();
    await Promise.all(Array.from({ length: 12 }, (_, n) => learn(id, sdi(20 + n), after(n))));
    expect(await inForce(id)).toBe(sdi(31));
    const versions = await mailboxes.sdiAddresses(id);
    expect(versions[0]?.address).toBe(sdi(31));
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
