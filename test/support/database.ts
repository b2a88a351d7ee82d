import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { PgDatabase } from '../../src/platform/database/pg-database.js';
import { SilentLog } from '../../src/platform/log/log.js';
import type { TestServer } from './global-setup.js';
import { administer, withDatabase } from './template.js';

export interface TestDatabase {
  readonly database: PgDatabase;
  readonly url: string;
  /** Closes the connections and drops the database. */
  close(): Promise<void>;
}

/**
 * A fresh, migrated, empty database on the server of the run.
 *
 * @example
 * let db: TestDatabase;
 * beforeAll(async () => void (db = await testDatabase()));
 * afterAll(() => db.close());
 */
export async function testDatabase(): Promise<TestDatabase> {
  const { url: server, template } = await testServer();
  const name = `corriere_test_${randomBytes(6).toString('hex')}`;
  const url = withDatabase(server, name);
  await administer(server, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  const database = await PgDatabase.open({ url, migrations: [], log: new SilentLog() });
  return {
    database,
    url,
    close: async () => {
      await database.close();
      await administer(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

/** The server of the run; the first question starts it. */
export async function testServer(): Promise<TestServer> {
  const answer = await fetch(inject('testServerUrl'));
  if (!answer.ok) throw new Error(`no PostgreSQL for the tests: ${await answer.text()}`);
  return (await answer.json()) as TestServer;
}
