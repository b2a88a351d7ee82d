import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Settings } from './settings.js';

/** The environment cannot be used; `lines` says why, one clear line for each thing to mend. */
export class SettingsError extends Error {
  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'SettingsError';
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

const MASTER_KEY_BYTES = 32;
const KNOWN = [
  'CORRIERE_DATA',
  'CORRIERE_API_KEY',
  'CORRIERE_MASTER_KEY',
  'CORRIERE_SANDBOX',
  'CORRIERE_TRUST_DIR',
  'CORRIERE_ROLE',
  'CORRIERE_PUBLIC_URL',
  'CORRIERE_LOG_LEVEL',
  'CORRIERE_WEBHOOKS_PRIVATE',
] as const;
const ROLES = ['api', 'worker', 'all'] as const;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;

/** Collects what is wrong, so that a person mends all of it at once. An empty variable counts as not set, as containers write it. */
class Reader {
  readonly errors: string[] = [];

  constructor(private readonly environment: Environment) {}

  text(name: string): string | undefined {
    const value = this.environment[name]?.trim();
    return value === '' ? undefined : value;
  }

  choice<Value extends string>(name: string, values: readonly Value[], fallback: Value): Value {
    const value = this.text(name);
    const found = values.find((candidate) => candidate === value);
    if (value !== undefined && found === undefined) this.errors.push(`${name}=${value}: must be one of ${values.join(', ')}`);
    return found ?? fallback;
  }

  flag(name: string, fallback: boolean): boolean {
    return this.choice(name, ['on', 'off'], fallback ? 'on' : 'off') === 'on';
  }

  port(name: string, fallback: number): number {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const port = /^\d{1,5}$/.test(value) ? Number(value) : NaN;
    if (port >= 0 && port <= 65_535) return port;
    this.errors.push(`${name}=${value}: must be a port number from 0 to 65535`);
    return fallback;
  }

  /** The folder as an absolute path; it must be there and be readable. */
  folder(name: string, cwd: string): string | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const folder = path.resolve(cwd, value);
    try {
      readdirSync(folder);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      this.errors.push(`${name}=${value}: ${code === 'ENOENT' ? 'there is no such folder' : code === 'ENOTDIR' ? 'is a file, not a folder' : `cannot be read (${code ?? 'unknown error'})`}`);
    }
    return folder;
  }

  /** The value itself never shows in a message: it holds a password. */
  url(name: string, protocols: readonly string[], secret: boolean): string | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const protocol = URL.canParse(value) ? new URL(value).protocol : '';
    if (!protocols.includes(protocol)) this.errors.push(`${name}${secret ? '' : `=${value}`}: must be a URL that begins with ${protocols.map((known) => `${known}//`).join(' or ')}`);
    return value;
  }
}

/**
 * Settings from the environment (house plan, section 7). Makes the data folder, and in it the master key on the embedded default.
 * @throws SettingsError naming every unknown `CORRIERE_*` and every bad value
 */
export function readSettings(environment: Environment, cwd: string = process.cwd()): Settings {
  const reader = new Reader(environment);
  for (const name of Object.keys(environment).sort()) {
    if (name.startsWith('CORRIERE_') && !KNOWN.some((known) => known === name)) reader.errors.push(`${name}: is not a setting of Corriere (${KNOWN.join(', ')})`);
  }
  const databaseUrl = reader.url('DATABASE_URL', ['postgres:', 'postgresql:'], true);
  const redisUrl = reader.url('REDIS_URL', ['redis:', 'rediss:'], true);
  const publicUrl = reader.url('CORRIERE_PUBLIC_URL', ['http:', 'https:'], false);
  const port = reader.port('PORT', 3000);
  const host = reader.text('HOST') ?? '127.0.0.1';
  const dataDir = path.resolve(cwd, reader.text('CORRIERE_DATA') ?? 'data');
  const sandbox = reader.flag('CORRIERE_SANDBOX', databaseUrl === undefined);
  const webhooksPrivate = reader.flag('CORRIERE_WEBHOOKS_PRIVATE', sandbox);
  const trustDir = reader.folder('CORRIERE_TRUST_DIR', cwd);
  const role = reader.choice('CORRIERE_ROLE', ROLES, 'all');
  const logLevel = reader.choice('CORRIERE_LOG_LEVEL', LOG_LEVELS, 'info');
  const apiKey = reader.text('CORRIERE_API_KEY');
  if (apiKey !== undefined && !/^[\x21-\x7e]{20,200}$/.test(apiKey)) reader.errors.push('CORRIERE_API_KEY: must be 20 to 200 visible characters without blanks');
  const masterKeyText = reader.text('CORRIERE_MASTER_KEY');
  let masterKey = masterKeyText === undefined ? undefined : parseMasterKey(masterKeyText);
  if (masterKeyText !== undefined && masterKey === undefined) reader.errors.push('CORRIERE_MASTER_KEY: must be 32 bytes, as 64 hexadecimal digits or in base64 (openssl rand -base64 32)');
  if (masterKeyText === undefined && databaseUrl !== undefined) reader.errors.push('CORRIERE_MASTER_KEY: is required with DATABASE_URL (openssl rand -base64 32); keep it safe, without it stored passwords are lost');
  if (reader.errors.length === 0) {
    try {
      mkdirSync(dataDir, { recursive: true, mode: 0o700 });
      masterKey ??= ownMasterKey(path.join(dataDir, 'master-key'));
    } catch (error) {
      reader.errors.push(error instanceof SettingsError ? error.message : `CORRIERE_DATA=${dataDir}: cannot be written (${(error as Error).message})`);
    }
  }
  if (reader.errors.length > 0 || masterKey === undefined) throw new SettingsError(reader.errors);
  return {
    port,
    host,
    dataDir,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(redisUrl === undefined ? {} : { redisUrl }),
    ...(apiKey === undefined ? {} : { apiKey }),
    masterKey,
    sandbox,
    ...(trustDir === undefined ? {} : { trustDir }),
    role,
    logLevel,
    publicUrl: (publicUrl ?? addressOf(host, port)).replace(/\/+$/, ''),
    webhooksPrivate,
  };
}

/** The address at which a browser on this machine finds the service. */
export function addressOf(host: string, port: number): string {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

function parseMasterKey(text: string): Buffer | undefined {
  const key = /^[0-9a-fA-F]{64}$/.test(text) ? Buffer.from(text, 'hex') : /^[A-Za-z0-9+/_-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : undefined;
  return key?.length === MASTER_KEY_BYTES ? key : undefined;
}

/** The key in the data folder, made at the first start: written beside and renamed, so that it is there whole or not at all. */
function ownMasterKey(file: string): Buffer {
  if (!existsSync(file)) {
    const beside = `${file}.${process.pid}`;
    writeFileSync(beside, `${randomBytes(MASTER_KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flush: true });
    renameSync(beside, file);
  }
  chmodSync(file, 0o600);
  const key = parseMasterKey(readFileSync(file, 'utf8').trim());
  if (key === undefined) throw new SettingsError([`${file}: is not a master key (32 bytes in base64); restore it from a backup, without it stored passwords are lost`]);
  return key;
}
