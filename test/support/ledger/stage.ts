import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Pool } from 'pg';
import { SMTPServer } from 'smtp-server';
import { EmbeddedPostgres } from '../../../src/platform/embedded/embedded-postgres.js';
import { SilentLog } from '../../../src/platform/log/log.js';
import { makePki, type Pki } from '../../../src/sandbox/pki/pki.js';
import { ownProvider } from '../../../src/sandbox/provider/identity.js';
import { type Dovecot, startDovecot } from '../dovecot.js';
import { Api, type Service, startService } from '../service.js';

export interface Account {
  readonly address: string;
  readonly password: string;
}

/** Dovecot, an SMTP server that takes everything, PostgreSQL, and the real service as a process of its own that can be killed. */
export interface LedgerStage {
  readonly dovecot: Dovecot;
  readonly pki: Pki;
  readonly pool: Pool;
  readonly api: Api;
  /** Attaches a mailbox of one company, that of the samples. */
  attach(account: Account, folders: readonly string[]): Promise<string>;
  /** Once the provider's and SdI's test authorities count for real mailboxes. */
  trust(): Promise<void>;
  start(): Promise<void>;
  /** SIGKILL: the process and nothing else. */
  kill(): Promise<void>;
  /** The most memory that each process of the service held, megabytes. */
  peaksMb(): number[];
  close(): Promise<void>;
}

export async function ledgerStage(accounts: readonly Account[]): Promise<LedgerStage> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'corriere-ledger-'));
  const dovecot = await startDovecot({ users: accounts });
  const pki = await makePki(new Date());
  const postgres = await EmbeddedPostgres.start(path.join(folder, 'database'), new SilentLog());
  const pool = new Pool({ connectionString: postgres.url, max: 4 });
  // The server ends connections when it is stopped.
  pool.on('error', () => undefined);
  const smtp = new SMTPServer({
    secure: true,
    key: dovecot.tls.key,
    cert: dovecot.tls.cert,
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? '' }),
    onData: (stream, _session, done) => {
      stream.resume();
      stream.on('end', () => done(null));
    },
  });
  smtp.on('error', () => undefined);
  const smtpPort = await new Promise<number>((resolve) => {
    const listening = smtp.listen(0, '127.0.0.1', () => resolve((listening.address() as { port: number }).port));
  });
  const ca = path.join(folder, 'ca.pem');
  await writeFile(ca, dovecot.tls.cert);
  let service: Service | undefined;
  let companyId: string | undefined;
  const peaks = new Map<number, number>();

  const measure = (): void => {
    const pid = service?.process.pid;
    if (pid === undefined) return;
    const kilobytes = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
    peaks.set(pid, Math.round(kilobytes / 1024));
  };
  const api = (): Api => {
    if (!service) throw new Error('the service is down');
    return new Api(service.url, service.key);
  };

  return {
    dovecot,
    pki,
    pool,
    get api() {
      return api();
    },
    async attach({ address, password }, folders) {
      companyId ??= (await api().json<{ id: string }>('POST', '/v1/companies', { name: 'Officina', partitaIva: '09876543217' })).id;
      const { id } = await api().json<{ id: string }>('POST', '/v1/mailboxes', {
        companyId,
        address,
        password,
        folders,
        smtp: { host: 'localhost', port: smtpPort },
        imap: { host: 'localhost', port: dovecot.imapPort },
        providerSigners: [ownProvider(pki).address],
        quotaPerHour: 1_000_000,
        quotaPerDay: 1_000_000,
      });
      return id;
    },
    async trust() {
      for (const [use, key] of [['pec', 'pec-ca'], ['sdi', 'sdi-ca']] as const) {
        const { certificate } = pki[key];
        await pool.query(`INSERT INTO trust_anchors (scope, use, fingerprint, certificate) VALUES ('public', $1, $2, $3)`, [use, createHash('sha256').update(certificate).digest('hex'), certificate]);
      }
    },
    async start() {
      service = await startService({
        dataDir: path.join(folder, 'service'),
        env: {
          DATABASE_URL: postgres.url,
          CORRIERE_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
          CORRIERE_SANDBOX: 'off',
          CORRIERE_WEBHOOKS_PRIVATE: 'on',
          NODE_EXTRA_CA_CERTS: ca,
          CORRIERE_LOG_LEVEL: 'error',
        },
      });
    },
    async kill() {
      measure();
      await service?.kill();
      service = undefined;
    },
    peaksMb() {
      measure();
      return [...peaks.values()];
    },
    async close() {
      await service?.stop();
      await pool.end();
      await new Promise<void>((resolve) => smtp.close(() => resolve()));
      await postgres.stop();
      await dovecot.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
