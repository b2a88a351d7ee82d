import { randomBytes } from 'node:crypto';
import { createTransport, type Transporter } from 'nodemailer';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mailbox } from '../../src/companies/mailboxes/mailbox.js';
import type { Tx } from '../../src/platform/index.js';
import { AesSecretBox } from '../../src/platform/secrets/aes-secret-box.js';
import { DEMO_ADDRESS } from '../../src/sandbox/demo-company.js';
import type { SandboxAccounts } from '../../src/sandbox/provider/accounts.js';
import { Delivery } from '../../src/sandbox/provider/delivery.js';
import { sampleInvoice } from '../../src/sandbox/samples/sample-invoice.js';
import { sandboxBench, type SandboxBench } from '../../src/sandbox/sandbox-bench.js';
import type { Status } from '../../src/sdi/lifecycle/types.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { type Dovecot, startDovecot } from '../support/dovecot.js';
import { lanesBench, type LanesBench, until } from '../support/lanes-bench.js';
import { type Postfix, startPostfix } from '../support/postfix.js';
import { missingPrograms } from '../support/system-programs.js';

const absent = missingPrograms('dovecot', 'postfix') ?? (process.getuid?.() === 0 ? undefined : 'Postfix starts as root only');
if (absent) console.warn(`lanes against Postfix and Dovecot: skipped (${absent})`);

const INVOICES = 500;

/** Hands finished messages to Dovecot over LMTP (RFC 2033). */
class LmtpDelivery extends Delivery {
  readonly #transport: Transporter;

  constructor(
    private readonly accounts: SandboxAccounts,
    port: number,
  ) {
    super();
    this.#transport = createTransport({ host: '127.0.0.1', port, lmtp: true, secure: false, ignoreTLS: true, pool: true, maxConnections: 4, maxMessages: Number.POSITIVE_INFINITY } as object);
  }

  override async mailbox(address: string): Promise<string | undefined> {
    return (await this.accounts.has(address)) ? address.toLowerCase() : undefined;
  }

  override async deliver(mailbox: string, raw: Buffer, _at: Date, _tx: Tx): Promise<void> {
    await this.#transport.sendMail({ raw, envelope: { from: 'posta-certificata@gestore.example', to: [mailbox] } });
  }

  close(): void {
    this.#transport.close();
  }
}

/** Where Postfix leaves what it took: the provider's core, which has no more say in the SMTP dialogue. */
function providerBehind(sandbox: SandboxBench): SMTPServer {
  return new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: 40_000_000,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
        const to = session.envelope.rcptTo.map((recipient) => recipient.address);
        sandbox.provider.handleSubmission({ account: from.toLowerCase(), from, to, raw: Buffer.concat(chunks) }).then(
          () => done(null),
          (error: Error) => done(error),
        );
      });
    },
  });
}

