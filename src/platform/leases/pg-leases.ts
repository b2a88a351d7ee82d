import type { Database } from '../database/sql.js';
import { newId } from '../ids.js';
import type { Log } from '../log/log.js';
import { Leases, type Lease } from './leases.js';

/** A third of its time after it was last renewed a lease is renewed again, and with it those that would follow soon. */
const RENEW_AFTER = 1 / 3;
const TOGETHER = 1 / 6;

/**
 * {@link Leases} in the table `leases`. Who holds a lease is decided by the database's clock alone; the holder, for its part, stops believing in it
 * one whole time after it SENT its last successful renewal, so it lets go before anybody else can take it. All leases of a process share one timer, and one statement
 * renews those that are due together: a thousand lanes cost the database no more than one.
 */
export class PgLeases extends Leases {
  readonly #held = new Set<HeldLease>();
  readonly #releasing: HeldLease[] = [];
  #released: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #nextAt = Number.POSITIVE_INFINITY;

  constructor(
    private readonly database: Database,
    private readonly log: Log,
  ) {
    super();
  }

  override async tryAcquire(name: string, ttlMs: number): Promise<Lease | undefined> {
    return (await this.tryAcquireSome([name], ttlMs, 1))[0];
  }

  override async tryAcquireSome(names: readonly string[], ttlMs: number, most: number): Promise<Lease[]> {
    if (names.length === 0 || most <= 0) return [];
    const holder = newId();
    const asked = performance.now();
    // Written in the order of their names, as everybody locks them: no two of us can wait for each other.
    const rows = await this.database.query<{ name: string; fence: string }>(
      `WITH free AS MATERIALIZED (
         SELECT wanted.name FROM unnest($1::text[]) WITH ORDINALITY AS wanted (name, at) LEFT JOIN leases l ON l.name = wanted.name
         WHERE l.name IS NULL OR l.holder IS NULL OR l.expires_at <= clock_timestamp() ORDER BY wanted.at LIMIT $4
       )
       INSERT INTO leases AS l (name, holder, fence, expires_at) SELECT name, $2, 1, clock_timestamp() + $3 * interval '1 millisecond' FROM free ORDER BY name
       ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, fence = l.fence + 1, expires_at = excluded.expires_at
       WHERE l.holder IS NULL OR l.expires_at <= clock_timestamp()
       RETURNING name, fence`,
      [[...new Set(names)], holder, ttlMs, most],
    );
    return rows.map(({ name, fence }) => {
      const lease: HeldLease = new HeldLease(name, BigInt(fence), holder, ttlMs, asked, () => this.#held.delete(lease), () => this.#release(lease), this.log);
      this.#held.add(lease);
      this.#wakeAt(lease.nextAt);
      return lease;
    });
  }

  /** Frees every lease whoever holds it: only for a process that knows that it is alone with the database, after a crash. */
  async freeAll(): Promise<void> {
    await this.database.query('UPDATE leases SET holder = NULL, expires_at = clock_timestamp() WHERE holder IS NOT NULL');
  }

  /** Releases what this process still holds. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#held].map((lease) => lease.release()));
  }

  #wakeAt(at: number): void {
    if (at >= this.#nextAt) return;
    clearTimeout(this.#timer);
    this.#nextAt = at;
    this.#timer = setTimeout(() => this.#beat(), Math.max(0, at - performance.now())).unref();
  }

  #beat(): void {
    this.#nextAt = Number.POSITIVE_INFINITY;
    const now = performance.now();
    for (const lease of [...this.#held]) lease.expireAt(now);
    if ([...this.#held].some((lease) => lease.renewAt <= now)) void this.#renew([...this.#held].filter((lease) => lease.renewAt - lease.ttlMs * TOGETHER <= now));
    for (const lease of this.#held) this.#wakeAt(lease.nextAt);
  }

  async #renew(leases: readonly HeldLease[]): Promise<void> {
    const asked = performance.now();
    for (const lease of leases) lease.asked(asked);
    try {
      const rows = await this.database.query<{ name: string; holder: string }>(
        `WITH mine AS MATERIALIZED (
           SELECT l.name, l.holder, wanted.ttl FROM unnest($1::text[], $2::uuid[], $3::bigint[]) AS wanted (name, holder, ttl) JOIN leases l ON l.name = wanted.name AND l.holder = wanted.holder
           WHERE l.expires_at > clock_timestamp() ORDER BY l.name FOR UPDATE OF l
         )
         UPDATE leases l SET expires_at = clock_timestamp() + mine.ttl * interval '1 millisecond' FROM mine WHERE l.name = mine.name AND l.holder = mine.holder RETURNING l.name, l.holder`,
        [leases.map(({ name }) => name), leases.map(({ holder }) => holder), leases.map(({ ttlMs }) => ttlMs)],
      );
      const renewed = new Set(rows.map(({ name, holder }) => `${holder} ${name}`));
      for (const lease of leases) {
        if (renewed.has(`${lease.holder} ${lease.name}`)) lease.renewed(asked);
        else lease.lose('another holder has it, or it ran out');
      }
    } catch (error) {
      // The next renewal may still come in time; if not, the expiry ends them.
      this.log.warn('leases could not be renewed', { leases: leases.length, error });
    }
  }

  /** Those that are let go of in the same moment go together. */
  #release(lease: HeldLease): Promise<void> {
    this.#releasing.push(lease);
    this.#released ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        this.#released = undefined;
        const leases = this.#releasing.splice(0);
        this.database
          .query(
            `WITH mine AS MATERIALIZED (
               SELECT l.name, l.holder FROM unnest($1::text[], $2::uuid[]) AS wanted (name, holder) JOIN leases l ON l.name = wanted.name AND l.holder = wanted.holder ORDER BY l.name FOR UPDATE OF l
             )
             UPDATE leases l SET holder = NULL, expires_at = clock_timestamp() FROM mine WHERE l.name = mine.name AND l.holder = mine.holder`,
            [leases.map(({ name }) => name), leases.map(({ holder }) => holder)],
          )
          .then(() => resolve(), reject);
      });
    });
    return this.#released;
  }
}

