import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Mailbox } from '../../companies/mailboxes/mailbox.js';
import { StoredMailboxes } from '../../companies/mailboxes/stored-mailboxes.js';
import { Attempts } from '../../outbox/attempts/attempts.js';
import { Resend } from '../../outbox/resend/resend.js';
import { Clock, Database, Leases, Log, Metrics, newId, SETTINGS, type Settings } from '../../platform/index.js';
import { ImapReader } from '../imap/imap-reader.js';
import { JudgeQueue } from '../judge/judge-queue.js';
import { Ledger } from '../ledger/ledger.js';
import { Reconciliations } from '../ledger/reconciliations.js';
import { comparisonMetrics } from './comparison-metrics.js';
import { fairShare } from './fair-share.js';
import { READ_POLICY, ReadLane, type ReadTools } from './read-lane.js';

const TICK_MS = 1_000;
const LEASE_MS = 15_000;
const READER_ALIVE_MS = 10_000;

interface Running {
  readonly key: string;
  readonly lane: ReadLane;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

/** Keeps one read lane per enabled mailbox running somewhere: every worker takes free mailboxes up to its fair share and lets go of more than that. */
@Injectable()
export class ReadLanes implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #id = newId();
  readonly #running = new Map<string, Running>();
  /** The newest request for a comparison that the mailbox's lane was told of. */
  readonly #told = new Map<string, number>();
  readonly #tools: ReadTools;
  #timer: NodeJS.Timeout | undefined;
  #ticking: Promise<void> | undefined;
  #stopped = false;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly leases: Leases,
    private readonly log: Log,
    private readonly mailboxes: StoredMailboxes,
    clock: Clock,
    attempts: Attempts,
    ledger: Ledger,
    imap: ImapReader,
    resend: Resend,
    judging: JudgeQueue,
    private readonly reconciliations: Reconciliations,
    metrics: Metrics,
  ) {
    const count = comparisonMetrics(metrics, reconciliations);
    this.#tools = { clock, log: log.child({ lane: 'read' }), attempts, ledger, reconciliations, reconciled: count, mailboxes, imap, resend, policy: READ_POLICY, random: Math.random, stored: (ids) => judging.hint(ids) };
  }

  onApplicationBootstrap(): void {
    if (this.settings.role !== 'api') this.#tick();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#ticking;
    await Promise.all([...this.#running.keys()].map((mailboxId) => this.#stop(mailboxId)));
    await this.database.query('DELETE FROM readers WHERE id = $1', [this.#id]).catch(() => undefined);
  }

  #tick(): void {
    this.#ticking = this.#supervise()
      .catch((error: unknown) => this.log.warn('read lanes could not be looked after', { error }))
      .finally(() => {
        if (this.#stopped) return;
        this.#timer = setTimeout(() => this.#tick(), TICK_MS);
      });
  }

  async #supervise(): Promise<void> {
    const [mailboxes, readers] = await Promise.all([this.mailboxes.enabled(), this.#readers()]);
    const wanted = new Map(mailboxes.map((mailbox) => [mailbox.id, mailbox]));
    for (const [mailboxId, lane] of this.#running) {
      const mailbox = wanted.get(mailboxId);
      if (!mailbox || keyOf(mailbox) !== lane.key) await this.#stop(mailboxId);
    }
    await this.#nudge();
    const share = fairShare(wanted.size, readers);
    const [surplus] = this.#running.size > share ? this.#running.keys() : [];
    if (surplus !== undefined) await this.#stop(surplus);
    for (const mailbox of wanted.values()) {
      if (this.#stopped || this.#running.size >= share) break;
      if (!this.#running.has(mailbox.id)) await this.#start(mailbox);
    }
  }

  /** Tells lanes of comparisons that were asked for, each once. */
  async #nudge(): Promise<void> {
    for (const [mailboxId, at] of await this.reconciliations.requested()) {
      if (this.#told.get(mailboxId) === at) continue;
      this.#told.set(mailboxId, at);
      this.#running.get(mailboxId)?.lane.nudge();
    }
  }

  /** Says that this worker reads, and counts those that do. */
  async #readers(): Promise<number> {
    const [row] = await this.database.query<{ count: string }>(
      `WITH mine AS (INSERT INTO readers (id, seen_at) VALUES ($1, clock_timestamp()) ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at),
         gone AS (DELETE FROM readers WHERE seen_at < clock_timestamp() - interval '1 hour' AND id <> $1)
       SELECT 1 + count(*) AS count FROM readers WHERE id <> $1 AND seen_at > clock_timestamp() - $2 * interval '1 millisecond'`,
      [this.#id, READER_ALIVE_MS],
    );
    return Number(row?.count ?? 1);
  }

  async #start(mailbox: Mailbox): Promise<void> {
    const lease = await this.leases.tryAcquire(`read:${mailbox.id}`, LEASE_MS);
    if (!lease) return;
    const abort = new AbortController();
    lease.signal.addEventListener('abort', () => abort.abort(), { once: true });
    const lane = new ReadLane(mailbox, lease, this.#tools);
    const ended = lane
      .run(abort.signal)
      .catch((error: unknown) => this.log.error('a read lane stumbled; it is started again', { mailboxId: mailbox.id, error }))
      .finally(async () => {
        this.#running.delete(mailbox.id);
        await lease.release().catch(() => undefined);
      });
    this.#running.set(mailbox.id, { key: keyOf(mailbox), lane, abort, ended });
  }

  async #stop(mailboxId: string): Promise<void> {
    const lane = this.#running.get(mailboxId);
    lane?.abort.abort();
    await lane?.ended;
  }
}

/** What a running lane depends on; when it changes the lane is started anew. */
function keyOf({ imap, imapEpoch, folders, tlsCa, resendUnansweredAfterS }: Mailbox): string {
  return JSON.stringify([imap, imapEpoch, folders, tlsCa, resendUnansweredAfterS]);
}
