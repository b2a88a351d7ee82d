import type { Lease, Leases } from '../leases/leases.js';
import type { Log } from '../log/log.js';

export interface Sweep {
  readonly name: string;
  readonly everyMs: number;
  readonly find: () => Promise<void>;
}

const LEASE = 'platform.sweeps';
/** A worker that dies is followed by another within this time. */
const LEASE_MS = 9_000;

/**
 * Runs the sweeps in the one worker that holds their lease: all of them as soon as it has it, then each at its own pace and never over itself.
 * The other workers stand by.
 */
export class SweepRunner {
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #running = new Map<string, Promise<void>>();
  #lease: Lease | undefined;
  #standBy: NodeJS.Timeout | undefined;
  #seeking: Promise<void> | undefined;
  #stopped = false;

  constructor(
    private readonly sweeps: readonly Sweep[],
    private readonly leases: Leases,
    private readonly log: Log,
    private readonly leaseMs = LEASE_MS,
  ) {}

  start(): void {
    if (this.sweeps.length === 0) return;
    this.#seek();
    this.#standBy = setInterval(() => this.#seek(), this.leaseMs / 3);
  }

  /** Starts no more, waits for those that run, and lets the next worker have them. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#standBy);
    this.#clear();
    await this.#seeking;
    await Promise.allSettled(this.#running.values());
    await this.#lease?.release().catch(() => undefined);
  }

  #seek(): void {
    if (this.#lease?.held === true || this.#seeking !== undefined) return;
    this.#seeking = this.#take()
      .catch((error: unknown) => this.log.warn('the lease of the sweeps cannot be asked for', { error }))
      .finally(() => (this.#seeking = undefined));
  }

  async #take(): Promise<void> {
    const lease = await this.leases.tryAcquire(LEASE, this.leaseMs);
    if (lease === undefined) return;
    this.#lease = lease;
    if (this.#stopped) return;
    lease.signal.addEventListener('abort', () => this.#clear(), { once: true });
    for (const sweep of this.sweeps) {
      this.#run(sweep, lease);
      this.#timers.push(setInterval(() => this.#run(sweep, lease), sweep.everyMs));
    }
  }

  #run(sweep: Sweep, lease: Lease): void {
    if (!lease.held || this.#running.has(sweep.name)) return;
    const running = (async () => sweep.find())()
      .catch((error: unknown) => this.log.error('a sweep failed', { sweep: sweep.name, error }))
      .finally(() => this.#running.delete(sweep.name));
    this.#running.set(sweep.name, running);
  }

  #clear(): void {
    for (const timer of this.#timers.splice(0)) clearInterval(timer);
  }
}
