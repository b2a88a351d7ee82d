import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');
const KEY = 'ck_test_0123456789abcdefghijklmnopqrstuvwxyz';
const READY = /(?:Dashboard|Health)\s+(http:\/\/[^/\s]+)[\s\S]*API key/;

export interface Service {
  readonly url: string;
  readonly key: string;
  readonly dataDir: string;
  readonly process: ChildProcess;
  /** What it printed so far. */
  output(): string;
  /** Sends SIGTERM and waits for the end. */
  stop(): Promise<number | null>;
  /** SIGKILL: the process and nothing else. */
  kill(): Promise<void>;
  /** Stops it and removes its data. */
  close(): Promise<void>;
}

export interface ServiceOptions {
  /** Kept when given; otherwise a folder of its own that `close` removes. */
  readonly dataDir?: string;
  readonly env?: Readonly<Record<string, string>>;
}

function newest(folder: string): number {
  let time = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name.endsWith('.spec.ts')) continue;
    const full = path.join(folder, entry.name);
    time = Math.max(time, entry.isDirectory() ? newest(full) : statSync(full).mtimeMs);
  }
  return time;
}

/** Builds once when the sources are newer than the build; a lock folder keeps two test workers from building at once. */
function build(): void {
  const built = path.join(ROOT, 'dist', 'main.js');
  const stale = (): boolean => !existsSync(built) || !existsSync(path.join(ROOT, 'dist', '.built')) || statSync(path.join(ROOT, 'dist', '.built')).mtimeMs < Math.max(newest(path.join(ROOT, 'src')), newest(path.join(ROOT, 'dashboard')));
  if (!stale()) return;
  mkdirSync(path.join(ROOT, 'dist'), { recursive: true });
  const lock = path.join(ROOT, 'dist', '.building');
  for (let waited = 0; ; waited += 200) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      if (waited > 120_000) throw new Error(`another build holds ${lock}`);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
  try {
    if (!stale()) return;
    execFileSync('npm', ['run', '-s', 'build'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
    writeFileSync(path.join(ROOT, 'dist', '.built'), '');
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** Starts the built service as its users do: a process of its own, on the embedded default unless `env` says otherwise. */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  build();
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(os.tmpdir(), 'corriere-service-')));
  const child = spawn(process.execPath, ['--enable-source-maps', 'dist/main.js'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PORT: '0', CORRIERE_DATA: dataDir, CORRIERE_API_KEY: KEY, CORRIERE_LOG_LEVEL: 'warn', ...options.env },
  });
  let printed = '';
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      // Nobody gets a handle on it any more: left alone it would outlive the run.
      child.kill('SIGKILL');
      reject(new Error(`the service was not ready after 60 s:\n${printed}`));
    }, 60_000);
    const read = (chunk: Buffer): void => {
      printed = (printed + chunk.toString()).slice(-200_000);
      const match = READY.exec(printed);
      if (match?.[1]) {
        clearTimeout(timer);
        resolve(match[1]);
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the service ended with ${code}:\n${printed}`));
    });
  });
  const stop = async (): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    return ended;
  };
  return {
    url,
    key: KEY,
    dataDir,
    process: child,
    output: () => printed,
    stop,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    close: async () => {
      await stop();
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A small client of the API, for tests. */
export class Api {
  constructor(
    readonly url: string,
    readonly key: string,
  ) {}

  async request(method: string, target: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const json = body !== undefined && !(body instanceof Buffer) && typeof body !== 'string';
    return fetch(`${this.url}${target}`, {
      method,
      headers: { authorization: `Bearer ${this.key}`, ...(json ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(body === undefined ? {} : { body: json ? JSON.stringify(body) : (body as Buffer | string) }),
    });
  }

  async json<T>(method: string, target: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    const response = await this.request(method, target, body, headers);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${target}: ${response.status} ${text.slice(0, 800)}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  post(xml: string, headers: Record<string, string> = {}): Promise<{ id: string; fileName: string; status: string; sha256: string }> {
    return this.json('POST', '/v1/invoices', xml, { 'content-type': 'application/xml', ...headers });
  }
}

/** Waits until `check` gives something, or fails saying what it saw last. */
export async function eventually<T>(what: string, check: () => Promise<T | undefined>, timeoutMs = 20_000, everyMs = 50): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await check();
    if (value !== undefined) return value;
    if (Date.now() > end) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
