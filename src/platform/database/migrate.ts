import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import type { Log } from '../log/log.js';
import { StartError } from '../start-error.js';

/** The key of the advisory lock that one process holds while it migrates ("corr" in ASCII). */
const MIGRATION_LOCK = 0x636f7272;

/**
 * Brings the schema up to date: TypeORM's migrations, each in its own transaction, and `more` (the schemas of others that live in the same database).
 * Processes that start together wait for each other on an advisory lock, held by a connection of its own so that a crash frees it.
 */
export async function migrate(dataSource: DataSource, url: string, log: Log, more: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url, application_name: 'corriere-migrate', keepAlive: true });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ free: boolean }>('SELECT pg_try_advisory_lock($1) AS free', [MIGRATION_LOCK]);
    if (rows[0]?.free !== true) {
      log.info('another process is migrating the database; waiting for it');
      await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    }
    const applied = await dataSource.runMigrations({ transaction: 'each' });
    if (applied.length > 0) log.info('database migrated', { migrations: applied.map((migration) => migration.name) });
    await more(client);
  } finally {
    await client.end();
  }
}

/** For who may not change the schema: it must be the one that this program knows. @throws StartError saying what is to be done */
export async function requireMigrated(dataSource: DataSource): Promise<void> {
  const [table] = (await dataSource.query("SELECT to_regclass('schema_migrations') IS NOT NULL AS there")) as { there: boolean }[];
  const applied = table?.there === true ? ((await dataSource.query('SELECT name FROM schema_migrations')) as { name: string }[]).map(({ name }) => name) : [];
  if (applied.length === 0) throw new StartError('the database holds no Corriere');
  const known = dataSource.migrations.map(({ name, constructor }) => name ?? constructor.name);
  if (known.some((name) => !applied.includes(name))) throw new StartError('the database is that of an older version; start this version of the service once, which brings it up to date');
  if (known.length > 0 && applied.some((name) => !known.includes(name))) throw new StartError('the database is that of a newer version; use that version');
}
