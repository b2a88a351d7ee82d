import path from 'node:path';
import { TaskFailed, WorkerLost, WorkerPool } from '../platform/workers/worker-pool.js';
import type { InspectInput } from './inspect-inputs.js';
import { type Inspection, type InspectTarget, type InspectTrust, refused } from './inspect-file.js';
import type * as tasks from './inspect-tasks.js';
import { inspectFiles } from './inspect-tasks.js';

/** Files that go to a thread together: enough that the way there does not count, few enough that all threads have work. */
const BATCH_FILES = 50;
/** Up to this many files are done before threads have started. */
const INLINE_FILES = 60;
/** Batches under way or waiting to be printed, for each thread. */
const AHEAD = 3;
const TIMEOUT_MS = 120_000;

/** Looks at every input and gives the inspections in the order of the inputs; at any time only some batches are in memory, however many files there are. */
export async function* inspectAll(inputs: AsyncIterable<InspectInput>, trust: InspectTrust): AsyncGenerator<Inspection> {
  const ahead: Promise<readonly Inspection[]>[] = [];
  let pool: WorkerPool<typeof tasks> | undefined;
  let seen = 0;
  try {
    for await (const batch of batches(inputs)) {
      seen += batch.length;
      if (!pool && seen <= INLINE_FILES) {
        yield* await inspectBatch(batch, (targets) => inspectFiles({ targets, trust }));
        continue;
      }
      const threads = (pool ??= new WorkerPool<typeof tasks>({ module: path.join(__dirname, 'inspect-tasks'), timeoutMs: TIMEOUT_MS }));
      const one = inspectBatch(batch, (targets) => onThread(threads, targets, trust));
      // Its turn may come after another one's failure has ended everything.
      one.catch(() => undefined);
      ahead.push(one);
      if (ahead.length >= AHEAD * threads.threads) yield* await (ahead.shift() as Promise<readonly Inspection[]>);
    }
    for (const one of ahead) yield* await one;
  } finally {
    await pool?.close();
  }
}

async function* batches(inputs: AsyncIterable<InspectInput>): AsyncGenerator<readonly InspectInput[]> {
  let batch: InspectInput[] = [];
  for await (const input of inputs) {
    batch.push(input);
    if (batch.length < BATCH_FILES) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

const isThere = (input: InspectInput): input is InspectTarget => input.path !== undefined;

async function inspectBatch(batch: readonly InspectInput[], inspect: (targets: readonly InspectTarget[]) => Promise<readonly Inspection[]>): Promise<readonly Inspection[]> {
  const done = [...(await inspect(batch.filter(isThere)))];
  return batch.map((input) => (isThere(input) ? (done.shift() ?? refused(input.label, 'file-failed')) : refused(input.label, 'file-unreadable')));
}

async function onThread(pool: WorkerPool<typeof tasks>, targets: readonly InspectTarget[], trust: InspectTrust): Promise<readonly Inspection[]> {
  try {
    return await pool.run('inspectFiles', { targets, trust });
  } catch (error) {
    if (!(error instanceof WorkerLost || error instanceof TaskFailed)) throw error;
    // One of them was too much for a thread: by itself it shows which.
    const [only] = targets;
    if (targets.length === 1 && only) return [refused(only.label, 'file-failed')];
    return (await Promise.all(targets.map((target) => onThread(pool, [target], trust)))).flat();
  }
}
