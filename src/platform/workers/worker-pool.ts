import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { type ResourceLimits, type TransferListItem, Worker } from 'node:worker_threads';
import type { AnswerMessage, TaskMessage, ThreadSetup } from './messages.js';
import { Moved } from './transfer.js';

export interface WorkerPoolOptions {
  /** Absolute path without extension of the module whose exported functions are the tasks: `path.join(__dirname, 'tasks')`. */
  readonly module: string;
  /** Threads; default one per core. Each is started when it is needed first, and then kept. */
  readonly threads?: number;
  /** Tasks that may wait for a thread; default 1000. */
  readonly queue?: number;
  /** How long one task may run, a thread's start included; default 60,000. */
  readonly timeoutMs?: number;
  /** Heap of one thread in megabytes; default 512. A task that needs more ends with its thread. */
  readonly memoryMb?: number;
}

/** The queue is full: whoever asks must slow down. */
export class WorkerPoolBusy extends Error {
  override readonly name = 'WorkerPoolBusy';
}

/** The pool is closed, or was closed before the task ended. */
export class WorkerPoolClosed extends Error {
  override readonly name = 'WorkerPoolClosed';
}

/** The thread died under its task: out of memory, over its time, or ended by the task itself. Other tasks are not touched. */
export class WorkerLost extends Error {
  override readonly name = 'WorkerLost';
}

/** The task threw. `message` and `stack` are those of its error, `taskError` its name. */
export class TaskFailed extends Error {
  override readonly name = 'TaskFailed';

  constructor(
    readonly taskError: string,
    message: string,
    stack: string | undefined,
  ) {
    super(message);
    if (stack !== undefined) this.stack = stack;
  }
}

interface Task {
  readonly message: TaskMessage;
  readonly transfer: readonly TransferListItem[];
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  task: Task | undefined;
  timer: NodeJS.Timeout | undefined;
  /** Why it was ended by us. */
  reason: Error | undefined;
}

/** The sources run as they are in a checkout: a thread needs a compiler there, and none in the build. */
const FROM_SOURCE = __filename.endsWith('.ts');
const ENTRY = path.join(__dirname, FROM_SOURCE ? 'from-source.cjs' : 'thread.js');

/**
 * Runs functions of one module on threads of their own, so that work that keeps a processor busy does not keep the event loop. A task's input and result are
 * cloned (structured clone); wrap either in `Moved` to hand memory over without a copy. Idle threads do not keep the process alive.
 *
 * @example
 * const pool = new WorkerPool<typeof import('./tasks.js')>({ module: path.join(__dirname, 'tasks') });
 * const sum = await pool.run('add', [1, 2]);
 */
export class WorkerPool<Tasks extends object> {
  readonly #threads = new Set<Thread>();
  readonly #waiting: Task[] = [];
  readonly #size: number;
  readonly #queue: number;
  readonly #timeoutMs: number;
  readonly #module: string;
  readonly #resourceLimits: ResourceLimits;
  #closed = false;

  constructor(options: WorkerPoolOptions) {
    this.#module = `${options.module}${FROM_SOURCE ? '.ts' : '.js'}`;
    this.#size = Math.max(1, options.threads ?? availableParallelism());
    this.#queue = options.queue ?? 1000;
    this.#timeoutMs = options.timeoutMs ?? 60_000;
    this.#resourceLimits = { maxOldGenerationSizeMb: options.memoryMb ?? 512 };
  }

  /** How many tasks can run at once. */
  get threads(): number {
    return this.#size;
  }

