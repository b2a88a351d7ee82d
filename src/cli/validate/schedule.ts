import path from 'node:path';
import { TaskFailed, WorkerLost, WorkerPool } from '../../platform/workers/worker-pool.js';
import { type Input, STDIN } from './inputs.js';
import { type FileOutcome, unusable } from './report.js';
import type * as tasks from './tasks.js';
import { MAX_ARCHIVE_BYTES, type Rules, type Target, validateBytes, validateFiles } from './tasks.js';

/** Files that go to a thread together: enough that the way there does not count, few enough that all threads have work. */
const BATCH_FILES = 40;
const BATCH_BYTES = 1_000_000;
/** Less than this is done before threads have started. */
const INLINE_FILES = 40;
const INLINE_BYTES = 1_000_000;
const ARCHIVE_ENTRIES = 400;
/** Units of work under way or waiting to be printed, for each thread. */
const AHEAD = 4;
const TIMEOUT_MS = 120_000;

/** What is done in one go; its outcomes belong together. */
type Unit = { readonly kind: 'files'; readonly targets: readonly Target[] } | { readonly kind: 'archive'; readonly target: Target } | { readonly kind: 'ready'; readonly outcomes: readonly FileOutcome[] } | { readonly kind: 'stdin' };

/**
 * Validates every input and gives the outcomes in the order of the inputs. Little work is done here, much on threads; at any time only some units are
 * in memory, however many files there are.
 *
 * @param readStdin at most that many octets, or undefined when there are more
 */
export async function* validateAll(inputs: AsyncIterable<Input>, rules: Rules, readStdin: (limit: number) => Promise<Buffer | undefined>): AsyncGenerator<readonly FileOutcome[]> {
  const pool = new Lazy(() => new WorkerPool<typeof tasks>({ module: path.join(__dirname, 'tasks'), timeoutMs: TIMEOUT_MS }));
  const started = new Started(inputs);
  try {
    const small = await started.isSmall();
    const run = async (unit: Unit): Promise<readonly FileOutcome[]> => {
      if (unit.kind === 'ready') return unit.outcomes;
      if (unit.kind === 'stdin') {
        const bytes = await readStdin(MAX_ARCHIVE_BYTES);
        return bytes ? validateBytes(STDIN, bytes, rules) : [unusable(STDIN, 'archive-too-large')];
      }
      if (unit.kind === 'files') return small ? validateFiles({ targets: unit.targets, rules }) : filesOn(pool.value, unit.targets, rules);
      return small ? validateFiles({ targets: [unit.target], rules }) : archiveOn(pool.value, unit.target, rules);
    };
    yield* inOrder(unitsOf(started), run, small ? 1 : AHEAD * pool.value.threads);
  } finally {
    await pool.made?.close();
  }
}

class Lazy<T> {
  made: T | undefined;
  constructor(private readonly make: () => T) {}
  get value(): T {
    return (this.made ??= this.make());
  }
}

/** Inputs of which the first can be looked at before any is taken. */
class Started implements AsyncIterable<Input> {
  readonly #inputs: AsyncIterator<Input>;
  readonly #seen: Input[] = [];

  constructor(inputs: AsyncIterable<Input>) {
    this.#inputs = inputs[Symbol.asyncIterator]();
  }

  /** Whether all of it is so little that threads are not worth their start. */
  async isSmall(): Promise<boolean> {
    let bytes = 0;
    for (;;) {
      const next = await this.#inputs.next();
      if (next.done) return true;
      this.#seen.push(next.value);
      if (next.value.kind === 'file') bytes += next.value.target.size;
      if (this.#seen.length > INLINE_FILES || bytes > INLINE_BYTES) return false;
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Input> {
    yield* this.#seen.splice(0);
    for (let next = await this.#inputs.next(); !next.done; next = await this.#inputs.next()) yield next.value;
  }
}

async function* unitsOf(inputs: AsyncIterable<Input>): AsyncGenerator<Unit> {
  let targets: Target[] = [];
  let bytes = 0;
  const batch = function* (): Generator<Unit> {
    if (targets.length > 0) yield { kind: 'files', targets };
    targets = [];
    bytes = 0;
  };
  for await (const input of inputs) {
    if (input.kind === 'file' && !/\.zip$/i.test(input.target.label)) {
      targets.push(input.target);
      bytes += input.target.size;
      if (targets.length >= BATCH_FILES || bytes >= BATCH_BYTES) yield* batch();
      continue;
    }
    yield* batch();
    yield input.kind === 'file' ? { kind: 'archive', target: input.target } : input.kind === 'failed' ? { kind: 'ready', outcomes: [input.outcome] } : input;
  }
  yield* batch();
}

/** Runs up to `ahead` units at once and gives the results in the order of the units. */
async function* inOrder<U, R>(units: AsyncIterable<U>, run: (unit: U) => Promise<R>, ahead: number): AsyncGenerator<R> {
  const running: Promise<R>[] = [];
  for await (const unit of units) {
    const one = run(unit);
    // Its turn may come after another one's failure has ended everything.
    one.catch(() => undefined);
    running.push(one);
    if (running.length >= ahead) yield running.shift() as Promise<R>;
  }
  for (const one of running) yield one;
}

type Pool = WorkerPool<typeof tasks>;

/** The file is the cause, of an end of its thread or of a fault in it: the others have nothing to do with it. */
const ofTheFile = (error: unknown): boolean => error instanceof WorkerLost || error instanceof TaskFailed;

async function filesOn(pool: Pool, targets: readonly Target[], rules: Rules): Promise<readonly FileOutcome[]> {
  try {
    return await pool.run('validateFiles', { targets, rules });
  } catch (error) {
    if (!ofTheFile(error)) throw error;
    // One of them was too much for a thread: by itself it shows which.
    const [only] = targets;
    if (targets.length === 1 && only) return [unusable(only.label, 'not-validated')];
    return (await Promise.all(targets.map((target) => filesOn(pool, [target], rules)))).flat();
  }
}

async function archiveOn(pool: Pool, target: Target, rules: Rules): Promise<readonly FileOutcome[]> {
  const part = (from: number): ReturnType<typeof pool.run<'validateArchive'>> => pool.run('validateArchive', { target, from, to: from + ARCHIVE_ENTRIES, rules });
  try {
    const first = await part(0);
    const rest: ReturnType<typeof part>[] = [];
    for (let from = ARCHIVE_ENTRIES; from < first.entries; from += ARCHIVE_ENTRIES) rest.push(part(from));
    return [...first.outcomes, ...(await Promise.all(rest)).flatMap(({ outcomes }) => outcomes)];
  } catch (error) {
    if (!ofTheFile(error)) throw error;
    return [unusable(target.label, 'not-validated')];
  }
}
