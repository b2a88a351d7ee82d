import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Clock, defineJob, Jobs, Log, Metrics, SECONDS } from '../../platform/index.js';
import { Ledger } from '../ledger/ledger.js';
import { Judging } from './judging.js';

/** Judges one entry of the ledger. */
export const JudgeMessage = defineJob<{ messageId: string }>('inbox.judge-message');

const AT_ONCE = 4;
const SWEEP_MS = 5_000;
/** What was stored this recently is still in the hands of the process that stored it. */
const GRACE_MS = 3_000;
const SWEPT = 500;

/**
 * Brings entries to their judge: at once in the process that stored them (that is what makes a receipt move its invoice within milliseconds), by a job when that
 * fails, and by a sweep when the process died.
 */
@Injectable()
export class JudgeQueue implements OnModuleInit, OnModuleDestroy {
  readonly #queue: string[] = [];
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
    this.#seconds = metrics.histogram({ name: 'corriere_judging_seconds', help: 'Duration of judging one message' }, SECONDS);
    this.#judged = metrics.counter({ name: 'corriere_messages_judged_total', help: 'Messages judged by disposition' }, 'disposition');
  }

  onModuleInit(): void {
    this.jobs.handle(JudgeMessage, async ({ messageId }) => void (await this.judging.judge(messageId)));
    this.jobs.sweep('inbox.waiting', SWEEP_MS, async () => {
      const before = new Date(this.clock.now().getTime() - GRACE_MS);
      for (const messageId of await this.ledger.waiting(before, SWEPT)) await this.jobs.enqueue(JudgeMessage, { messageId }, { key: messageId });
    });
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#running);
  }

  /** Entries that were just committed. */
  hint(messageIds: readonly string[]): void {
    if (this.#stopped) return;
    this.#queue.push(...messageIds);
    while (this.#running.size < AT_ONCE && this.#queue.length > 0) {
      const work = this.#work().finally(() => this.#running.delete(work));
      this.#running.add(work);
    }
  }

  async #work(): Promise<void> {
    for (let messageId = this.#queue.shift(); messageId !== undefined && !this.#stopped; messageId = this.#queue.shift()) {
      const start = performance.now();
      try {
        const disposition = await this.judging.judge(messageId);
        this.#judged.inc({ disposition: disposition ?? 'none' });
        this.#seconds.observe((performance.now() - start) / 1000);
      } catch (error) {
        this.log.warn('a message could not be judged at once; a job will', { messageId, error });
        await this.jobs.enqueue(JudgeMessage, { messageId }, { key: messageId, delayMs: 1_000 }).catch(() => undefined);
      }
    }
  }
}
