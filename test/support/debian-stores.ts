import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { findProgram } from './system-programs.js';

/** Debian keeps PostgreSQL's programs outside the PATH, one folder per major version. */
const POSTGRES_HOME = '/usr/lib/postgresql';

/** The newest `bin` folder of Debian's PostgreSQL, if any. */
export function debianPostgres(): string | undefined {
  if (!existsSync(POSTGRES_HOME)) return undefined;
  const [newest] = readdirSync(POSTGRES_HOME).sort((a, b) => Number(b) - Number(a));
  const bin = path.join(POSTGRES_HOME, newest ?? '', 'bin');
  return existsSync(path.join(bin, 'initdb')) ? bin : undefined;
}

export interface Store {
  readonly url: string;
  close(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}

async function until(what: string, check: () => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await check();
    } catch (error) {
      if (tries > 100) throw new Error(`${what} did not start`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Debian's PostgreSQL in a folder of its own; as root it runs as `postgres`, because it refuses root. */
export async function startPostgres(bin: string): Promise<Store> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'corriere-postgres-'));
  const root = process.getuid?.() === 0;
  const ids = root ? { uid: Number(execFileSync('id', ['-u', 'postgres'])), gid: Number(execFileSync('id', ['-g', 'postgres'])) } : {};
  const data = path.join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (root) {
    chmodSync(folder, 0o755);
    execFileSync('chown', ['postgres:postgres', data]);
  }
  execFileSync(path.join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C'], { ...ids, cwd: os.tmpdir(), stdio: 'ignore' });
  const port = await freePort();
  const child = spawn(path.join(bin, 'postgres'), ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', '', '-c', 'max_connections=200'], { ...ids, cwd: os.tmpdir(), stdio: 'ignore' });
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  await until('PostgreSQL', async () => {
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.end();
  });
  return {
    url,
    close: async () => {
      await ended(child, 'SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Debian's Redis on a free port, keeping nothing. */
export async function startRedis(): Promise<Store> {
  const port = await freePort();
  const child = spawn(findProgram('redis-server') ?? 'redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'], { cwd: os.tmpdir(), stdio: 'ignore' });
  const url = `redis://127.0.0.1:${port}`;
  const cli = findProgram('redis-cli') ?? 'redis-cli';
  await until('Redis', async () => void execFileSync(cli, ['-p', String(port), 'ping'], { stdio: 'ignore' }));
  return { url, close: () => ended(child, 'SIGTERM') };
}
