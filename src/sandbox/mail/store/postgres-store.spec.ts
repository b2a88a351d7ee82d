import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { mailIdentity } from '../../../../test/support/mail-identity.js';
import { createImapServer } from '../imap/server.js';
import { PostgresMailStore } from './postgres-store.js';

const WRITER = path.resolve('test/support/mail-store-writer.cjs');

describe('mail store in the database, with several processes', () => {
  let db: TestDatabase;
  beforeAll(async () => void (db = await testDatabase()));
  afterAll(() => db.close());

  it('has every message whose append was answered, after the writer was killed', async () => {
    const account = 'killed@pec.example.it';
    const store = new PostgresMailStore(db.database);
    for (let round = 0; round < 2; round += 1) {
      const answered = new Map<number, string>();
      const writer = fork(WRITER, [JSON.stringify({ databaseUrl: db.url, account })], { stdio: 'ignore' });
      writer.on('message', ({ uid, subject }: { uid: number; subject: string }) => void answered.set(uid, subject));
      await expect.poll(() => answered.size, { timeout: 20_000 }).toBeGreaterThan(50);
      const exit = once(writer, 'exit');
      writer.kill('SIGKILL');
      await exit;
      // The server may still be finishing what the writer had sent.
      const { uid: last } = await store.append(account, 'INBOX', Buffer.from('Subject: after\r\n\r\nx'));
      const stored = new Map<number, Buffer>();
      for await (const { uid, raw } of store.read(
        account,
        'INBOX',
        Array.from({ length: last }, (_, index) => index + 1),
      ))
        stored.set(uid, raw);
      expect([...stored.keys()]).toEqual(Array.from({ length: last }, (_, index) => index + 1));
      for (const [uid, subject] of answered) {
        expect(stored.get(uid)?.toString('latin1', 0, subject.length + 11)).toBe(`Subject: ${subject}\r\n`);
        expect(stored.get(uid)).toHaveLength(20_000 + subject.length + 13);
      }
    }
  });

  it('shows what another process has written to a client that asks', async () => {
    const [ours, theirs] = [new PostgresMailStore(db.database), new PostgresMailStore(db.database)];
    const tls = await mailIdentity();
    const server = await createImapServer({ tls, store: ours, authenticate: (user) => ({ account: user, address: user }) });
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: server.port,
      secure: true,
      servername: 'localhost',
      auth: { user: 'two@pec.example.it', pass: 'x' },
      tls: { ca: tls.cert },
      logger: false,
      disableAutoIdle: true,
    });
    await client.connect();
    await client.mailboxOpen('INBOX', { readOnly: true });
    const exists = once(client, 'exists');
    await theirs.append('two@pec.example.it', 'INBOX', Buffer.from('Subject: x\r\n\r\n'));
    await client.noop();
    expect((await exists)[0]).toMatchObject({ count: 1 });
    client.close();
    await server.close();
  });
});
