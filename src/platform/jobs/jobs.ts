/**
 * A kind of job: its name, the shape of its payload, and the queue that it travels on. Two queues keep slow strangers (other people's HTTP
 * servers) from holding up our own lanes.
 */
export interface JobKind<Payload extends object> {
  readonly name: string;
  readonly queue: JobQueueName;
  /** Never read; ties the payload's type to the kind. */
  readonly payload?: Payload;
}

export type JobQueueName = 'lanes' | 'deliveries';

export const JOB_QUEUES: readonly JobQueueName[] = ['lanes', 'deliveries'];

export function defineJob<Payload extends object>(name: string, queue: JobQueueName = 'lanes'): JobKind<Payload> {
  return Object.freeze({ name, queue });
}

export interface EnqueueOptions {
  /** Not before this many milliseconds from now. */
  readonly delayMs?: number;
  /**
   * While a job of the same kind and key is WAITING (not running), another is not added. A job that is already running does not swallow a new one: a wake-up
   * is never lost.
   */
  readonly key?: string;
}

/**
 * Jobs are hints, never truth: they carry ids, may be lost (a sweep finds the due work again) and may be delivered twice (a handler is
 * idempotent and reads the database first). A handler that throws is tried again by the queue with a backoff.
 *
 * @example
 * export const SendDue = defineJob<{ mailboxId: string }>('outbox.send-due');
 * jobs.handle(SendDue, async ({ mailboxId }) => lane.run(mailboxId));   // once, in onModuleInit
 * await jobs.enqueue(SendDue, { mailboxId }, { key: mailboxId });
 */
export abstract class Jobs {
  /** Declares a kind that this process may enqueue. Every declared kind must have exactly one handler when a worker starts, or the start fails. */
  abstract declare(...kinds: JobKind<object>[]): void;
  /** Registers the one handler of a kind; a second one throws. Only before `start`. */
  abstract handle<Payload extends object>(kind: JobKind<Payload>, handler: (payload: Payload) => Promise<void>): void;
  /** Registers a sweep: run every `everyMs` on one worker at a time (a lease in the database), and once at start. It finds due work in the database and enqueues it. */
  abstract sweep(name: string, everyMs: number, find: () => Promise<void>): void;
  abstract enqueue<Payload extends object>(kind: JobKind<Payload>, payload: Payload, options?: EnqueueOptions): Promise<void>;
}
