import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/sql.js';
import { type Lease, Leases } from '../platform/leases/leases.js';
import { Log } from '../platform/log/log.js';
import { privateKeyPem } from '../signature/index.js';
import { DEMO_ADDRESS, DEMO_COMPANY } from './demo-company.js';
import { SandboxFaults } from './faults/faults.js';
import { SandboxHome, type SandboxSetup } from './home.js';
import { createImapServer } from './mail/imap/server.js';
import { createSmtpServer } from './mail/smtp/server.js';
import { type MailServer, MailStore, type ServerOptions } from './mail/types.js';
import { demoSigner } from './pki/demo-signer.js';
import { Keyring } from './pki/keyring.js';
import type { Pki } from './pki/pki.js';
import { SandboxAccounts } from './provider/accounts.js';
import { SandboxProvider } from './provider/provider.js';
import { Runners } from './runners.js';
import type { Runner } from './schedule/runner.js';
import { Wake } from './schedule/wake.js';

const HOST = '127.0.0.1';
/** Short, as after a killed process the next one must not wait long; a held lease renews itself. */
const LEASE_MS = 3000;
const RETRY_MS = 200;

/**
 * The sandbox as a whole: its servers, and the runner that keeps its promises. One process at a time is its host (a lease); another that is started waits and
 * takes over. Ports stay the same over restarts where they are free, so that lanes find the servers again before anybody tells them.
 */
@Injectable()
export class SandboxHost {
  #stopping = false;
  #serving: { lease: Lease; servers: MailServer[]; runner: Runner } | undefined;
  #waiting: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly leases: Leases,
    private readonly keyring: Keyring,
    private readonly accounts: SandboxAccounts,
    private readonly provider: SandboxProvider,
    private readonly runners: Runners,
    private readonly faults: SandboxFaults,
    private readonly store: MailStore,
    private readonly wake: Wake,
    private readonly home: SandboxHome,
    private readonly log: Log,
  ) {}

  /** Becomes the host, or goes on trying in the background while another process is it. */
  async start(): Promise<void> {
    this.#stopping = false;
    if (!(await this.serve())) this.#waiting = this.keepTrying();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#waiting;
    await this.leave();
  }

  /** Ports in use by this process, while it is the host. */
  get ports(): { readonly smtp: number; readonly imap: number } | undefined {
    const [smtp, imap] = this.#serving?.servers ?? [];
    return smtp && imap && { smtp: smtp.port, imap: imap.port };
  }

  private async keepTrying(): Promise<void> {
    while (!this.#stopping) {
      try {
        if (await this.serve()) return;
      } catch (error) {
        this.log.error('the sandbox could not start', { error });
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  private async serve(): Promise<boolean> {
    const lease = await this.leases.tryAcquire('sandbox', LEASE_MS);
    if (!lease) return false;
    const servers: MailServer[] = [];
    try {
      const pki = await this.keyring.pki();
      const { address, password } = await this.accounts.ensure(DEMO_ADDRESS);
      servers.push(...(await this.listen(pki)));
      const [smtp, imap] = servers;
      if (!smtp || !imap) throw new Error('the sandbox has no servers');
      await this.home.ensure(setup(pki, address, password, smtp.port, imap.port));
      const runner = this.runners.make();
      this.#serving = { lease, servers, runner };
      this.wake.onRing(() => runner.wake());
      runner.start(() => lease.held);
      lease.signal.addEventListener('abort', () => this.lost(), { once: true });
      this.log.info('the sandbox is open', { smtp: smtp.port, imap: imap.port });
      return true;
    } catch (error) {
      await Promise.all(servers.map((server) => server.close()));
      await lease.release();
      throw error;
    }
  }

  /** Another process has taken over, or the database was away: start again as if new. */
  private lost(): void {
    if (this.#stopping) return;
    this.#waiting = this.leave().then(() => this.keepTrying());
  }

  private async leave(): Promise<void> {
    const serving = this.#serving;
    this.#serving = undefined;
    if (!serving) return;
    this.wake.onRing(() => undefined);
    await Promise.all(serving.servers.map((server) => server.close()));
    await serving.runner.stop();
    await serving.lease.release();
  }

  private async listen(pki: Pki): Promise<[MailServer, MailServer]> {
    const [known] = await this.database.query<{ smtp_port: number | null; imap_port: number | null }>(
      'SELECT smtp_port, imap_port FROM sandbox_state',
    );
    const options: Omit<ServerOptions, 'port'> = {
      host: HOST,
      name: 'localhost',
      tls: { key: privateKeyPem(pki.tls), cert: pki.tls.pem },
      authenticate: (user, password) => this.accounts.authenticate(user, password),
      faults: this.faults,
      onError: (error) => this.log.warn('sandbox mail server', { error }),
    };
    const smtp = await atPort(known?.smtp_port ?? 0, (port) =>
      createSmtpServer({
        ...options,
        port,
        onMessage: ({ account }, { from, to }, raw) => this.provider.handleSubmission({ account, from, to, raw }),
      }),
    );
    const imap = await atPort(known?.imap_port ?? 0, (port) => createImapServer({ ...options, port, store: this.store })).catch(
      async (error: unknown) => {
        await smtp.close();
        throw error;
      },
    );
    await this.database.query('UPDATE sandbox_state SET smtp_port = $1, imap_port = $2', [smtp.port, imap.port]);
    return [smtp, imap];
  }
}

/** The port of the last time when it is free, else any. */
async function atPort(port: number, listen: (port: number) => Promise<MailServer>): Promise<MailServer> {
  if (port === 0) return listen(0);
  try {
    return await listen(port);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    return listen(0);
  }
}

function setup(pki: Pki, address: string, password: string, smtp: number, imap: number): SandboxSetup {
  const server = (port: number) => ({ host: HOST, port, security: 'tls', user: address }) as const;
  return {
    company: DEMO_COMPANY,
    mailbox: {
      address,
      smtp: server(smtp),
      imap: server(imap),
      passwords: { smtp: password, imap: password },
      tlsCa: pki.tls.pem,
      sdiAddress: 'sdi01@pec.fatturapa.it',
      trust: 'sandbox',
    },
    signer: () => demoSigner(new Date()),
    anchors: { pec: [pki['pec-ca'].certificate], sdi: [pki['sdi-ca'].certificate] },
  };
}
