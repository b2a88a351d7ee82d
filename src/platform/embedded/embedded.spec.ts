import { execFileSync, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { SilentLog } from '../log/log.js';
import { packagedBinaries, stageBinaries, usableBinaries } from './binaries.js';
import { Cluster, type ClusterOptions } from './cluster.js';
import { DataDirLock } from './data-dir-lock.js';
import { NOBODY, place, ROOT_BASE } from './placement.js';
import { readPostmaster } from './postmaster.js';
import { incarnation, isAlive, waitUntilGone } from './processes.js';

const root = process.getuid?.() === 0;
const endings: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

function temporary(): string {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'corriere-embedded-'));
  if (root) chmodSync(directory, 0o755);
  endings.push(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A cluster that was set up once for this file; most tests need not see the set-up itself. */
let prepared: Promise<string> | undefined;
async function preparedOptions(): Promise<ClusterOptions> {
  prepared ??= (async () => {
    const base = mkdtempSync(path.join(os.tmpdir(), 'corriere-prepared-'));
    if (root) chmodSync(base, 0o755);
    await (await Cluster.start(options(base))).stop();
    return base;
  })();
  const settings = options(temporary());
  execFileSync('cp', ['-a', path.join(await prepared, 'postgres'), settings.dataDir]);
  return settings;
}
afterAll(async () => {
  if (prepared !== undefined) rmSync(await prepared, { recursive: true, force: true });
});

function options(base: string): ClusterOptions {
  return {
    dataDir: path.join(base, 'postgres'),
    binaries: usableBinaries(root ? ROOT_BASE : base, root),
    password: "it's a/pässword?",
    account: root ? NOBODY : undefined,
    parameters: { fsync: 'off' },
    log: new SilentLog(),
  };
}

async function ask<T>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

describe('Cluster', () => {
  it('sets up, starts, stops and starts again with what was written', async () => {
    const settings = options(temporary());
    const first = await Cluster.start(settings);
    await ask(first.url('postgres'), 'CREATE TABLE kept AS SELECT 42 AS answer');
    expect(await ask(first.url('postgres'), "SELECT lower('SOCIETÀ') AS lower, current_setting('server_encoding') AS encoding")).toEqual([{ lower: 'società', encoding: 'UTF8' }]);
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);
    const second = await Cluster.start(settings);
    expect(await ask(second.url('postgres'), 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await second.stop();
  });

  it('lets nobody in without the password, and listens on loopback only', async () => {
    const cluster = await Cluster.start(await preparedOptions());
    endings.push(() => cluster.stop());
    await expect(ask(`postgres://corriere:wrong@127.0.0.1:${cluster.port}/postgres`, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    expect(await ask(cluster.url('postgres'), 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
  });

  it('takes over the server of a parent that was killed, and only asks the same one to stop', async () => {
    const settings = await preparedOptions();
    const script = path.join(__dirname, '../../../test/support/start-cluster.cjs');
    const parent = fork(script, [JSON.stringify({ ...settings, log: undefined })], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const [port] = (await once(parent, 'message')) as [number];
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    const cluster = await Cluster.start(settings);
    expect(cluster.port).toBe(port);
    expect(await ask(cluster.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await cluster.stop();
    expect(isAlive(cluster.pid)).toBe(false);
  });

  it('waits for a server that is just dying', async () => {
    const settings = await preparedOptions();
    const first = await Cluster.start(settings);
    const idle = new Client({ connectionString: first.url('postgres') });
    idle.on('error', () => undefined);
    await idle.connect();
    // A smart shutdown waits for its clients, so the process is there and does not answer.
    process.kill(first.pid, 'SIGTERM');
    setTimeout(() => void idle.end(), 700);
    const stopping = first.stop();
    const second = await Cluster.start(settings);
    endings.push(() => second.stop());
    await stopping;
    expect(second.pid).not.toBe(first.pid);
    expect(await ask(second.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('recovers from a postmaster killed with -9 and a postmaster.pid that names a stranger', async () => {
    const settings = await preparedOptions();
    const first = await Cluster.start(settings);
    const { dataDir } = settings;
    const file = path.join(dataDir, 'postmaster.pid');
    const left = readFileSync(file, 'utf8');
    const stopped = first.stop();
    await stopped;
    const stranger = spawn('sleep', ['60']);
    endings.push(() => void stranger.kill());
    writeFileSync(file, left.replace(/^\d+/, String(stranger.pid)));
    const second = await Cluster.start(settings);
    endings.push(() => second.stop());
    expect(readPostmaster(dataDir)?.pid).toBe(second.pid);
    expect(isAlive(stranger.pid!)).toBe(true);
  });

  it('starts the server again, on the same port, when it is killed under us', async () => {
    const cluster = await Cluster.start(await preparedOptions());
    endings.push(() => cluster.stop());
    const { pid, port } = cluster;
    process.kill(pid, 'SIGKILL');
    await waitUntilGone(pid, 5_000);
    await expect.poll(() => ask(cluster.url('postgres'), 'SELECT 1 AS one').catch(() => []), { timeout: 15_000, interval: 100 }).toEqual([{ one: 1 }]);
    expect(cluster.port).toBe(port);
    // The server may answer before its launcher has read its id.
    await expect.poll(() => cluster.pid, { timeout: 5_000 }).not.toBe(pid);
  });

  it('begins anew after a set-up that was cut short', async () => {
    const settings = options(temporary());
    mkdirSync(`${settings.dataDir}.new/base`, { recursive: true });
    const cluster = await Cluster.start(settings);
    endings.push(() => cluster.stop());
    expect(existsSync(`${settings.dataDir}.new`)).toBe(false);
    expect(existsSync(`${settings.dataDir}.password`)).toBe(false);
  });

  it('hands none of our environment to the server', async () => {
    process.env['CORRIERE_MASTER_KEY'] = 'secret-for-the-test';
    endings.push(() => void delete process.env['CORRIERE_MASTER_KEY']);
    const cluster = await Cluster.start(await preparedOptions());
    endings.push(() => cluster.stop());
    if (process.platform === 'linux') expect(readFileSync(`/proc/${cluster.pid}/environ`, 'utf8')).not.toContain('secret-for-the-test');
  });
});

describe('binaries', () => {
  it('says what to do on a platform that has none', () => {
    expect(() => packagedBinaries('sunos', 'sparc')).toThrow(/no embedded PostgreSQL for sunos sparc.*DATABASE_URL/);
  });

  it('makes a copy that runs, once, with the links that a package cannot carry', () => {
    const base = temporary();
    const staged = stageBinaries(packagedBinaries(), base);
    expect(execFileSync(path.join(staged, 'bin/postgres'), ['--version'], { encoding: 'utf8' })).toContain('18.');
    expect(readdirSync(path.join(staged, 'lib')).some((name) => name === 'libpq.so.5' || name.endsWith('.dylib'))).toBe(true);
    const { ino } = statSync(staged);
    expect(statSync(stageBinaries(packagedBinaries(), base)).ino).toBe(ino);
    expect(readdirSync(base)).toHaveLength(1);
  });
});

describe('DataDirLock', () => {
  it('is held by one, and free again when released', () => {
    const directory = temporary();
    const lock = DataDirLock.acquire(directory);
    expect(() => DataDirLock.acquire(directory)).toThrow(new RegExp(`in use by another Corriere process \\(process id ${process.pid}\\)`));
    lock.release();
    DataDirLock.acquire(directory).release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it.each([
    ['a process that is no more', JSON.stringify({ pid: 2 ** 22 - 1, incarnation: 'x' })],
    ['an earlier process with the id of a living one', JSON.stringify({ pid: process.ppid, incarnation: 'another boot/1' })],
    ['nobody', ''],
  ])('passes over the lock of %s', (_, content) => {
    const directory = temporary();
    writeFileSync(path.join(directory, 'corriere.lock'), content);
    DataDirLock.acquire(directory).release();
  });

  it('waits a moment for a holder that is going', async () => {
    const directory = temporary();
    const going = DataDirLock.acquire(directory);
    await expect(DataDirLock.acquireSoon(directory, 100)).rejects.toThrow('in use by another Corriere process');
    const soon = DataDirLock.acquireSoon(directory, 10_000);
    setTimeout(() => going.release(), 100);
    (await soon).release();
  });

  it.skipIf(process.platform !== 'linux')('counts a process that has ended but was not collected for gone', async () => {
    // The shell becomes a sleep that never asks for its child.
    const parent = spawn('sh', ['-c', 'sh -c "echo \\$\\$" & exec sleep 30'], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const pid = Number(await new Promise<string>((resolve) => parent.stdout.once('data', (data: Buffer) => resolve(data.toString()))));
      await expect.poll(() => isAlive(pid) && incarnation(pid) === undefined, { timeout: 10_000 }).toBe(true);
    } finally {
      parent.kill('SIGKILL');
    }
  });

  it('tells processes apart by more than their id', () => {
    expect(incarnation(process.pid)).toBe(incarnation(process.pid));
    expect(incarnation(process.pid)).not.toBe(incarnation(process.ppid));
    expect(incarnation(2 ** 22 - 1)).toBeUndefined();
  });
});

describe('place', () => {
  const dirs = (): { data: string; base: string } => {
    const top = temporary();
    const data = path.join(top, 'data');
    mkdirSync(data);
    return { data, base: path.join(top, 'base') };
  };

  it('keeps the cluster inside the data directory for a plain user, with a password for the owner only', () => {
    const { data, base } = dirs();
    const placed = place(data, false, base);
    expect(placed.clusterDir).toBe(path.join(data, 'postgres'));
    expect(placed.account).toBeUndefined();
    expect(placed.password.length).toBeGreaterThan(20);
    expect(statSync(path.join(data, 'embedded-postgres.json')).mode & 0o777).toBe(0o600);
    expect(place(data, false, base).password).toBe(placed.password);
  });

  it('keeps the cluster of root elsewhere, one per data directory', () => {
    const [one, two] = [dirs(), dirs()];
    const placed = place(one.data, true, one.base);
    expect(placed.account).toEqual(NOBODY);
    expect(path.dirname(placed.clusterDir)).toBe(one.base);
    expect(place(two.data, true, one.base).clusterDir).not.toBe(placed.clusterDir);
  });

  it('follows a data directory that was moved, and refuses one that was copied', () => {
    const { data, base } = dirs();
    const placed = place(data, true, base);
    mkdirSync(placed.clusterDir);
    placed.confirm();
    cpSync(data, `${data}-copy`, { recursive: true });
    expect(() => place(`${data}-copy`, true, base)).toThrow(/is a copy of/);
    renameSync(data, `${data}-moved`);
    expect(place(`${data}-moved`, true, base).clusterDir).toBe(placed.clusterDir);
  });

  it('does not begin with an empty database where a full one has gone', () => {
    const { data, base } = dirs();
    place(data, false, base).confirm();
    expect(() => place(data, false, base)).toThrow(/is not there any more/);
  });

  it('does not use the cluster of root as somebody else', () => {
    const { data, base } = dirs();
    const placed = place(data, true, base);
    mkdirSync(placed.clusterDir);
    placed.confirm();
    expect(() => place(data, false, base)).toThrow(/set up by root/);
  });

  it('does not guess when its record is damaged', () => {
    const { data, base } = dirs();
    writeFileSync(path.join(data, 'embedded-postgres.json'), '{"id":');
    expect(() => place(data, false, base)).toThrow(/cannot be read/);
  });
});
