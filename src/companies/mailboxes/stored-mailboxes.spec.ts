import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/support/database.js';
import { newId } from '../../platform/ids.js';
import { AesSecretBox } from '../../platform/secrets/aes-secret-box.js';
import type { Mailbox } from './mailbox.js';
import { type MailboxInput, StoredMailboxes } from './stored-mailboxes.js';

let db: TestDatabase;
let mailboxes: StoredMailboxes;
let companyId: string;

beforeAll(async () => {
  db = await testDatabase();
  mailboxes = new StoredMailboxes(db.database, new AesSecretBox(randomBytes(32)));
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
