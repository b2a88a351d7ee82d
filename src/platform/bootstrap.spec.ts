import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readPostmaster } from './embedded/postmaster.js';
import { isAlive } from './embedded/processes.js';

const endings: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

class Service {
  readonly messages: unknown[] = [];
  output = '';
  readonly exit: Promise<number | null>;
  port = 0;

  private constructor(readonly child: ChildProcess) {
    this.exit = once(child, 'exit').then(([code]) => code as number | null);
    child.on('message', (message) => this.messages.push(message));
    child.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
  }

  static launch(dataDir: string, env: Record<string, string> = {}): Service {
    const script = path.join(__dirname, '../../test/support/small-service.cjs');
    const service = new Service(
      fork(script, { env: { PATH: process.env['PATH'], PORT: '0', CORRIERE_DATA: dataDir, CORRIERE_SANDBOX: 'off', CORRIERE_LOG_LEVEL: 'info', ...env }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] }),
    );
    endings.push(async () => {
      service.child.kill('SIGTERM');
      await service.exit;
    });
    return service;
  }

  static async start(dataDir: string, env?: Record<string, string>): Promise<Service> {
    const service = Service.launch(dataDir, env);
    await service.told((message) => (message as { port?: number }).port !== undefined);
    service.port = (service.messages.find((message) => (message as { port?: number }).port !== undefined) as { port: number }).port;
    return service;
  }

  async told(expected: (message: unknown) => boolean): Promise<void> {
    await expect.poll(() => this.messages.some(expected) || this.child.exitCode, { timeout: 30_000, interval: 10 }).toSatisfy((seen) => seen === true || typeof seen === 'number');
    if (!this.messages.some(expected)) throw new Error(this.output);
  }

  get(route: string, init?: RequestInit): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.port}${route}`, init);
  }
}

function temporary(): string {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'corriere-bootstrap-'));
  endings.push(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** The process of the database server that works on a data directory. */
function postmaster(dataDir: string): number {
  const home = path.join(dataDir, 'postgres');
  const { cluster } = JSON.parse(readFileSync(path.join(home, 'embedded-postgres.json'), 'utf8')) as { cluster: string };
  return readPostmaster(path.resolve(home, cluster))!.pid;
}

describe('bootstrap on the embedded default', { timeout: 90_000 }, () => {
  it('serves, keeps a second process off its folder, answers what runs before it ends, and leaves no process', async () => {
    const dataDir = temporary();
    const service = await Service.start(dataDir);
    const database = postmaster(dataDir);
    expect((await service.get('/healthz')).status).toBe(200);
    const ready = await service.get('/readyz');
    expect([ready.status, await ready.json()]).toMatchObject([200, { ready: true, checks: { database: { ok: true }, jobs: { ok: true } } }]);
    expect(await (await service.get('/metrics')).text()).toContain('process_resident_memory_bytes');

    const second = Service.launch(dataDir);
    expect(await second.exit).toBe(2);
    expect(second.output.trim().split('\n')).toEqual([expect.stringMatching(new RegExp(`^corriere: .* is in use by another Corriere process \\(process id ${service.child.pid}\\)`))]);

    const slow = service.get('/v1/small/slow');
    await service.told((message) => message === 'request runs');
    service.child.kill('SIGTERM');
    await service.told((message) => message === 'room destroyed');
    await expect(service.get('/healthz')).rejects.toThrow();
    expect(await (await slow).json()).toEqual({ rows: [{ one: 1 }] });
    expect(await service.exit).toBe(0);
    expect(isAlive(database)).toBe(false);
  });

  it('goes on after kill -9 with the same data and the jobs of the dead process; then does not wait for a request that never ends', async () => {
    const dataDir = temporary();
    const first = await Service.start(dataDir);
    for (let n = 1; n <= 40; n++) await first.get(`/v1/small/enqueue?n=${n}`);
    first.child.kill('SIGKILL');
    await first.exit;
    const second = await Service.start(dataDir);
    await expect
      .poll(async () => ((await (await second.get('/v1/small/counts')).json()) as { counts: number[] }).counts, { timeout: 40_000, interval: 200 })
      .toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    const never = second.get('/v1/small/never').catch(() => 'cut off');
    await second.told((message) => message === 'request runs');
    const begun = Date.now();
    second.child.kill('SIGINT');
    expect(await second.exit).toBe(0);
    expect(Date.now() - begun).toBeLessThan(20_000);
    expect(await never).toBe('cut off');
  });

  it('processes no job in the role api, and ends at once on a second signal with the database', async () => {
    const dataDir = temporary();
    const service = await Service.start(dataDir, { CORRIERE_ROLE: 'api' });
    const database = postmaster(dataDir);
    await service.get('/v1/small/enqueue?n=1');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await (await service.get('/v1/small/counts')).json()).toEqual({ counts: [] });
    void service.get('/v1/small/never').catch(() => undefined);
    await service.told((message) => message === 'request runs');
    service.child.kill('SIGINT');
    await service.told((message) => message === 'room destroyed');
    service.child.kill('SIGINT');
    expect(await service.exit).toBe(1);
    await expect.poll(() => isAlive(database), { timeout: 10_000 }).toBe(false);
  });
});
