import { type Job, type JobsOptions, UnrecoverableError, Worker } from 'bullmq';
import type { Counter, Histogram } from 'prom-client';
import type { Leases } from '../leases/leases.js';
import type { Log } from '../log/log.js';
import { type Metrics, SECONDS } from '../metrics/metrics.js';
import { inTime } from '../time.js';
import type { JobQueues, JobsBackend } from './backends.js';
import { type EnqueueOptions, JOB_QUEUES, type JobKind, type JobQueueName, Jobs } from './jobs.js';
import { type Sweep, SweepRunner } from './sweeps.js';

type Handler = (payload: object) => Promise<void>;

/** Jobs that run at the same time in one process; they wait for networks, not for the processor. */
const CONCURRENCY: Readonly<Record<JobQueueName, number>> = { lanes: 24, deliveries: 24 };
/** Keyed jobs with a delay meet in one when they are due in the same tenth of a second. */
const DUE_GRAIN_MS = 100;

const ENQUEUE_MS = 1_000;

const JOB_OPTIONS: JobsOptions = {
  attempts: 8,
  backoff: { type: 'exponential', delay: 1_000, jitter: 0.5 },
  removeOnComplete: true,
  // Kept for a person who looks; nothing reads them.
  removeOnFail: { age: 7 * 24 * 3_600, count: 500 },
};

export interface BullJobsTimes {
  /** A job whose worker has not been heard of for this long is given to another. */
  readonly lockMs: number;
  readonly sweepLeaseMs: number;
}

/** {@link Jobs} over BullMQ, whatever its backend. Made, filled by the rooms, then started (in workers) and closed. */
export class BullJobs extends Jobs {
  readonly #kinds = new Map<string, JobKind<object>>();
  readonly #handlers = new Map<string, Handler>();
  readonly #sweeps: Sweep[] = [];
  readonly #workers: Worker[] = [];
  readonly #adding = new Set<Promise<void>>();
  readonly #running = new Set<Promise<void>>();
  readonly #finished: Counter<'kind' | 'outcome'>;
  readonly #lost: Counter<'kind'>;
  readonly #seconds: Histogram<'kind'>;
  #sweepRunner: SweepRunner | undefined;
  #started = false;
  #closing: Promise<void> | undefined;

  constructor(
    private readonly queues: JobQueues,
    private readonly backend: JobsBackend,
    private readonly leases: Leases,
    private readonly log: Log,
    metrics: Metrics,
    private readonly times: BullJobsTimes = { lockMs: 10_000, sweepLeaseMs: 9_000 },
  ) {
    super();
    this.#finished = metrics.counter({ name: 'corriere_jobs_total', help: 'Jobs by kind and outcome (done, failed, given_up)' }, 'kind', 'outcome');
    this.#lost = metrics.counter({ name: 'corriere_jobs_not_enqueued_total', help: 'Jobs that the queue did not take; the sweeps make up for them' }, 'kind');
    this.#seconds = metrics.histogram({ name: 'corriere_job_seconds', help: 'How long jobs ran' }, SECONDS, 'kind');
    for (const queue of Object.values(queues)) queue.on('error', (error) => this.log.warn('job queue', { queue: queue.name, error: error.message }));
  }

  override declare(...kinds: JobKind<object>[]): void {
    for (const kind of kinds) {
      const known = this.#kinds.get(kind.name);
      if (known !== undefined && known !== kind) throw new Error(`two kinds of job are called ${kind.name}`);
      this.#kinds.set(kind.name, kind);
    }
  }

