import { execFile, spawn } from 'node:child_process';
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Log } from '../log/log.js';
import { EmbeddedError } from './errors.js';
import { answers, readPostmaster, survivor } from './postmaster.js';
import { isAlive, waitUntilGone } from './processes.js';

const run = promisify(execFile);

/** The account that the server runs under; undefined: our own. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface ClusterOptions {
  /** Absolute; made when it does not exist. */
  readonly dataDir: string;
  /** Holds `bin/postgres` and `bin/initdb`. */
  readonly binaries: string;
  readonly password: string;
  readonly account?: Account;
  /** Configuration parameters on top of ours. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly log: Log;
}

/** What a cluster on loopback for one service needs. The server's log must hold no data: no statements (`log_min_error_statement`), no details of errors (`terse`). */
const PARAMETERS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '64MB',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_timezone: 'UTC',
  timezone: 'UTC',
};
const START_TRIES = 5;
const START_MS = 60_000;
const STOP_MS = 8_000;
const WATCH_MS = 500;
const LOG_LIMIT = 5_000_000;

/** One PostgreSQL server over one data directory, on 127.0.0.1 and a free port. */
export class Cluster {
  #pid = 0;
  #port = 0;
  #watch: NodeJS.Timeout | undefined;
  #stopping: Promise<void> | undefined;
  readonly #onExit = (): void => this.#signal('SIGINT');

  private constructor(private readonly options: ClusterOptions) {}

  static async start(options: ClusterOptions): Promise<Cluster> {
    const cluster = new Cluster(options);
    if (!existsSync(path.join(options.dataDir, 'PG_VERSION'))) await initialise(options);
    await cluster.#startOrReuse();
    // The last resort when the process ends without stop(): a request to shut down that nobody waits for.
    process.on('exit', cluster.#onExit);
    cluster.#watch = setInterval(() => cluster.#restartWhenGone(), WATCH_MS);
    cluster.#watch.unref();
    return cluster;
  }

  get port(): number {
    return this.#port;
  }

  get pid(): number {
    return this.#pid;
  }

  /** The address of one of its databases. */
  url(database: string): string {
    return `postgres://corriere:${encodeURIComponent(this.options.password)}@127.0.0.1:${this.#port}/${database}`;
  }

  /** Fast shutdown (SIGINT): open transactions are rolled back, then it is gone. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    clearInterval(this.#watch);
    this.#signal('SIGINT');
    if (!(await waitUntilGone(this.#pid, STOP_MS))) {
      this.#signal('SIGQUIT');
      await waitUntilGone(this.#pid, 2_000);
    }
    process.removeListener('exit', this.#onExit);
  }

  #signal(signal: NodeJS.Signals): void {
    try {
      if (this.#pid > 0) process.kill(this.#pid, signal);
    } catch {
      // It is gone already.
    }
  }

  async #startOrReuse(port?: number): Promise<void> {
    const { dataDir, password } = this.options;
    const alive = await survivor(dataDir, password);
    if (alive !== undefined) {
      [this.#pid, this.#port] = [alive.pid, alive.port];
      return;
    }
    for (let tried = 1; ; tried++) {
      const candidate = port ?? (await freePort());
      const failure = await this.#spawn(candidate);
      if (failure === undefined) return;
      // The port was taken meanwhile, or backends of a killed postmaster have not noticed its end yet.
      if (tried >= START_TRIES || !/could not bind|Address already in use|shared memory block|postmaster\.pid/.test(failure)) {
        throw new EmbeddedError(`the embedded PostgreSQL in ${dataDir} did not start: ${failure}`);
      }
      await sleep(500);
    }
  }

  /** Undefined when it runs, else the last lines of its log. */
  async #spawn(port: number): Promise<string | undefined> {
    const { dataDir, binaries, account, password } = this.options;
    const logFile = path.join(path.dirname(dataDir), `${path.basename(dataDir)}.log`);
    if (existsSync(logFile) && statSync(logFile).size > LOG_LIMIT) renameSync(logFile, `${logFile}.1`);
    const log = openSync(logFile, 'a', 0o600);
    const begin = statSync(logFile).size;
    const settings = Object.entries({ ...PARAMETERS, ...this.options.parameters, port: String(port) }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    // A session of its own: ctrl-C at the terminal goes to the whole foreground group, but the database must outlive the rooms that use it.
    const child = spawn(path.join(binaries, 'bin', 'postgres'), ['-D', dataDir, ...settings], { ...environment(account), detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
    let gone = false;
    child.once('exit', () => (gone = true));
    child.once('error', () => (gone = true));
    child.unref();
    for (const deadline = Date.now() + START_MS; !gone; await sleep(5)) {
      const postmaster = readPostmaster(dataDir);
      if (postmaster?.pid === child.pid && postmaster?.status === 'ready' && (await answers(port, password, dataDir))) {
        [this.#pid, this.#port] = [postmaster.pid, port];
        return undefined;
      }
      if (Date.now() > deadline) {
        child.kill('SIGINT');
        return `not ready after ${START_MS / 1_000} s`;
      }
    }
    return readFileSync(logFile).subarray(begin).toString('utf8').trim().split('\n').slice(-5).join(' | ') || 'it could not be run';
  }

  #restartWhenGone(): void {
    if (this.#stopping !== undefined || isAlive(this.#pid)) return;
    clearInterval(this.#watch);
    this.options.log.error('the embedded PostgreSQL has ended by itself; starting it again');
    this.#startOrReuse(this.#port).then(
      () => {
        // Stopped while it was starting: the same request again, to the new process.
        if (this.#stopping !== undefined) return this.#signal('SIGINT');
        this.#watch = setInterval(() => this.#restartWhenGone(), WATCH_MS);
        this.#watch.unref();
      },
      (error: Error) => this.options.log.error('the embedded PostgreSQL cannot be started again', { error }),
    );
  }
}

/** Made beside and renamed, so that a crash in between leaves nothing that looks like a cluster. */
async function initialise(options: ClusterOptions): Promise<void> {
  const { dataDir, binaries, account, password } = options;
  const fresh = `${dataDir}.new`;
  const passwordFile = `${dataDir}.password`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  try {
    if (account !== undefined) {
      chownSync(fresh, account.uid, account.gid);
      chownSync(passwordFile, account.uid, account.gid);
    }
    await run(
      path.join(binaries, 'bin', 'initdb'),
      ['-D', fresh, '-U', 'corriere', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
      environment(account),
    );
  } catch (error) {
    throw new EmbeddedError(`the embedded PostgreSQL could not be set up in ${dataDir}: ${lastLine((error as { stderr?: string }).stderr) ?? (error as Error).message}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(fresh, dataDir);
}

function lastLine(text: string | undefined): string | undefined {
  return text?.trim().split('\n').at(-1) || undefined;
}

/** Nothing of our own environment: it holds secrets, and PG* variables would change what the server does. */
function environment(account: Account | undefined): { uid?: number; gid?: number; cwd: string; env: NodeJS.ProcessEnv } {
  return { ...account, cwd: os.tmpdir(), env: { PATH: process.env['PATH'], HOME: os.tmpdir(), LC_ALL: 'C', TZ: 'UTC' } };
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
