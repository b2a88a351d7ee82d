import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { type Settings, SETTINGS } from '../../platform/config/settings.js';
import { Database } from '../../platform/database/sql.js';
import { Feed } from '../../platform/feed/feed.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { Log } from '../../platform/log/log.js';
import { Dispatcher } from './dispatcher.js';
import { FanOut } from './fan-out.js';
import { DeliverDue } from './jobs.js';
import { Tidy } from './tidy.js';

const SWEEP_MS = 15_000;
const TIDY_MS = 3_600_000;

/**
 * Drives the deliveries of a process that works: the growth of the feed becomes deliveries, and lanes are woken by growth, by jobs from other
 * processes and, when a wake-up was lost, by a sweep.
 */
@Injectable()
export class DeliveryWorker implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  #stopListening: (() => void) | undefined;
  #fanningOut: Promise<void> | undefined;
  #grown = false;
  #stopping = false;

  constructor(
    private readonly feed: Feed,
    private readonly fanOut: FanOut,
    private readonly dispatcher: Dispatcher,
    private readonly tidy: Tidy,
    private readonly jobs: Jobs,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.jobs.declare(DeliverDue);
    if (this.settings.role === 'api') return;
    // Returns at once: a receiver's answer is not waited for on a place of the queue.
    this.jobs.handle(DeliverDue, async ({ endpointId }) => this.dispatcher.wake(endpointId));
    this.jobs.sweep('webhooks.due', SWEEP_MS, () => this.sweep());
    this.jobs.sweep('webhooks.tidy', TIDY_MS, () => this.tidy.run());
  }

  onApplicationBootstrap(): void {
    if (this.settings.role === 'api') return;
    this.#stopListening = this.feed.onGrowth(() => void this.grow());
    void this.grow();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopping = true;
    this.#stopListening?.();
    await this.#fanningOut;
    await this.dispatcher.stop();
  }

  /** Turns what is new in the feed into deliveries and wakes their lanes. Calls during a run lead to one more run. */
  grow(): Promise<void> {
    this.#grown = true;
    this.#fanningOut ??= this.#fanOutWhileGrown();
    return this.#fanningOut;
  }

  /** The floor under lost wake-ups and dead workers: finds every endpoint with something due. What is claimed counts too: the lane then waits for the claim to run out. */
  async sweep(): Promise<void> {
    await this.grow();
    const due = await this.database.query<{ id: string }>(DUE, [this.clock.now()]);
    for (const { id } of due) await this.jobs.enqueue(DeliverDue, { endpointId: id }, { key: id });
  }

  async #fanOutWhileGrown(): Promise<void> {
    while (this.#grown && !this.#stopping) {
      this.#grown = false;
      try {
        await this.fanOut.run((endpointIds) => {
          for (const id of endpointIds) this.dispatcher.wake(id);
        });
      } catch (error) {
        // The place in the feed has not moved, so the next growth or sweep does it.
        this.log.warn('the feed could not be turned into webhooks; the sweep tries again', { error });
      }
    }
    this.#fanningOut = undefined;
  }
}

const DUE = `
  SELECT e.id FROM webhook_endpoints e
   WHERE e.enabled AND e.deleted_at IS NULL AND e.waiting > 0 AND (e.paused_until IS NULL OR e.paused_until <= $1)
     AND EXISTS (SELECT FROM webhook_deliveries d WHERE d.endpoint_id = e.id AND d.next_attempt_at <= $1)`;
