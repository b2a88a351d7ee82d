import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { composeInvoiceMail, readPecMessage } from '../pec/index.js';
import { PgLeases } from '../platform/leases/pg-leases.js';
import { SilentLog } from '../platform/log/log.js';
import { AesSecretBox } from '../platform/secrets/aes-secret-box.js';
import { DEMO_ADDRESS } from './demo-company.js';
import { sandboxBench, type SandboxBench } from './sandbox-bench.js';
import { sampleInvoice } from './samples/sample-invoice.js';

const MAILS = 24;
const masterKey = randomBytes(32);
let db: TestDatabase;
/** Looks at the database from outside; it is never the host. */
let observer: SandboxBench;
let child: ChildProcess | undefined;

const CHILD = `
  const { PgDatabase } = require(${JSON.stringify(path.resolve(__dirname, '../platform/database/pg-database.ts'))});
  const { PgLeases } = require(${JSON.stringify(path.resolve(__dirname, '../platform/leases/pg-leases.ts'))});
  const { SilentLog } = require(${JSON.stringify(path.resolve(__dirname, '../platform/log/log.ts'))});
  const { AesSecretBox } = require(${JSON.stringify(path.resolve(__dirname, '../platform/secrets/aes-secret-box.ts'))});
  const { sandboxBench } = require(${JSON.stringify(path.resolve(__dirname, 'sandbox-bench.ts'))});
  (async () => {
    const log = new SilentLog();
    const database = await PgDatabase.open({ url: process.env.SANDBOX_DATABASE, migrations: [], log });
    const bench = sandboxBench({ database, leases: new PgLeases(database, log), secrets: new AesSecretBox(Buffer.from(process.env.SANDBOX_KEY, 'hex')) });
    await bench.host.start();
    while (!bench.host.ports) await new Promise((resolve) => setTimeout(resolve, 20));
    process.send(bench.host.ports);
  })();
`;

/** Starts a sandbox in a process of its own; resolves with its ports when it is open. */
async function open(): Promise<{ smtp: number; imap: number }> {
  const process_ = spawn(process.execPath, ['-r', path.resolve(__dirname, '../../test/support/typescript.cjs'), '-e', CHILD], {
    env: { ...process.env, SANDBOX_DATABASE: db.url, SANDBOX_KEY: masterKey.toString('hex') },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child = process_;
  return new Promise((resolve, reject) => {
    process_.once('message', (ports) => resolve(ports as { smtp: number; imap: number }));
    process_.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}`)));
  });
}

async function kill(): Promise<void> {
  const dying = child;
  child = undefined;
  if (!dying || dying.exitCode !== null) return;
  const gone = new Promise((resolve) => dying.once('exit', resolve));
  dying.kill('SIGKILL');
  await gone;
}

beforeAll(async () => {
  db = await testDatabase();
  const log = new SilentLog();
  observer = sandboxBench({ database: db.database, leases: new PgLeases(db.database, log), secrets: new AesSecretBox(masterKey) });
});
afterAll(async () => {
  await kill();
  await db?.close();
});

describe('kill -9', () => {
  it('breaks no promise: what was taken is answered, once', { timeout: 120_000 }, async () => {
    await open();
    const { password } = await observer.accounts.ensure(DEMO_ADDRESS);
    const tlsCa = (await observer.keyring.pki()).tls.pem;
    const taken: string[] = [];
    for (let index = 0; index < MAILS; index++) {
      const [state] = await db.database.query<{ smtp_port: number }>('SELECT smtp_port FROM sandbox_state');
      const transport = createTransport({
        host: '127.0.0.1',
        port: state!.smtp_port,
        secure: true,
        auth: { user: DEMO_ADDRESS, pass: password },
        tls: { ca: tlsCa },
      });
      const fileName = `IT09876543217_K${String(index).padStart(4, '0')}.xml`;
      const content = sampleInvoice({ numbers: [`${index + 1}-EC01`], flow: 'pa', date: '2026-11-21' });
      const raw = composeInvoiceMail({
        from: DEMO_ADDRESS,
        to: 'sdi01@pec.fatturapa.it',
        messageId: `k${index}@pec.example.it`,
        fileName,
        content,
      });
      // While this one is under way the others' receipts are being written: the kill strikes anywhere.
      const killing = index % 12 === 11 ? new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 60)).then(kill) : undefined;
      await transport.sendMail({ raw, envelope: { from: DEMO_ADDRESS, to: ['sdi01@pec.fatturapa.it'] } }).then(
        () => taken.push(fileName),
        () => undefined,
      );
      transport.close();
      await killing;
      if (killing) await open();
    }
    await expect
      .poll(async () => (await db.database.query('SELECT 1 FROM sandbox_schedule')).length, { timeout: 60_000, interval: 50 })
      .toBe(0);
    const { items } = await observer.sandbox.listArrivals();
    expect(new Set(items.map(({ fileName }) => fileName)).size).toBe(items.length);
    expect(items.map(({ fileName }) => fileName)).toEqual(expect.arrayContaining(taken));
    expect(taken.length).toBeGreaterThan(MAILS / 2);
    const uids = (await observer.store.list(DEMO_ADDRESS, 'INBOX')).map(({ uid }) => uid);
    const signedParts = new Set<string>();
    const kinds: Record<string, number> = {};
    for await (const { raw } of observer.store.read(DEMO_ADDRESS, 'INBOX', uids)) {
      const message = await readPecMessage(raw, { anchors: [(await observer.keyring.pki())['pec-ca'].certificate] });
      expect(message.trust).toMatchObject({ ok: true });
      signedParts.add(message.signedPartSha256 ?? '');
      kinds[message.kind ?? ''] = (kinds[message.kind ?? ''] ?? 0) + 1;
    }
    expect(signedParts.size).toBe(uids.length);
    expect(kinds).toEqual({ accettazione: items.length, 'avvenuta-consegna': items.length, 'posta-certificata': 2 * items.length });
  });
});
