import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { movable, Moved } from './transfer.js';
import { TaskFailed, WorkerLost, WorkerPool, WorkerPoolBusy, WorkerPoolClosed, type WorkerPoolOptions } from './worker-pool.js';

type Tasks = typeof import('./testing/tasks.js');
const MODULE = path.join(__dirname, 'testing/tasks');

const open: WorkerPool<Tasks>[] = [];
function pool(options: Omit<WorkerPoolOptions, 'module'> = {}): WorkerPool<Tasks> {
  const one = new WorkerPool<Tasks>({ module: MODULE, threads: 1, ...options });
  open.push(one);
  return one;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

describe('a pool of threads', () => {
  it('runs functions of a module, several at once, and gives back what they return', async () => {
    const one = pool({ threads: 2 });
    expect(await Promise.all([one.run('add', [1, 2]), one.run('later', 'dopo'), one.run('add', [3, 4]), one.run('spin', 5)])).toEqual([3, 'dopo', 7, 5]);
  });

  it('moves memory there and back without a copy', async () => {
    const shared = Buffer.from('abc');
    const bytes = movable(shared);
    const back = await pool().run('reverse', new Moved(bytes, [bytes.buffer]));
    expect(Buffer.from(back).toString()).toBe('cba');
    expect(bytes.length).toBe(0);
    expect(shared.toString()).toBe('abc');
  });

  it('tells what a task threw, and goes on with the same thread', async () => {
    const one = pool();
    const failure = await one.run('fail', 'troppo').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TaskFailed);
    expect(failure).toMatchObject({ taskError: 'RangeError', message: 'troppo', stack: expect.stringContaining('tasks.ts') as string });
    await expect(one.run('notAFunction', undefined as never)).rejects.toThrow(TaskFailed);
    expect(await one.run('add', [1, 1])).toBe(2);
  });

  it('rejects the task of a thread that dies, and gives the others a new one', async () => {
    const one = pool({ memoryMb: 48 });
    const results = await Promise.allSettled([one.run('exit', 3), one.run('add', [1, 1]), one.run('hoard', undefined as never), one.run('add', [2, 2])]);
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value : (result.reason as Error).constructor))).toEqual([WorkerLost, 2, WorkerLost, 4]);
  });

  it('ends a task that takes too long', async () => {
    const one = pool({ timeoutMs: 1_500 });
    const [slow, next] = await Promise.allSettled([one.run('spin', 60_000), one.run('add', [1, 1])]);
    expect(slow).toMatchObject({ status: 'rejected', reason: expect.any(WorkerLost) as WorkerLost });
    expect(next).toMatchObject({ value: 2 });
  });

  it('lets only so many wait', async () => {
    const one = pool({ queue: 1 });
    const results = await Promise.allSettled([one.run('add', [1, 1]), one.run('add', [2, 2]), one.run('add', [3, 3])]);
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value : (result.reason as Error).constructor))).toEqual([2, 4, WorkerPoolBusy]);
  });

  it('rejects what cannot be cloned without losing the thread', async () => {
    const one = pool();
    await expect(one.run('later', (() => 1) as never)).rejects.toThrow(/could not be cloned/);
    expect(await one.run('add', [1, 1])).toBe(2);
  });

  it('rejects everything once it is closed', async () => {
    const one = pool();
    const running = [one.run('spin', 60_000), one.run('add', [1, 1])].map((task) => task.catch((error: unknown) => error));
    await one.close();
    for (const outcome of await Promise.all(running)) expect(outcome).toBeInstanceOf(WorkerPoolClosed);
    await expect(one.run('add', [1, 1])).rejects.toThrow(WorkerPoolClosed);
    await one.close();
  });

  it('does not keep the process alive when idle', () => {
    const script = `const { WorkerPool } = require(${JSON.stringify(path.join(__dirname, 'worker-pool.ts'))});
      new WorkerPool({ module: ${JSON.stringify(MODULE)}, threads: 1 }).run('add', [20, 22]).then((sum) => console.log(sum));`;
    const { stdout, status } = spawnSync(process.execPath, ['-r', path.join(__dirname, '../../../test/support/typescript.cjs'), '-e', script], { encoding: 'utf8', timeout: 20_000 });
    expect({ stdout, status }).toEqual({ stdout: '42\n', status: 0 });
  });
});
