import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, type Pool, type PoolClient, types } from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Log } from '../log/log.js';
import { isStalePlan, isTransient, isUnreachable, sqlState } from './errors.js';
import { NotificationListener } from './listener.js';
import { migrate, requireMigrated } from './migrate.js';
import { PooledClient } from './pooled-client.js';
import { Database, type Tx } from './sql.js';
import { StatementNames } from './statements.js';

/** Migration classes, as TypeORM takes them. */
export type Migrations = Extract<NonNullable<DataSourceOptions['migrations']>, unknown[]>;

export interface PgDatabaseOptions {
  /** `postgres://…` */
  readonly url: string;
  readonly migrations: Migrations;
  readonly log: Log;
  /** Connections at most; LISTEN has one more of its own. */
  readonly poolSize?: number;
  /** Further schemas to bring up to date under the same lock. */
  readonly migrateMore?: (client: Client) => Promise<void>;
  /** Looks at the database as it is: every transaction is read-only, and nothing is migrated. A schema that is not the one of `migrations` is a StartError. */
  readonly readOnly?: boolean;
  /** How long a server that is not there yet is waited for, in milliseconds. */
  readonly waitMs?: number;
}

const TRIES = 5;
const DATE_OID = 1082;

/** A `date` stays the text that it is: a calendar day has no instant, and a Date in local time would shift it. */
const TYPES = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === DATE_OID ? (value: string) => value : types.getTypeParser(oid, format as 'text')) as typeof types.getTypeParser,
};

/** {@link Database} over the pool of a TypeORM DataSource. Hot statements are prepared once per connection. */
export class PgDatabase extends Database {
  readonly #names = new StatementNames();
  readonly #listener: NotificationListener;
  readonly #afterCommits = new Set<Promise<void>>();
  #closed: Promise<void> | undefined;

  private constructor(
    readonly url: string,
    readonly dataSource: DataSource,
    /** The DataSource's own pool. */
    readonly pool: Pool,
    private readonly log: Log,
  ) {
    super();
    this.#listener = new NotificationListener(url, log);
  }

  /** Connects (waiting for a server that still starts) and migrates. */
  static async open(options: PgDatabaseOptions): Promise<PgDatabase> {
    const { url, log, readOnly = false } = options;
    const dataSource = new DataSource({
      type: 'postgres',
      url,
      entities: [],
      migrations: options.migrations,
      migrationsTableName: 'schema_migrations',
      synchronize: false,
      logging: false,
      installExtensions: false,
      poolErrorHandler: (error: Error) => log.warn('an idle database connection broke', { error: error.message }),
      poolSize: options.poolSize ?? 16,
      connectTimeoutMS: 10_000,
      applicationName: 'corriere',
      extra: { keepAlive: true, idleTimeoutMillis: 60_000, idle_in_transaction_session_timeout: 60_000, types: TYPES, Client: PooledClient, ...(readOnly ? { options: '-c default_transaction_read_only=on' } : {}) },
    });
    await connect(dataSource, log, options.waitMs ?? 30_000);
    try {
      if (readOnly) await requireMigrated(dataSource);
      else await migrate(dataSource, url, log, options.migrateMore ?? (() => Promise.resolve()));
    } catch (error) {
      await dataSource.destroy().catch(() => undefined);
      throw error;
    }
    const pool = (dataSource.driver as unknown as { master: Pool }).master;
    return new PgDatabase(url, dataSource, pool, log);
  }

  override async query<Row extends object = Record<string, unknown>>(text: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    // Not pool.query(): that throws the connection away, prepared statements and all, after any failed statement.
    const client = await this.pool.connect();
    let broken: boolean | undefined;
    try {
      const { rows } = await client.query<Row>({ name: this.#names.nameOf(text, parameters.length), text, values: parameters as unknown[] });
      return rows;
    } catch (error) {
      broken = isStalePlan(error);
      if (!broken) throw error;
    } finally {
      client.release(broken);
    }
    return this.query(text, parameters);
  }

  override async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let tried = 1; ; tried++) {
      try {
        return await this.#once(work);
      } catch (error) {
        if (tried >= TRIES || !(isTransient(error) || isStalePlan(error))) throw error;
        this.log.debug('transaction tried again', { state: sqlState(error), tried });
        await sleep(Math.random() * 10 * 2 ** tried);
      }
    }
  }

  override listen(channel: string, listener: (payload: string) => void): Promise<() => Promise<void>> {
    return this.#listener.listen(channel, listener);
  }

  /** Waits for what is running and closes every connection. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await Promise.allSettled(this.#afterCommits);
    await Promise.all([this.#listener.close(), this.dataSource.destroy()]);
  }

  async #once<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    const tx = new PgTx(client, this.#names);
    let broken: boolean | undefined;
    let result: T;
    try {
      await client.query('BEGIN');
      result = await work(tx);
      // A statement that failed and whose error `work` swallowed leaves nothing to commit: the server then answers COMMIT with ROLLBACK.
      const { command } = await client.query('COMMIT');
      if (command !== 'COMMIT') throw new Error('the transaction was rolled back: one of its statements had failed');
    } catch (error) {
      broken = isStalePlan(error);
      await client.query('ROLLBACK').catch(() => (broken = true));
      throw error;
    } finally {
      tx.close();
      client.release(broken);
    }
    this.#runAfterCommit(tx.actions);
    return result;
  }

  /** Started at once, not waited for: a wake-up must not hold up the answer that the commit has earned. */
  #runAfterCommit(actions: readonly (() => void | Promise<void>)[]): void {
    for (const action of actions) {
      const running = (async () => action())().catch((error: unknown) => this.log.warn('an action after a commit failed', { error }));
      this.#afterCommits.add(running);
      void running.finally(() => this.#afterCommits.delete(running));
    }
  }
}

class PgTx implements Tx {
  readonly actions: (() => void | Promise<void>)[] = [];
  #client: PoolClient | undefined;

  constructor(
    client: PoolClient,
    private readonly names: StatementNames,
  ) {
    this.#client = client;
  }

  async query<Row extends object = Record<string, unknown>>(text: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    if (this.#client === undefined) throw new Error('this transaction has ended');
    const { rows } = await this.#client.query<Row>({ name: this.names.nameOf(text, parameters.length), text, values: parameters as unknown[] });
    return rows;
  }

  afterCommit(action: () => void | Promise<void>): void {
    if (this.#client === undefined) throw new Error('this transaction has ended');
    this.actions.push(action);
  }

  close(): void {
    this.#client = undefined;
  }
}

async function connect(dataSource: DataSource, log: Log, waitMs: number): Promise<void> {
  const deadline = Date.now() + waitMs;
  for (let delay = 100; ; delay = Math.min(delay * 2, 2_000)) {
    try {
      await dataSource.initialize();
      return;
    } catch (error) {
      if (!isUnreachable(error) || Date.now() + delay > deadline) throw error;
      log.warn('the database does not answer yet; waiting', { error: (error as Error).message });
      await sleep(delay);
    }
  }
}