  /**
   * @throws WorkerPoolBusy, WorkerPoolClosed, WorkerLost, TaskFailed
   */
  run<Name extends keyof Tasks & string>(name: Name, input: Input<Tasks[Name]> | Moved<Input<Tasks[Name]>>): Promise<Output<Tasks[Name]>> {
    return new Promise<unknown>((resolve, reject) => {
      if (this.#closed) return reject(new WorkerPoolClosed('the pool is closed'));
      const [value, transfer]: readonly [unknown, readonly TransferListItem[]] = input instanceof Moved ? [input.value, input.transfer] : [input, []];
      const task: Task = { message: { name, input: value }, transfer, resolve, reject };
      const thread = this.#free();
      if (thread) this.#start(thread, task);
      else if (this.#waiting.length < this.#queue) this.#waiting.push(task);
      else reject(new WorkerPoolBusy('too many tasks are waiting'));
    }) as Promise<Output<Tasks[Name]>>;
  }

  /** Ends every thread. Tasks that are waiting or running are rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    const closed = new WorkerPoolClosed('the pool was closed before the task ended');
    for (const task of this.#waiting.splice(0)) task.reject(closed);
    await Promise.all([...this.#threads].map((thread) => this.#end(thread, closed)));
  }

  #free(): Thread | undefined {
    for (const thread of this.#threads) if (!thread.task && !thread.reason) return thread;
    return this.#threads.size < this.#size ? this.#spawn() : undefined;
  }

  #spawn(): Thread {
    if (FROM_SOURCE) createRequire(__filename)(ENTRY);
    const worker = new Worker(ENTRY, { workerData: { module: this.#module } satisfies ThreadSetup, resourceLimits: this.#resourceLimits });
    const thread: Thread = { worker, task: undefined, timer: undefined, reason: undefined };
    this.#threads.add(thread);
    worker.on('message', (answer: AnswerMessage) => this.#answered(thread, answer));
    worker.on('messageerror', (error) => void this.#end(thread, new WorkerLost(`the answer of a task cannot be read: ${error.message}`)));
    worker.on('error', (error) => (thread.reason ??= new WorkerLost(`a thread died: ${error.message}`, { cause: error })));
    worker.on('exit', (code) => this.#gone(thread, code));
    worker.unref();
    return thread;
  }

  #start(thread: Thread, task: Task): void {
    thread.task = task;
    thread.worker.ref();
    thread.timer = setTimeout(() => void this.#end(thread, new WorkerLost(`a task took more than ${this.#timeoutMs} ms`)), this.#timeoutMs);
    try {
      thread.worker.postMessage(task.message, task.transfer);
    } catch (error) {
      // What cannot be cloned is the caller's fault, not the thread's.
      this.#settle(thread)?.reject(error instanceof Error ? error : new Error(String(error)));
      this.#next(thread);
    }
  }

  #answered(thread: Thread, answer: AnswerMessage): void {
    const task = this.#settle(thread);
    if (answer.ok) task?.resolve(answer.value);
    else task?.reject(new TaskFailed(answer.name, answer.message, answer.stack));
    this.#next(thread);
  }

  #next(thread: Thread): void {
    if (thread.reason) return;
    const task = this.#waiting.shift();
    if (task) this.#start(thread, task);
  }

  /** Takes the task from its thread. */
  #settle(thread: Thread): Task | undefined {
    const { task } = thread;
    clearTimeout(thread.timer);
    thread.task = undefined;
    thread.worker.unref();
    return task;
  }

  async #end(thread: Thread, reason: Error): Promise<void> {
    thread.reason ??= reason;
    await thread.worker.terminate();
  }

  /** A thread ended, whoever ended it: its task is told, and the next one gets a new thread. */
  #gone(thread: Thread, code: number): void {
    this.#threads.delete(thread);
    this.#settle(thread)?.reject(thread.reason ?? new WorkerLost(`a thread ended by itself with code ${code}`));
    const task = this.#closed ? undefined : this.#waiting.shift();
    if (task) this.#start(this.#spawn(), task);
  }
}

type Input<T> = T extends (input: infer I) => unknown ? I : never;
type Output<T> = T extends (input: never) => infer R ? Unmoved<Awaited<R>> : never;
type Unmoved<T> = T extends Moved<infer V> ? V : T;