class HeldLease implements Lease {
  readonly #abort = new AbortController();
  #validUntil: number;
  #renewAt: number;

  constructor(
    readonly name: string,
    readonly fence: bigint,
    readonly holder: string,
    readonly ttlMs: number,
    asked: number,
    private readonly onEnd: () => void,
    private readonly onRelease: () => Promise<void>,
    private readonly log: Log,
  ) {
    this.#validUntil = asked + ttlMs;
    this.#renewAt = asked + ttlMs * RENEW_AFTER;
  }

  get held(): boolean {
    // Whoever was told that it is over must not be left alone by a renewal that is answered a moment later: it is over for good, and everybody learns it.
    this.expireAt(performance.now());
    return !this.#abort.signal.aborted;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get renewAt(): number {
    return this.#renewAt;
  }

  /** When it has to be looked at again. */
  get nextAt(): number {
    return Math.min(this.#renewAt, this.#validUntil);
  }

  async release(): Promise<void> {
    if (this.#end(new Error(`the lease ${this.name} was released`))) await this.onRelease();
  }

  /** A renewal was sent; whether or not it is ever answered, the next one is due a third of the time later. */
  asked(at: number): void {
    this.#renewAt = at + this.ttlMs * RENEW_AFTER;
  }

  renewed(asked: number): void {
    this.#validUntil = Math.max(this.#validUntil, asked + this.ttlMs);
  }

  expireAt(now: number): void {
    if (now >= this.#validUntil) this.lose('it could not be renewed in time');
  }

  lose(reason: string): void {
    if (this.#end(new Error(`the lease ${this.name} is lost: ${reason}`))) this.log.warn('lease lost', { lease: this.name, reason });
  }

  #end(reason: Error): boolean {
    if (this.#abort.signal.aborted) return false;
    this.#abort.abort(reason);
    this.onEnd();
    return true;
  }
}
