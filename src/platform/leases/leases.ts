/** The right to be the only one doing a thing, for a while. */
export interface Lease {
  readonly name: string;
  /** Grows with each new holder (a fencing token): a statement of a holder that lost its lease can be refused by it. */
  readonly fence: bigint;
  /** False as soon as the lease was lost or released; check before each effect. */
  readonly held: boolean;
  /** Aborted when the lease is lost. */
  readonly signal: AbortSignal;
  release(): Promise<void>;
}

/** Leases in the database (table `leases`), timed by the database's clock. A held lease renews itself every third of its time, together with the others of its process. */
export abstract class Leases {
  /** Takes the lease when it is free or expired, else returns undefined at once. */
  abstract tryAcquire(name: string, ttlMs: number): Promise<Lease | undefined>;

  /** Takes of these, in their order, what is free or expired, `most` at most. One statement where the leases can do so. */
  async tryAcquireSome(names: readonly string[], ttlMs: number, most: number): Promise<Lease[]> {
    const taken: Lease[] = [];
    for (const name of names) {
      if (taken.length >= most) break;
      const lease = await this.tryAcquire(name, ttlMs);
      if (lease) taken.push(lease);
    }
    return taken;
  }
}
