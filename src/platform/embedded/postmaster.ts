import { readFileSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { EmbeddedError } from './errors.js';
import { commandLine, isAlive } from './processes.js';

/** How long a server that is shutting down, or recovering from a crash, is waited for. */
const PATIENCE_MS = 60_000;

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Line 8 of the file: `starting`, `ready`, `stopping`, … */
  readonly status: string;
}

/** Reads `postmaster.pid` (PostgreSQL manual, "Database File Layout"): process id, data directory, start time, port, socket directory, address, shared memory, status. */
export function readPostmaster(dataDir: string): Postmaster | undefined {
  try {
    const lines = readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    return Number.isInteger(pid) && pid > 0 ? { pid, port, status: (lines[7] ?? '').trim() } : undefined;
  } catch {
    return undefined;
  }
}

/** True when the process of the file runs and is the server of this directory, not a later process that was given the same id. */
export function isServerOf(postmaster: Postmaster, dataDir: string): boolean {
  if (!isAlive(postmaster.pid)) return false;
  const command = commandLine(postmaster.pid);
  return command !== undefined && command.includes('postgres') && command.includes(dataDir);
}

/** True when a server answers at this port with our password and serves this directory. */
export async function answers(port: number, password: string, dataDir: string): Promise<boolean> {
  const client = new Client({ host: '127.0.0.1', port, user: 'corriere', password, database: 'postgres', connectionTimeoutMillis: 3_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    return rows[0] !== undefined && realpathSync(rows[0].data_directory) === realpathSync(dataDir);
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * A server of this directory that outlived its parent, if there is one that answers. One that is starting or dying is waited for; a file
 * left over by a process that is no more is removed, because its id may meanwhile belong to somebody else.
 */
export async function survivor(dataDir: string, password: string): Promise<Postmaster | undefined> {
  for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(25)) {
    const postmaster = readPostmaster(dataDir);
    if (postmaster === undefined) return undefined;
    if (!isServerOf(postmaster, dataDir)) {
      // The server may be removing the file itself at this moment.
      if (readPostmaster(dataDir)?.pid === postmaster.pid) rmSync(path.join(dataDir, 'postmaster.pid'), { force: true });
      return undefined;
    }
    if (postmaster.status === 'ready' && (await answers(postmaster.port, password, dataDir))) return postmaster;
    if (Date.now() > deadline) {
      throw new EmbeddedError(`the PostgreSQL server with process id ${postmaster.pid} holds ${dataDir} but does not answer with the password kept for it; stop that process and start again`);
    }
  }
}
