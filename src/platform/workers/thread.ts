/** The far end of a `WorkerPool`: loads the module of the tasks and answers one message after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import type { AnswerMessage, TaskMessage, ThreadSetup } from './messages.js';
import { Moved } from './transfer.js';

const { module: file } = workerData as ThreadSetup;
// Not `import()`: from the sources there is no loader for it.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const tasks = require(file) as Readonly<Record<string, unknown>>;

async function answer({ name, input }: TaskMessage): Promise<void> {
  try {
    const task = tasks[name];
    if (typeof task !== 'function') throw new TypeError(`${file} exports no function ${name}`);
    const result: unknown = await (task as (input: unknown) => unknown)(input);
    const value = result instanceof Moved ? (result.value as unknown) : result;
    parentPort?.postMessage({ ok: true, value } satisfies AnswerMessage, result instanceof Moved ? result.transfer : []);
  } catch (error) {
    const { name: kind, message, stack } = error instanceof Error ? error : new Error(String(error));
    parentPort?.postMessage({ ok: false, name: kind, message, ...(stack !== undefined && { stack }) } satisfies AnswerMessage);
  }
}

parentPort?.on('message', (task: TaskMessage) => void answer(task));
