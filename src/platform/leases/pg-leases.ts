import type { Database } from '../database/sql.js';
import { newId } from '../ids.js';
import type { Log } from '../log/log.js';
import { Leases, type Lease } from './leases.js';

/**
 * {@link Leases} in the table `leases`. Who holds a lease is decided by the database's clock alone; the holder, for its part, stops believing in it
 * one whole time after it SENT its last successful renewal, so it lets go before anybody else can take it.
 */
export class PgLeases extends Leases {
  readonly #held = new Set<HeldLease>();

  constructor(
    private readonly database: Database,
    private readonly log: Log,
  ) {
    super();
  }

  override async tryAcquire(name: string, ttlMs: number): Promise<Lease | undefined> {
    const holder = newId();
    const asked = performance.now();
    const rows = await this.database.query<{ fence: string }>(
      `INSERT INTO leases AS l (name, holder, fence, expires_at) VALUES ($1, $2, 1, clock_timestamp() + $3 * interval '1 millisecond')
       ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, fence = l.fence + 1, expires_at = excluded.expires_at
       WHERE l.holder IS NULL OR l.expires_at <= clock_timestamp()
       RETURNING fence`,
      [name, holder, ttlMs],
    );
    const [row] = rows;
    if (row === undefined) return undefined;
    const lease: HeldLease = new HeldLease(this.database, this.log, name, BigInt(row.fence), holder, ttlMs, asked, () => this.#held.delete(lease));
    this.#held.add(lease);
    return lease;
  }

  /** Frees every lease whoever holds it: only for a process that knows that it is alone with the database, after a crash. */
  async freeAll(): Promise<void> {
    await this.database.query('UPDATE leases SET holder = NULL, expires_at = clock_timestamp() WHERE holder IS NOT NULL');
  }

  /** Releases what this process still holds. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#held].map((lease) => lease.release()));
  }
}

class HeldLease implements Lease {
  readonly #abort = new AbortController();
  #validUntil: number;
  #renewal: NodeJS.Timeout;
  #expiry: NodeJS.Timeout;

  constructor(
    private readonly database: Database,
    private readonly log: Log,
    readonly name: string,
    readonly fence: bigint,
    private readonly holder: string,
    private readonly ttlMs: number,
    asked: number,
    private readonly onEnd: () => void,
  ) {
    this.#validUntil = asked + ttlMs;
    this.#renewal = setInterval(() => void this.#renew(), ttlMs / 3).unref();
    this.#expiry = this.#expireLater();
  }

  get held(): boolean {
    return !this.#abort.signal.aborted && performance.now() < this.#validUntil;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  async release(): Promise<void> {
    if (!this.#end(new Error(`the lease ${this.name} was released`))) return;
    await this.database.query('UPDATE leases SET holder = NULL, expires_at = clock_timestamp() WHERE name = $1 AND holder = $2', [this.name, this.holder]);
  }

  async #renew(): Promise<void> {
    const asked = performance.now();
    try {
      const rows = await this.database.query(
        "UPDATE leases SET expires_at = clock_timestamp() + $3 * interval '1 millisecond' WHERE name = $1 AND holder = $2 AND expires_at > clock_timestamp() RETURNING 1",
        [this.name, this.holder, this.ttlMs],
      );
      if (this.#abort.signal.aborted) return;
      if (rows.length === 0) return this.#lose('another holder has it, or it ran out');
      this.#validUntil = asked + this.ttlMs;
      clearTimeout(this.#expiry);
      this.#expiry = this.#expireLater();
    } catch (error) {
      // The next renewal may still come in time; if not, the expiry ends it.
      this.log.warn('a lease could not be renewed', { lease: this.name, error });
    }
  }

  #expireLater(): NodeJS.Timeout {
    return setTimeout(() => this.#lose('it could not be renewed in time'), Math.max(0, this.#validUntil - performance.now())).unref();
  }

  #lose(reason: string): void {
    if (this.#end(new Error(`the lease ${this.name} is lost: ${reason}`))) this.log.warn('lease lost', { lease: this.name, reason });
  }

  #end(reason: Error): boolean {
    if (this.#abort.signal.aborted) return false;
    clearInterval(this.#renewal);
    clearTimeout(this.#expiry);
    this.#abort.abort(reason);
    this.onEnd();
    return true;
  }
}
