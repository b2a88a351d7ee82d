import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Clock, defineJob, Jobs, Log, Metrics, SECONDS } from '../../platform/index.js';
import { Ledger } from '../ledger/ledger.js';
import { Judging } from './judging.js';

/** Judges one entry of the ledger. */
export const JudgeMessage = defineJob<{ messageId: string }>('inbox.judge-message');

/** While one batch waits for the database, another is read. */
const AT_ONCE = 2;
/** Messages judged in one transaction: many enough that its statements cost little for each, few enough that nobody waits long for an invoice that it holds. */
const BATCH = 50;
/** Ids that wait in this process; the sweep finds what is more. */
const MOST_WAITING = 100_000;
const SWEEP_MS = 5_000;
/** What was stored this recently is still in the hands of the process that stored it. */
const GRACE_MS = 3_000;
const SWEPT = 500;

/**
 * Brings entries to their judge: at once in the process that stored them (that is what makes a receipt move its invoice within milliseconds), many together when many wait,
 * by a job when that fails, and by a sweep when the process died.
 */
@Injectable()
export class JudgeQueue implements OnModuleInit, OnModuleDestroy {
  /** In the order of their arrival. */
  readonly #queue = new Set<string>();
  readonly #judging = new Set<string>();
  readonly #running = new Set<Promise<void>>();
  readonly #seconds;
  readonly #judged;
  #stopped = false;

  constructor(
    private readonly jobs: Jobs,
    private readonly judging: Judging,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.#seconds = metrics.histogram({ name: 'corriere_judging_seconds', help: 'Duration of judging messages, by batch' }, SECONDS);
    this.#judged = metrics.counter({ name: 'corriere_messages_judged_total', help: 'Messages judged by disposition' }, 'disposition');
  }

  onModuleInit(): void {
    this.jobs.handle(JudgeMessage, async ({ messageId }) => void (await this.judging.judge(messageId)));
    this.jobs.sweep('inbox.waiting', SWEEP_MS, async () => {
      const before = new Date(this.clock.now().getTime() - GRACE_MS);
      for (const messageId of await this.ledger.waiting(before, SWEPT)) {
        if (!this.#queue.has(messageId) && !this.#judging.has(messageId)) await this.jobs.enqueue(JudgeMessage, { messageId }, { key: messageId });
      }
    });
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#running);
  }

  /** Entries that were just committed. */
  hint(messageIds: readonly string[]): void {
    if (this.#stopped) return;
    for (const id of messageIds) if (this.#queue.size < MOST_WAITING) this.#queue.add(id);
    while (this.#running.size < AT_ONCE && this.#queue.size > 0) {
      const work = this.#work().finally(() => this.#running.delete(work));
      this.#running.add(work);
    }
  }

  async #work(): Promise<void> {
    for (let batch = this.#take(); batch.length > 0 && !this.#stopped; batch = this.#take()) {
      const start = performance.now();
      for (const id of batch) this.#judging.add(id);
      try {
        for (const disposition of (await this.judging.judgeAll(batch)).values()) this.#judged.inc({ disposition });
        this.#seconds.observe((performance.now() - start) / 1000);
      } catch (error) {
        this.log.warn('messages could not be judged at once; jobs will', { count: batch.length, error });
        for (const messageId of batch) await this.jobs.enqueue(JudgeMessage, { messageId }, { key: messageId, delayMs: 1_000 }).catch(() => undefined);
      } finally {
        for (const id of batch) this.#judging.delete(id);
      }
    }
  }

  #take(): string[] {
    const batch: string[] = [];
    for (const id of this.#queue) {
      if (batch.length === BATCH) break;
      this.#queue.delete(id);
      batch.push(id);
    }
    return batch;
  }
}
