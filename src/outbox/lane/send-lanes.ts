import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { StoredMailboxes } from '../../companies/mailboxes/stored-mailboxes.js';
import { MailboxUsage } from '../../companies/mailboxes/usage.js';
import { Invoices, SendDue } from '../../invoices/invoices.js';
import { Clock, Jobs, Leases, Log, Metrics, SECONDS, SETTINGS, type Settings } from '../../platform/index.js';
import { Attempts } from '../attempts/attempts.js';
import { SmtpClient } from '../smtp/smtp-client.js';
import { LANE_POLICY } from './decide.js';
import { LaneMemories } from './memories.js';
import { LaneRecords } from './records.js';
import { type LaneTools, SendLane } from './send-lane.js';

const SWEEP_MS = 5_000;

/** All send lanes of this process: wakes the right one when a job or the sweep says that something is due. */
@Injectable()
export class SendLanes implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  readonly #lanes = new Map<string, SendLane>();
  readonly #tools: LaneTools;
  #stopped = false;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly jobs: Jobs,
    private readonly invoices: Invoices,
    private readonly attempts: Attempts,
    private readonly usage: MailboxUsage,
    clock: Clock,
    leases: Leases,
    log: Log,
    metrics: Metrics,
    mailboxes: StoredMailboxes,
    records: LaneRecords,
    memories: LaneMemories,
    smtp: SmtpClient,
  ) {
    const outcomes = metrics.counter({ name: 'corriere_hand_overs_total', help: 'Hand-overs to SMTP by outcome' }, 'outcome');
    const seconds = metrics.histogram({ name: 'corriere_hand_over_seconds', help: 'Duration of hand-overs to SMTP' }, SECONDS);
    this.#tools = {
      clock,
      leases,
      log,
      mailboxes,
      invoices,
      attempts,
      records,
      memories,
      smtp,
      policy: LANE_POLICY,
      random: Math.random,
      observe: (outcome, duration) => {
        outcomes.inc({ outcome });
        seconds.observe(duration);
      },
    };
  }

  onModuleInit(): void {
    this.usage.countWith({
      sent: async (mailboxId) => {
        const { lastHour, lastDay } = await this.attempts.usage(mailboxId, this.#tools.clock.now());
        return { lastHour, lastDay };
      },
      everUsed: (mailboxId, sql) => this.attempts.everFrom(mailboxId, sql),
    });
    // The handler only knocks: a lane may work for hours and must not hold a worker's place in the queue meanwhile.
    this.jobs.handle(SendDue, async ({ mailboxId }) => this.wake(mailboxId));
    this.jobs.sweep('outbox.due', SWEEP_MS, async () => {
      const mailboxIds = new Set([...(await this.invoices.mailboxesWithDue()), ...(await this.attempts.mailboxesWithOpen())]);
      for (const mailboxId of mailboxIds) await this.jobs.enqueue(SendDue, { mailboxId }, { key: mailboxId });
    });
  }

  /** What a dead process left is found without waiting for the first sweep. */
  onApplicationBootstrap(): void {
    if (this.settings.role === 'api') return;
    void this.attempts
      .mailboxesWithOpen()
      .then((mailboxIds) => mailboxIds.forEach((mailboxId) => this.wake(mailboxId)))
      .catch((error: unknown) => this.#tools.log.warn('open hand-overs could not be looked for; the sweep will', { error }));
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#lanes.values()].map((lane) => lane.stop()));
  }

  wake(mailboxId: string): void {
    if (this.#stopped) return;
    let lane = this.#lanes.get(mailboxId);
    if (!lane) this.#lanes.set(mailboxId, (lane = new SendLane(mailboxId, this.#tools)));
    lane.wake();
  }
}
