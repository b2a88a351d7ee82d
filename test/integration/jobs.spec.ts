import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { defineJob } from '../../src/platform/jobs/jobs.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { jobsContract } from '../support/jobs-contract.js';
import { openJobs } from '../support/jobs.js';

const present = hasRedis();
if (!present && process.env['CI'] === 'true') throw new Error('redis-server is missing: the jobs on Redis cannot be tested (apt-get install redis-server)');
if (!present) console.warn('SKIPPED: jobs on Redis, because redis-server is not installed (apt-get install redis-server)');

describe.skipIf(!present)('Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await RedisServer.start();
  });
  afterAll(() => redis.dispose());

  jobsContract('jobs on Redis', () => ({ kind: 'redis', url: redis.url, prefix: `test-${randomBytes(4).toString('hex')}` }));

  describe('a Redis that forgets', { timeout: 60_000 }, () => {
    const Due = defineJob<{ id: number }>('test.due');
    let db: TestDatabase;
    beforeAll(async () => {
      db = await testDatabase();
      await db.database.query('CREATE TABLE due (id integer PRIMARY KEY, done boolean NOT NULL DEFAULT false)');
    });
    afterAll(() => db.close());
    const undone = () => db.database.query('SELECT id FROM due WHERE NOT done');

    it('loses nothing that a sweep can find: FLUSHALL in the middle of the work', async () => {
      const jobs = openJobs({ kind: 'redis', url: redis.url, prefix: 'flushed' }, db.database);
      jobs.handle(Due, async ({ id }) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        await db.database.query('UPDATE due SET done = true WHERE id = $1', [id]);
      });
      jobs.sweep('due', 300, async () => {
        for (const { id } of await undone()) await jobs.enqueue(Due, { id: id as number }, { key: String(id) });
      });
      await jobs.start();
      const client = new Redis(redis.url);
      for (let id = 1; id <= 300; id++) {
        await db.database.query('INSERT INTO due (id) VALUES ($1)', [id]);
        await jobs.enqueue(Due, { id }, { key: String(id), delayMs: id % 3 === 0 ? 60_000 : 0 });
        if (id % 60 === 0) await client.flushall();
      }
      await client.flushall();
      await vi.waitFor(async () => expect(await undone()).toEqual([]), { timeout: 20_000, interval: 100 });
      client.disconnect();
      await jobs.close();
    });

    it('does not hold up an enqueue while Redis is away, and goes on when it is back', async () => {
      const own = await RedisServer.start();
      const jobs = openJobs({ kind: 'redis', url: own.url, prefix: 'away' }, db.database);
      const seen = vi.fn(() => Promise.resolve());
      jobs.handle(Due, seen);
      await jobs.start();
      await own.stop();
      const begun = Date.now();
      await jobs.enqueue(Due, { id: 1 });
      expect(Date.now() - begun).toBeLessThan(3_000);
      await own.startAgain();
      await vi.waitFor(
        async () => {
          await jobs.enqueue(Due, { id: 2 });
          expect(seen).toHaveBeenCalled();
        },
        { timeout: 20_000, interval: 200 },
      );
      await jobs.close();
      await own.dispose();
    });
  });
});

function hasRedis(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A redis-server of our own on loopback, without persistence. */
class RedisServer {
  readonly #directory = mkdtempSync(path.join(os.tmpdir(), 'corriere-redis-'));
  #child: ChildProcess | undefined;

  private constructor(private readonly port: number) {}

  static async start(): Promise<RedisServer> {
    const server = new RedisServer(await freePort());
    await server.startAgain();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async startAgain(): Promise<void> {
    const settings = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', this.#directory, '--maxmemory-policy', 'noeviction'];
    this.#child = spawn('redis-server', settings, { stdio: 'ignore' });
    const client = new Redis(this.url, { retryStrategy: () => 20, maxRetriesPerRequest: 500 });
    client.on('error', () => undefined);
    await client.ping();
    client.disconnect();
  }

  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }

  async dispose(): Promise<void> {
    await this.stop();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
