import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { TRUST_REMEMBERED_MS, TrustInForceStore } from '../../companies/trust/trust-in-force.js';
import { TrustList } from '../../companies/trust/trust-list.js';
import { isPassingTrouble } from '../../outbox/lane/trouble.js';
import { Database, defineJob, Jobs, type Lease, Leases, Log } from '../../platform/index.js';
import { Judging } from '../judge/judging.js';
import { Ledger, type LedgerPlace } from '../ledger/ledger.js';
import { HELD_FOR_TRUST } from './held-for-trust.js';

/** Judges anew what waits because of trust. */
export const JudgeForTrust = defineJob<object>('inbox.judge-for-trust');

const SWEEP_MS = 2_000;
const LEASE = 'inbox.judge-for-trust';
const LEASE_MS = 15_000;
/** Judged in one transaction. */
const BATCH = 50;
/**
 * Other processes may judge by what they remember for this long after a change, and put a message into quarantine behind a pass that has gone by: the last pass for a change begins
 * after it.
 */
const SETTLED_MS = 2 * TRUST_REMEMBERED_MS;

interface Pass {
  readonly revision: bigint;
  readonly beganAt: Date;
  readonly reason: number;
  readonly after: LedgerPlace | undefined;
}

/**
 * After each change of the trust store all messages that wait because of trust are judged again, in batches whose progress is a row of the database: a worker that dies is followed by
 * another from the same place. New changes during a pass begin another one.
 */
@Injectable()
export class Rejudging implements OnModuleInit, OnModuleDestroy {
  #stopped = false;
  readonly #running = new Set<Promise<void>>();

  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly leases: Leases,
    private readonly trust: TrustList,
    private readonly inForce: TrustInForceStore,
    private readonly ledger: Ledger,
    private readonly judging: Judging,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(JudgeForTrust, () => this.run());
    this.jobs.sweep('inbox.judge-for-trust', SWEEP_MS, async () => {
      if ((await this.#pass()) ?? (await this.#due())) await this.hint();
    });
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    await Promise.allSettled(this.#running);
  }

  /** Something was decided: begin at once instead of at the next sweep. */
  async hint(): Promise<void> {
    await this.jobs.enqueue(JudgeForTrust, {}, { key: 'trust' });
  }

  /** Judges all that is due; one process at a time. */
  run(): Promise<void> {
    const running = this.#run().finally(() => this.#running.delete(running));
    this.#running.add(running);
    return running;
  }

  async #run(): Promise<void> {
    const lease = await this.leases.tryAcquire(LEASE, LEASE_MS);
    if (!lease) return;
    try {
      for (let more = true; more && !this.#stopped && lease.held; ) more = await this.#batch(lease);
    } finally {
      await lease.release();
    }
  }

  /** One batch of the pass that runs, or that begins. False when nothing is due. */
  async #batch(lease: Lease): Promise<boolean> {
    const pass = (await this.#pass()) ?? (await this.#begin());
    if (!pass) return false;
    // After the revision was read: what is judged now is judged by it or by a later one.
    await this.inForce.refresh();
    const reason = HELD_FOR_TRUST[pass.reason];
    if (reason === undefined) {
      await this.database.query('UPDATE trust_passes SET done_revision = revision, done_begun_at = begun_at, revision = NULL, begun_at = NULL WHERE revision = $1', [pass.revision.toString()]);
      return true;
    }
    const held = await this.ledger.held(reason, pass.after, BATCH);
    await this.#judge(held.map(({ id }) => id));
    if (!lease.held) return false;
    const last = held.at(-1);
    if (held.length < BATCH || !last) await this.database.query('UPDATE trust_passes SET reason_number = $2, fetched_at = NULL, message_id = NULL WHERE revision = $1', [pass.revision.toString(), pass.reason + 1]);
    else await this.database.query('UPDATE trust_passes SET fetched_at = $2, message_id = $3 WHERE revision = $1', [pass.revision.toString(), last.fetchedAt, last.id]);
    return true;
  }

  /** A message that cannot be judged stays where it is; trouble with the database ends the batch, which is done again. */
  async #judge(ids: readonly string[]): Promise<void> {
    try {
      await this.judging.judgeAll(ids, true);
    } catch (error) {
      if (isPassingTrouble(error)) throw error;
      const [first, ...others] = ids;
      if (others.length > 0) for (const id of ids) await this.#judge([id]);
      else this.log.error('a message could not be judged again after a change of trust', { messageId: first, error });
    }
  }

  async #pass(): Promise<Pass | undefined> {
    const [row] = await this.database.query<{ revision: string; begun_at: Date; reason_number: number; fetched_at: string | null; message_id: string | null }>(
      'SELECT revision, begun_at, reason_number, fetched_at::text AS fetched_at, message_id FROM trust_passes WHERE revision IS NOT NULL',
    );
    if (!row) return undefined;
    const after = row.fetched_at !== null && row.message_id !== null ? { fetchedAt: row.fetched_at, id: row.message_id } : undefined;
    return { revision: BigInt(row.revision), beganAt: row.begun_at, reason: row.reason_number, after };
  }

  /** The revision for which a pass is to begin: one that none has been through, or that one went through too early to be the last. */
  async #due(): Promise<bigint | undefined> {
    const { revision, changedAt } = await this.trust.revision();
    const [row] = await this.database.query<{ done_revision: string; done_begun_at: Date; now: Date }>('SELECT done_revision, done_begun_at, clock_timestamp() AS now FROM trust_passes');
    if (!row) return undefined;
    const settledAt = changedAt.getTime() + SETTLED_MS;
    const late = row.done_begun_at.getTime() < settledAt && row.now.getTime() >= settledAt;
    return BigInt(row.done_revision) < revision || late ? revision : undefined;
  }

  async #begin(): Promise<Pass | undefined> {
    const revision = await this.#due();
    if (revision === undefined) return undefined;
    await this.database.query('UPDATE trust_passes SET revision = $1, begun_at = clock_timestamp(), reason_number = 0, fetched_at = NULL, message_id = NULL WHERE revision IS NULL', [revision.toString()]);
    return this.#pass();
  }
}