describe.skipIf(absent !== undefined)('both lanes against Postfix and Dovecot', () => {
  let db: TestDatabase;
  let dovecot: Dovecot;
  let postfix: Postfix;
  let behind: SMTPServer;
  let delivery: LmtpDelivery;
  let sandbox: SandboxBench;
  let lanes: LanesBench;
  let mailbox: Mailbox;

  beforeAll(async () => {
    db = await testDatabase();
    const password = randomBytes(12).toString('base64url');
    dovecot = await startDovecot({ users: [{ address: DEMO_ADDRESS, password }] });
    const secrets = new AesSecretBox(randomBytes(32));
    lanes = lanesBench({ database: db.database, secrets });
    sandbox = sandboxBench({ database: db.database, leases: lanes.leases, secrets, delivery: (accounts) => (delivery = new LmtpDelivery(accounts, dovecot.lmtpPort)) });
    await sandbox.host.start();
    behind = providerBehind(sandbox);
    const relayPort = await new Promise<number>((resolve) => {
      const server = behind.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });
    postfix = await startPostfix({ dovecot, routes: { 'pec.fatturapa.it': relayPort } });
    const setup = sandbox.home.setup!;
    for (const certificate of setup.anchors.pec) await lanes.mailboxes.addAnchor('sandbox', 'pec', certificate);
    for (const certificate of setup.anchors.sdi) await lanes.mailboxes.addAnchor('sandbox', 'sdi', certificate);
    const server = (port: number) => ({ host: '127.0.0.1', port, security: 'tls', user: DEMO_ADDRESS }) as const;
    mailbox = await lanes.mailbox(
      {
        ...setup.mailbox,
        smtp: server(postfix.submissionPort),
        imap: server(dovecot.imapPort),
        passwords: { smtp: password, imap: password },
        tlsCa: dovecot.tls.cert,
        quotaPerHour: 1_000_000,
        quotaPerDay: 1_000_000,
      },
      setup.company.transmitter.idCodice,
    );
    lanes.startReading();
  });

  afterAll(async () => {
    await lanes?.stop();
    await sandbox?.host.stop();
    delivery?.close();
    await new Promise<void>((resolve) => (behind ? behind.close(() => resolve()) : resolve()));
    await postfix?.close();
    await dovecot?.close();
    await db?.close();
  });

  const ENDINGS: readonly (readonly [string, Status])[] = [
    ['', 'delivered'],
    ['-NS00423', 'rejected'],
    ['-MC', 'available'],
    ['-REORDER', 'delivered'],
    ['-NOACC', 'send_failed'],
  ];

  it(`carries ${INVOICES} invoices to their ends, none lost and none sent twice`, { timeout: 400_000 }, async () => {
    const wanted = new Map<string, Status>();
    for (let index = 0; index < INVOICES; index += 1) {
      const [ending, final] = ENDINGS[index % ENDINGS.length]!;
      wanted.set(await lanes.take(sampleInvoice({ numbers: [`${index}${ending}`], flow: 'private', date: '2026-11-20' })), final);
    }
    const start = Date.now();
    const statuses = (): Promise<{ id: string; status: Status }[]> => db.database.query('SELECT id, status FROM invoices');
    await until('all are final', async () => (await statuses()).every(({ id, status }) => status === wanted.get(id)), 360_000).catch(async (error: unknown) => {
      const wrong = (await statuses()).filter(({ id, status }) => status !== wanted.get(id)).slice(0, 5);
      throw new Error(`${String(error)}\n${JSON.stringify(wrong)}\n${dovecot.log().slice(-2_000)}\n${postfix.log().slice(-2_000)}`);
    });
    console.info(`${INVOICES} invoices over Postfix and Dovecot in ${Date.now() - start} ms`);

    const [files] = await db.database.query<{ total: string; distinct_names: string }>('SELECT count(*) AS total, count(DISTINCT lower(file_name)) AS distinct_names FROM sandbox_arrivals');
    const reached = [...wanted.values()].filter((status) => status !== 'send_failed').length;
    expect(files).toEqual({ total: String(reached), distinct_names: String(reached) });
    const attempts = await db.database.query<{ count: string }>('SELECT count(*) FROM attempts');
    expect(Number(attempts[0]!.count)).toBe(INVOICES);
    await until('every message has its disposition', async () => (await lanes.ledger.countWaiting(mailbox.id)) === 0, 60_000);
    const odd = await db.database.query(`SELECT reason, count(*) FROM messages WHERE disposition NOT IN ('applied', 'duplicate') GROUP BY 1`);
    expect(odd).toEqual([]);
  });

  it('T2 touches no flag on a real server', async () => {
    const { ImapFlow } = await import('imapflow');
    const { imap } = await lanes.mailboxes.passwords(mailbox.id);
    const client = new ImapFlow({ host: '127.0.0.1', port: dovecot.imapPort, secure: true, auth: { user: DEMO_ADDRESS, pass: imap }, tls: { ca: dovecot.tls.cert }, logger: false });
    await client.connect();
    await client.mailboxOpen('INBOX', { readOnly: true });
    const flagged = (await client.fetchAll('1:*', { flags: true })).filter((message) => [...(message.flags ?? [])].some((flag) => flag !== '\\Recent'));
    await client.logout();
    expect(flagged).toEqual([]);
  });

  it('T6 refused credentials stop the lane without a loop', async () => {
    const { smtp } = await lanes.mailboxes.passwords(mailbox.id);
    await lanes.mailboxes.change(mailbox.id, { passwords: { smtp: 'wrong' } });
    const id = await lanes.take(sampleInvoice({ numbers: ['1-wrong-password'], flow: 'private', date: '2026-11-20' }));
    await until('sending has stopped', async () => (await lanes.mailboxes.channels(mailbox.id)).send.state === 'stopped', 30_000);
    expect(await lanes.status(id)).toBe('queued');
    await lanes.mailboxes.change(mailbox.id, { passwords: { smtp } });
    await lanes.jobs.runSweeps();
    await until('it is delivered', async () => (await lanes.status(id)) === 'delivered', 30_000);
  });
});
