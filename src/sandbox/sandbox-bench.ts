import { SystemClock } from '../platform/clock.js';
import type { Database } from '../platform/database/sql.js';
import type { Leases } from '../platform/leases/leases.js';
import { SilentLog } from '../platform/log/log.js';
import type { SecretBox } from '../platform/secrets/secret-box.js';
import { SandboxClock } from './clock/sandbox-clock.js';
import { SandboxFaults } from './faults/faults.js';
import { SampleIntake, SandboxHome, type SandboxSetup } from './home.js';
import { SandboxHost } from './host.js';
import { FaultyMailStore } from './mail/store/faulty-store.js';
import { PostgresMailStore } from './mail/store/postgres-store.js';
import { Keyring } from './pki/keyring.js';
import { SandboxAccounts } from './provider/accounts.js';
import { Delivery, StoreDelivery } from './provider/delivery.js';
import { SandboxProvider } from './provider/provider.js';
import { Submissions } from './provider/submissions.js';
import { Runners } from './runners.js';
import { Sandbox } from './sandbox.js';
import { Wake } from './schedule/wake.js';
import { Arrivals } from './sdi/arrivals.js';
import { SandboxSdi } from './sdi/sdi.js';
import { Suppliers } from './suppliers/suppliers.js';

/** Remembers what it was asked to set up. */
export class RememberedHome extends SandboxHome {
  setup: SandboxSetup | undefined;
  override ensure(setup: SandboxSetup): Promise<void> {
    this.setup = setup;
    return Promise.resolve();
  }
  override isDemo(): Promise<boolean> {
    return Promise.resolve(true);
  }
}

/** Remembers the samples. */
export class RememberedIntake extends SampleIntake {
  readonly taken: Buffer[] = [];
  override submit(xml: Buffer): Promise<object> {
    this.taken.push(xml);
    return Promise.resolve({ number: this.taken.length });
  }
}

export interface BenchOptions {
  readonly database: Database;
  readonly leases: Leases;
  readonly secrets: SecretBox;
  /** Puts messages elsewhere than into the sandbox's own mailboxes. */
  readonly delivery?: (accounts: SandboxAccounts) => Delivery;
}

/**
 * The sandbox wired by hand over a database, without the framework: for tests, and to stand behind other mail servers than its own.
 *
 * @example
 * // Behind Postfix and Dovecot: no `host`, only the provider and its runner.
 * const bench = sandboxBench({ database, leases, secrets, delivery: () => new LmtpDelivery(port) });
 * const runner = bench.runners.make();
 * bench.wake.onRing(() => runner.wake());
 * runner.start();
 * const reply = await bench.provider.handleSubmission({ account, from, to, raw });
 */
export function sandboxBench({ database, leases, secrets, delivery: elsewhere }: BenchOptions) {
  const log = new SilentLog();
  const real = new SystemClock();
  const faults = new SandboxFaults();
  const store = new FaultyMailStore(new PostgresMailStore(database), faults);
  const clock = new SandboxClock(database, real);
  const accounts = new SandboxAccounts(database, secrets);
  const delivery = elsewhere?.(accounts) ?? new StoreDelivery(accounts, store);
  const arrivals = new Arrivals(database);
  const keyring = new Keyring(database, secrets, real);
  const wake = new Wake();
  const sdi = new SandboxSdi(keyring, accounts, delivery, arrivals);
  const provider = new SandboxProvider(database, keyring, clock, delivery, new Submissions(database), sdi, faults, wake);
  const suppliers = new Suppliers(database, clock, keyring, accounts, delivery, arrivals, wake);
  const runners = new Runners(database, clock, delivery, provider, sdi, suppliers, log);
  const home = new RememberedHome();
  const intake = new RememberedIntake();
  const host = new SandboxHost(database, leases, keyring, accounts, provider, runners, faults, store, wake, home, log);
  const sandbox = new Sandbox(database, clock, faults, arrivals, store, wake, intake);
  return { accounts, arrivals, clock, delivery, faults, home, host, intake, keyring, provider, runners, sandbox, sdi, store, suppliers, wake };
}

export type SandboxBench = ReturnType<typeof sandboxBench>;
