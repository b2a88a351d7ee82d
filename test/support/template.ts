import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { MIGRATIONS } from '../../src/migrations.js';
import { PgDatabase } from '../../src/platform/database/pg-database.js';
import { SilentLog } from '../../src/platform/log/log.js';

/** The same server, another database. */
export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}

export async function administer<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A migrated database that nobody is connected to, to be copied by CREATE DATABASE … TEMPLATE. */
export async function makeTemplate(url: string): Promise<{ name: string; drop(): Promise<void> }> {
  const name = `corriere_template_${randomBytes(4).toString('hex')}`;
  await administer(url, (client) => client.query(`CREATE DATABASE ${name}`));
  const database = await PgDatabase.open({ url: withDatabase(url, name), migrations: MIGRATIONS, log: new SilentLog() });
  await database.close();
  return { name, drop: () => administer(url, async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))) };
}
