import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Account } from './cluster.js';
import { EmbeddedError } from './errors.js';

/** The account that exists on every machine and owns nothing; PostgreSQL refuses to run as root. */
export const NOBODY: Account = { uid: 65534, gid: 65534 };

/** Where root keeps binaries and clusters: `nobody` cannot walk through /root. */
export const ROOT_BASE = '/var/lib/corriere-embedded';

const RECORD = 'embedded-postgres.json';

/** Kept in the data directory (0600): the password, and which cluster belongs to it. */
interface Record {
  readonly id: string;
  readonly password: string;
  /** `postgres`, inside the data directory, or the absolute path that root uses. */
  readonly cluster: string;
  /** Set after the first start: from then on a cluster that is missing is a loss, not a beginning. */
  readonly started: boolean;
}

export interface Placement {
  readonly clusterDir: string;
  readonly password: string;
  /** Undefined: the server runs as we do. */
  readonly account?: Account;
  /** Where copies of the binaries may be kept. */
  readonly binariesBase: string;
  /** To be called once the cluster runs. */
  confirm(): void;
}

/** Decides where the cluster of a data directory is, and makes its record when there is none. `dataDir` must exist. */
export function place(dataDir: string, root: boolean = process.getuid?.() === 0, base: string = ROOT_BASE): Placement {
  const real = realpathSync(dataDir);
  if (root) {
    mkdirSync(base, { recursive: true });
    chmodSync(base, 0o755);
  }
  let record = readRecord(real);
  if (record === undefined || (root && !record.started && !existsSync(clusterOf(real, record)))) record = newRecord(real, root ? base : undefined);
  const clusterDir = clusterOf(real, record);
  if (record.started && !existsSync(clusterDir)) {
    throw new EmbeddedError(`the database of ${dataDir} was kept in ${clusterDir} and is not there any more; put it back, or remove ${path.join(dataDir, RECORD)} to begin with an empty one`);
  }
  const outside = path.isAbsolute(record.cluster);
  if (outside && !root) {
    throw new EmbeddedError(`the database of ${dataDir} was set up by root and is kept in ${clusterDir}; start as root, or choose another folder with CORRIERE_DATA`);
  }
  if (outside) checkOwner(clusterDir, real, record.id);
  return {
    clusterDir,
    password: record.password,
    account: !root ? undefined : outside || !existsSync(clusterDir) ? NOBODY : ownerOf(clusterDir),
    binariesBase: root ? base : real,
    confirm: () => record.started || writeRecord(real, { ...record, started: true }),
  };
}

/** Whether a data directory has a database that was started once. */
export const isPlaced = (dataDir: string): boolean => existsSync(dataDir) && readRecord(realpathSync(dataDir))?.started === true;

function clusterOf(dataDir: string, record: Record): string {
  return path.resolve(dataDir, record.cluster);
}

function newRecord(dataDir: string, base: string | undefined): Record {
  const id = randomBytes(8).toString('hex');
  const digest = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const cluster = base === undefined ? 'postgres' : path.join(base, `data-${digest}-${id}`);
  const record: Record = { id, password: randomBytes(24).toString('base64url'), cluster, started: false };
  writeRecord(dataDir, record);
  return record;
}

function writeRecord(dataDir: string, record: Record): void {
  const file = path.join(dataDir, RECORD);
  writeFileSync(`${file}.new`, `${JSON.stringify(record)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function readRecord(dataDir: string): Record | undefined {
  const file = path.join(dataDir, RECORD);
  if (!existsSync(file)) return undefined;
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as Partial<Record>;
    if (typeof value.id === 'string' && typeof value.password === 'string' && typeof value.cluster === 'string') return { started: false, ...value } as Record;
  } catch {
    // Reported below.
  }
  throw new EmbeddedError(`${file} cannot be read; it holds the password of the embedded database: put it back from a copy, or remove it together with the database`);
}

/** A cluster outside belongs to one data directory. A moved directory takes it along; a copied one must not work on the original's. */
function checkOwner(clusterDir: string, dataDir: string, id: string): void {
  const file = `${clusterDir}.owner`;
  const owner = existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  if (owner === dataDir) return;
  if (owner !== undefined && existsSync(path.join(owner, RECORD)) && readRecord(owner)?.id === id) {
    throw new EmbeddedError(`${dataDir} is a copy of ${owner}, whose database is kept elsewhere (${clusterDir}) and was not copied; start with CORRIERE_DATA=${owner}`);
  }
  writeFileSync(file, `${dataDir}\n`, { mode: 0o600 });
}

function ownerOf(directory: string): Account {
  const { uid, gid } = statSync(directory);
  return { uid, gid };
}