  override handle<Payload extends object>(kind: JobKind<Payload>, handler: (payload: Payload) => Promise<void>): void {
    if (this.#started) throw new Error(`the handler of ${kind.name} comes too late: jobs are running already`);
    if (this.#handlers.has(kind.name)) throw new Error(`two handlers for jobs of the kind ${kind.name}`);
    this.declare(kind);
    this.#handlers.set(kind.name, handler as Handler);
  }

  override sweep(name: string, everyMs: number, find: () => Promise<void>): void {
    if (this.#started) throw new Error(`the sweep ${name} comes too late: jobs are running already`);
    if (this.#sweeps.some((known) => known.name === name)) throw new Error(`two sweeps are called ${name}`);
    this.#sweeps.push({ name, everyMs, find });
  }

  /** Does not throw when the queue cannot be reached: that is logged and counted, and a sweep finds the work. */
  override async enqueue<Payload extends object>(kind: JobKind<Payload>, payload: Payload, options: EnqueueOptions = {}): Promise<void> {
    if (this.#kinds.get(kind.name) !== kind) throw new Error(`the kind of job ${kind.name} was not declared`);
    const adding = this.#add(kind, payload, options);
    this.#adding.add(adding);
    void adding.then(() => this.#adding.delete(adding));
    // A queue that is being reconnected to keeps the caller no longer than this; the job may still get there.
    if (!(await inTime(adding, ENQUEUE_MS))) this.log.warn('a job is slow to be enqueued; nobody waits for it', { kind: kind.name });
  }

  async #add(kind: JobKind<object>, payload: object, options: EnqueueOptions): Promise<void> {
    try {
      await this.queues[kind.queue].add(kind.name, payload, { ...JOB_OPTIONS, ...timing(kind.name, options) });
    } catch (error) {
      this.#lost.inc({ kind: kind.name });
      this.log.warn('a job could not be enqueued; a sweep will find its work', { kind: kind.name, error: (error as Error).message });
    }
  }

  /** Begins to process and to sweep. Throws when a declared kind has no handler. */
  async start(): Promise<void> {
    const missing = [...this.#kinds.keys()].filter((name) => !this.#handlers.has(name));
    if (missing.length > 0) throw new Error(`no handler for jobs of the kind ${missing.join(', ')}`);
    this.#started = true;
    for (const name of JOB_QUEUES) this.#workers.push(this.#worker(name));
    await Promise.all(this.#workers.map((worker) => worker.waitUntilReady()));
    for (const worker of this.#workers) worker.run().catch((error: unknown) => this.log.error('a worker ended', { queue: worker.name, error }));
    this.#sweepRunner = new SweepRunner(this.#sweeps, this.leases, this.log, this.times.sweepLeaseMs);
    this.#sweepRunner.start();
  }

  ping(): Promise<void> {
    return this.backend.ping();
  }

  /** Takes no more jobs; those that run go on. */
  async pause(): Promise<void> {
    await inTime(Promise.all(this.#workers.map((worker) => worker.pause(true))), 1_000);
  }

  /** Takes no more jobs and waits for those that run, at most `graceMs`; what is cut off is done again by another worker, or here after the next start. */
  close(graceMs = 3_000): Promise<void> {
    this.#closing ??= this.#close(graceMs);
    return this.#closing;
  }

  async #close(graceMs: number): Promise<void> {
    // Paused first: a worker that is being closed cannot be told any more to hurry up.
    await this.pause();
    const finished = await inTime(Promise.all([this.#sweepRunner?.stop(), ...this.#running]), graceMs);
    if (!finished) this.log.warn('jobs are cut off by the shutdown', { running: this.#running.size, afterMs: graceMs });
    await inTime(Promise.all(this.#workers.map((worker) => worker.close(!finished))), 1_000);
    await inTime(Promise.allSettled(this.#adding), 1_000);
    await inTime(Promise.allSettled(Object.values(this.queues).map((queue) => queue.close())), 1_000);
    await this.backend.close();
  }

  #worker(name: JobQueueName): Worker {
    const { lockMs } = this.times;
    const worker = new Worker(name, (job) => this.#track(this.#process(job)), {
      ...this.backend.workerOptions,
      autorun: false,
      concurrency: CONCURRENCY[name],
      lockDuration: lockMs,
      stalledInterval: lockMs / 2,
      // Jobs are idempotent: one whose worker was killed is simply done again, however often.
      maxStalledCount: 1_000,
      runRetryDelay: 1_000,
    });
    worker.on('error', (error) => this.log.warn('job worker', { queue: name, error: error.message }));
    worker.on('stalled', (id) => this.log.warn('a job is done again: its worker was not heard of', { queue: name, job: id }));
    return worker;
  }

  async #track(running: Promise<void>): Promise<void> {
    this.#running.add(running);
    try {
      await running;
    } finally {
      this.#running.delete(running);
    }
  }

  async #process(job: Job): Promise<void> {
    const handler = this.#handlers.get(job.name);
    if (handler === undefined) throw new UnrecoverableError(`no handler for jobs of the kind ${job.name}`);
    // From here on the key is free: what is enqueued while this job runs becomes a job of its own. What was swallowed before this line was committed
    // before the handler reads the database.
    if (job.deduplicationId !== undefined) await job.removeDeduplicationKey();
    const end = this.#seconds.startTimer({ kind: job.name });
    try {
      await handler(job.data as object);
      this.#finished.inc({ kind: job.name, outcome: 'done' });
    } catch (error) {
      const last = job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
      this.#finished.inc({ kind: job.name, outcome: last ? 'given_up' : 'failed' });
      this.log.warn('a job failed', { kind: job.name, attempt: job.attemptsMade + 1, last, error });
      throw error;
    } finally {
      end();
    }
  }
}

/**
 * A job that is to run now is swallowed only by one that waits to run now; a delayed one only by one that is due in the same moment, the end of
 * its tenth of a second. So neither ever runs later than asked for because of the other.
 */
function timing(name: string, { key, delayMs = 0 }: EnqueueOptions): JobsOptions {
  if (delayMs <= 0) return key === undefined ? {} : { deduplication: { id: `${name}/${key}` } };
  const delay = Math.ceil(delayMs);
  if (key === undefined) return { delay };
  const now = Date.now();
  const due = Math.ceil((now + delay) / DUE_GRAIN_MS) * DUE_GRAIN_MS;
  return { delay: due - now, deduplication: { id: `${name}/${key}/${due}` } };
}
