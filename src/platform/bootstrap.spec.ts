import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ROOT_BASE } from './embedded/placement.js';

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
  endings.push(() => {
    for (const name of readdirSync(ROOT_BASE).filter((entry) => entry.endsWith('.owner'))) {
      const owner = path.join(ROOT_BASE, name);
      if (!readFileSync(owner, 'utf8').startsWith(directory)) continue;
      const cluster = owner.slice(0, -'.owner'.length);
      for (const left of [cluster, `${cluster}.log`, owner]) rmSync(left, { recursive: true, force: true });
    }
    rmSync(directory, { recursive: true, force: true });
  });
  return directory;
}

/** The servers that work on a data directory of the test. */
function postmasters(): Set<number> {
  const found = new Set<number>();
  if (process.platform !== 'linux') return found;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (/^\S*\/bin\/postgres\0-D/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))) found.add(Number(pid));
    } catch {
      // Gone meanwhile.
    }
  }
  return found;
}

describe('bootstrap on the embedded default', { timeout: 90_000 }, () => {
  it('starts, serves, ends on SIGTERM with code 0 and leaves no process', async () => {
    const before = postmasters();
    const service = await Service.start(temporary());
    const started = [...postmasters()].filter((pid) => !before.has(pid));
    expect((await service.get('/healthz')).status).toBe(200);
    const ready = await service.get('/readyz');
    expect([ready.status, await ready.json()]).toMatchObject([200, { ready: true, checks: { database: { ok: true }, jobs: { ok: true } } }]);
    const metrics = await (await service.get('/metrics')).text();
    expect(metrics).toContain('process_resident_memory_bytes');
    service.child.kill('SIGTERM');
    expect(await service.exit).toBe(0);
    expect(service.messages).toContain('room destroyed');
    expect([...postmasters()].filter((pid) => started.includes(pid))).toEqual([]);
  });

  it('goes on after kill -9: same data, jobs of the dead process done', async () => {
    const dataDir = temporary();
    const first = await Service.start(dataDir);
    for (let n = 1; n <= 40; n++) await first.get(`/v1/small/enqueue?n=${n}`);
    first.child.kill('SIGKILL');
    await first.exit;
    const second = await Service.start(dataDir);
    await expect
      .poll(async () => ((await (await second.get('/v1/small/counts')).json()) as { counts: number[] }).counts, { timeout: 40_000, interval: 200 })
      .toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  });

  it('lets only one process work on a data folder, and says so in one line', async () => {
    const dataDir = temporary();
    const first = await Service.start(dataDir);
    const second = Service.launch(dataDir);
    expect(await second.exit).toBe(2);
    expect(second.output.trim().split('\n')).toEqual([expect.stringMatching(new RegExp(`^corriere: .* is in use by another Corriere process \\(process id ${first.child.pid}\\)`))]);
    expect((await first.get('/readyz')).status).toBe(200);
  });

  it('answers the request that runs before it ends, and takes no new one', async () => {
    const service = await Service.start(temporary());
    const slow = service.get('/v1/small/slow');
    await service.told((message) => message === 'request runs');
    service.child.kill('SIGINT');
    await service.told((message) => message === 'room destroyed');
    await expect(service.get('/healthz')).rejects.toThrow();
    expect(await (await slow).json()).toEqual({ rows: [{ one: 1 }] });
    expect(await service.exit).toBe(0);
  });

  it('does not wait for a request that never ends', async () => {
    const service = await Service.start(temporary());
    const never = service.get('/v1/small/never').catch(() => 'cut off');
    await service.told((message) => message === 'request runs');
    const begun = Date.now();
    service.child.kill('SIGTERM');
    expect(await service.exit).toBe(0);
    expect(Date.now() - begun).toBeLessThan(8_000);
    expect(await never).toBe('cut off');
  });

  it('ends at once on a second signal, and still takes the database down', async () => {
    const before = postmasters();
    const service = await Service.start(temporary());
    const started = [...postmasters()].filter((pid) => !before.has(pid));
    void service.get('/v1/small/never').catch(() => undefined);
    await service.told((message) => message === 'request runs');
    service.child.kill('SIGINT');
    await service.told((message) => message === 'room destroyed');
    service.child.kill('SIGINT');
    expect(await service.exit).toBe(1);
    await expect.poll(() => [...postmasters()].filter((pid) => started.includes(pid)), { timeout: 10_000 }).toEqual([]);
  });

  it('processes nothing in the role api', async () => {
    const service = await Service.start(temporary(), { CORRIERE_ROLE: 'api' });
    await service.get('/v1/small/enqueue?n=1');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await (await service.get('/v1/small/counts')).json()).toEqual({ counts: [] });
  });
});
