import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { testDatabase, type TestDatabase } from './database.js';
import { openJobs, prepareJobs, type JobsPlace } from './jobs.js';
import type { BullJobs } from '../../src/platform/jobs/bull-jobs.js';
import { Stuck } from './jobs-contract-kinds.js';
import { defineJob } from '../../src/platform/jobs/jobs.js';

/** What every backend of the jobs port must do. `place` says where the queues are, given the test's database; each suite needs empty ones. */
export function jobsContract(title: string, place: (database: TestDatabase) => Promise<JobsPlace> | JobsPlace): void {
  describe(title, { timeout: 30_000 }, () => {
    let db: TestDatabase;
    let where: JobsPlace;
    const opened: BullJobs[] = [];
    let counter = 0;
    /** A kind that no other test has used, because the queues are shared. */
    const kind = <Payload extends object>(queue: 'lanes' | 'deliveries' = 'lanes') => defineJob<Payload>(`contract.${++counter}`, queue);
    const open = (): BullJobs => {
      const jobs = openJobs(where, db.database);
      opened.push(jobs);
      return jobs;
    };

    beforeAll(async () => {
      db = await testDatabase();
      await prepareJobs(db.url);
      where = await place(db);
    });
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((jobs) => jobs.close(500)));
    });
    afterAll(() => db.close());

    it('hands the payload to the handler', async () => {
      const jobs = open();
      const Hello = kind<{ name: string }>();
      const seen = vi.fn(() => Promise.resolve());
      jobs.handle(Hello, seen);
      await jobs.start();
      await jobs.enqueue(Hello, { name: 'città' });
      await vi.waitFor(() => expect(seen).toHaveBeenCalledWith({ name: 'città' }), 5_000);
    });

    it('does in a worker what was enqueued by a process that processes nothing', async () => {
      const [api, worker] = [open(), open()];
      const Hello = kind<{ n: number }>();
      const [inApi, inWorker] = [vi.fn(() => Promise.resolve()), vi.fn(() => Promise.resolve())];
      api.handle(Hello, inApi);
      worker.handle(Hello, inWorker);
      await worker.start();
      for (let n = 0; n < 10; n++) await api.enqueue(Hello, { n });
      await vi.waitFor(() => expect(inWorker).toHaveBeenCalledTimes(10), 5_000);
      expect(inApi).not.toHaveBeenCalled();
    });

    it('does not run a delayed job before its time, nor much later', async () => {
      const jobs = open();
      const Later = kind();
      const at = vi.fn();
      jobs.handle(Later, () => Promise.resolve(at(Date.now())));
      await jobs.start();
      const begun = Date.now();
      await jobs.enqueue(Later, {}, { delayMs: 700 });
      await vi.waitFor(() => expect(at).toHaveBeenCalled(), 5_000);
      const waited = (at.mock.calls[0]?.[0] as number) - begun;
      expect(waited).toBeGreaterThanOrEqual(690);
      expect(waited).toBeLessThan(2_500);
    });

    it('tries again when a handler throws', async () => {
      const jobs = open();
      const Shaky = kind();
      let tries = 0;
      jobs.handle(Shaky, () => (++tries < 2 ? Promise.reject(new Error('not yet')) : Promise.resolve()));
      await jobs.start();
      await jobs.enqueue(Shaky, {});
      await vi.waitFor(() => expect(tries).toBe(2), 10_000);
    });

    it('keeps one of many with the same key while it waits', async () => {
      const jobs = open();
      const Wake = kind<{ key: string }>();
      const seen: string[] = [];
      jobs.handle(Wake, ({ key }) => Promise.resolve(void seen.push(key)));
      for (const key of ['a', 'b', 'a', 'a', 'b']) await jobs.enqueue(Wake, { key }, { key });
      await jobs.start();
      await vi.waitFor(() => expect(seen.toSorted()).toEqual(['a', 'b']), 5_000);
      await sleep(300);
      expect(seen.toSorted()).toEqual(['a', 'b']);
    });

    it('does not let a running job swallow a new one of its key', async () => {
      const jobs = open();
      const Wake = kind();
      let runs = 0;
      let release = (): void => undefined;
      jobs.handle(Wake, () => (++runs === 1 ? new Promise<void>((resolve) => (release = resolve)) : sleep(50)));
      await jobs.start();
      await jobs.enqueue(Wake, {}, { key: 'k' });
      await vi.waitFor(() => expect(runs).toBe(1), 5_000);
      await Promise.all([jobs.enqueue(Wake, {}, { key: 'k' }), jobs.enqueue(Wake, {}, { key: 'k' })]);
      release();
      await vi.waitFor(() => expect(runs).toBeGreaterThanOrEqual(2), 5_000);
      await sleep(200);
      expect(runs).toBeLessThanOrEqual(3);
    });

    it('does not let a delayed job swallow one that is due now, nor a late one an earlier one', async () => {
      const jobs = open();
      const Wake = kind<{ n: number }>();
      const seen: number[] = [];
      jobs.handle(Wake, ({ n }) => Promise.resolve(void seen.push(n)));
      await jobs.start();
      await jobs.enqueue(Wake, { n: 3 }, { key: 'k', delayMs: 60_000 });
      await jobs.enqueue(Wake, { n: 2 }, { key: 'k', delayMs: 600 });
      await jobs.enqueue(Wake, { n: 1 }, { key: 'k' });
      await vi.waitFor(() => expect(seen).toEqual([1, 2]), 5_000);
    });

    it('loses no wake-up under a storm of them', async () => {
      const [one, two] = [open(), open()];
      const Wake = kind<{ id: number }>();
      await db.database.query('DROP TABLE IF EXISTS storm');
      await db.database.query('CREATE TABLE storm (id integer PRIMARY KEY, wanted integer NOT NULL DEFAULT 0, done integer NOT NULL DEFAULT 0)');
      await db.database.query('INSERT INTO storm SELECT generate_series(1, 5)');
      for (const jobs of [one, two]) {
        // Reads what is wanted, takes its time, and writes what it had read: whatever is wanted meanwhile needs a wake-up of its own.
        jobs.handle(Wake, async ({ id }) => {
          const [row] = await db.database.query<{ wanted: number }>('SELECT wanted FROM storm WHERE id = $1', [id]);
          await sleep(Math.random() * 10);
          await db.database.query('UPDATE storm SET done = greatest(done, $2) WHERE id = $1', [id, row?.wanted]);
        });
        await jobs.start();
      }
      const producer = async (): Promise<void> => {
        for (let n = 0; n < 60; n++) {
          const id = 1 + Math.floor(Math.random() * 5);
          await db.database.query('UPDATE storm SET wanted = wanted + 1 WHERE id = $1', [id]);
          await one.enqueue(Wake, { id }, { key: String(id) });
        }
      };
      await Promise.all([producer(), producer(), producer()]);
      await vi.waitFor(async () => expect(await db.database.query('SELECT id FROM storm WHERE done <> wanted')).toEqual([]), { timeout: 10_000, interval: 50 });
    });

    it('keeps slow deliveries from holding up the lanes', async () => {
      const jobs = open();
      const [Slow, Quick] = [kind('deliveries'), kind('lanes')];
      const done = vi.fn(() => Promise.resolve());
      jobs.handle(Slow, () => sleep(3_000).then(() => undefined));
      jobs.handle(Quick, done);
      await jobs.start();
      for (let n = 0; n < 60; n++) await jobs.enqueue(Slow, {});
      await jobs.enqueue(Quick, {});
      await vi.waitFor(() => expect(done).toHaveBeenCalled(), 1_500);
    });

    it('starts only when every declared kind has exactly one handler', async () => {
      const jobs = open();
      const [Orphan, Other] = [kind(), kind()];
      jobs.declare(Orphan);
      jobs.handle(Other, () => Promise.resolve());
      expect(() => jobs.handle(Other, () => Promise.resolve())).toThrow('two handlers');
      expect(() => jobs.declare(defineJob(Other.name))).toThrow('two kinds');
      await expect(jobs.start()).rejects.toThrow(Orphan.name);
      await expect(jobs.enqueue(kind(), {})).rejects.toThrow('not declared');
    });

    it('sweeps on one worker at a time, at once and then at its pace, and hands over', async () => {
      const [one, two] = [open(), open()];
      const runs: string[] = [];
      for (const [name, jobs] of [['one', one], ['two', two]] as const) jobs.sweep('contract', 300, () => Promise.resolve(void runs.push(name)));
      await one.start();
      await vi.waitFor(() => expect(runs).toEqual(['one']), 1_000);
      await two.start();
      await vi.waitFor(() => expect(runs.length).toBeGreaterThanOrEqual(4), 3_000);
      expect(new Set(runs)).toEqual(new Set(['one']));
      await one.close();
      const before = runs.length;
      await vi.waitFor(() => expect(runs.length).toBeGreaterThan(before + 1), 5_000);
      expect(new Set(runs.slice(before))).toEqual(new Set(['two']));
    });

    it('goes on sweeping after a sweep failed', async () => {
      const jobs = open();
      let runs = 0;
      jobs.sweep('failing', 100, () => (++runs, Promise.reject(new Error('no'))));
      await jobs.start();
      await vi.waitFor(() => expect(runs).toBeGreaterThanOrEqual(3), 5_000);
    });

    it('waits at its end for the job that runs', async () => {
      const jobs = open();
      const Short = kind();
      let [begun, ended] = [false, false];
      jobs.handle(Short, async () => {
        begun = true;
        await sleep(400);
        ended = true;
      });
      await jobs.start();
      await jobs.enqueue(Short, {});
      await vi.waitFor(() => expect(begun).toBe(true), 5_000);
      await jobs.close(5_000);
      expect(ended).toBe(true);
    });

    it('ends in time although a job hangs, and another worker does that job', async () => {
      const [one, two] = [open(), open()];
      const Hanging = kind();
      let begun = false;
      const done = vi.fn(() => Promise.resolve());
      one.handle(Hanging, () => ((begun = true), new Promise(() => undefined)));
      two.handle(Hanging, done);
      await one.start();
      await one.enqueue(Hanging, {});
      await vi.waitFor(() => expect(begun).toBe(true), 5_000);
      const closing = Date.now();
      await one.close(300);
      expect(Date.now() - closing).toBeLessThan(3_500);
      await two.start();
      await vi.waitFor(() => expect(done).toHaveBeenCalledTimes(1), 10_000);
    });

    it('gives the job of a worker that was killed to another', async () => {
      const script = path.join(__dirname, 'jobs-worker.cjs');
      const child = fork(script, [JSON.stringify({ place: where, databaseUrl: db.url })], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
      expect((await once(child, 'message'))[0]).toBe('ready');
      const jobs = open();
      const done = vi.fn(() => Promise.resolve());
      jobs.declare(Stuck);
      await jobs.enqueue(Stuck, { id: 'survivor' });
      expect((await once(child, 'message'))[0]).toBe('survivor');
      child.kill('SIGKILL');
      await once(child, 'exit');
      jobs.handle(Stuck, done);
      await jobs.start();
      await vi.waitFor(() => expect(done).toHaveBeenCalledWith({ id: 'survivor' }), 10_000);
    });

    it('answers a ping', async () => {
      await open().ping();
    });
  });
}
