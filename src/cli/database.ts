import { existsSync } from 'node:fs';
import path from 'node:path';
import { MIGRATIONS } from '../migrations.js';
import { readSettings, SettingsError } from '../platform/config/read-settings.js';
import type { Settings } from '../platform/config/settings.js';
import { PgDatabase } from '../platform/database/pg-database.js';
import { EmbeddedPostgres } from '../platform/embedded/embedded-postgres.js';
import { SilentLog } from '../platform/log/log.js';
import { StartError } from '../platform/start-error.js';
import { type CommandContext, UsageError } from './command.js';

export interface OpenDatabase {
  readonly database: PgDatabase;
  readonly settings: Settings;
  close(): Promise<void>;
}

/** In place of the key that a command does without. */
const NO_KEY = '0'.repeat(64);

/**
 * The service's database, by the service's settings; beside the service when that runs.
 * @param readOnly nothing can be written, by whatever mistake
 * @throws UsageError when there is none, or it is not of this version
 */
export async function openDatabase({ base, env }: Pick<CommandContext, 'base' | 'env'>, { readOnly }: { readonly readOnly: boolean }): Promise<OpenDatabase> {
  const data = path.resolve(base, env['CORRIERE_DATA']?.trim() || 'data');
  if (!env['DATABASE_URL']?.trim() && !existsSync(path.join(data, 'postgres'))) throw new UsageError({ it: `nessun database in ${data}; indicare DATABASE_URL o CORRIERE_DATA`, en: `there is no database in ${data}; set DATABASE_URL or CORRIERE_DATA` });
  try {
    const settings = readSettings({ ...env, ...(env['DATABASE_URL']?.trim() && !env['CORRIERE_MASTER_KEY']?.trim() ? { CORRIERE_MASTER_KEY: NO_KEY } : {}) }, base);
    const log = new SilentLog();
    const embedded = settings.databaseUrl === undefined ? await EmbeddedPostgres.visit(path.join(settings.dataDir, 'postgres'), log) : undefined;
    const url = settings.databaseUrl ?? embedded?.url;
    if (url === undefined) throw new StartError(`there is no database in ${settings.dataDir}`);
    try {
      const database = await PgDatabase.open({ url, migrations: MIGRATIONS, log, readOnly, poolSize: 4, waitMs: 0 });
      return {
        database,
        settings,
        close: async () => {
          await database.close();
          await embedded?.stop();
        },
      };
    } catch (error) {
      await embedded?.stop();
      throw error;
    }
  } catch (error) {
    const lines = error instanceof SettingsError ? error.lines : error instanceof StartError ? [error.message] : isConnectionFault(error) ? [`the database cannot be reached: ${(error as Error).message}`] : undefined;
    if (!lines) throw error;
    throw new UsageError({ it: lines.join('\n'), en: lines.join('\n') });
  }
}

/** Errors of the network, and those with which PostgreSQL refuses a connection (class 28 authorisation, 3D no such database, 53 and 57 no room, going down). */
const isConnectionFault = (error: unknown): boolean => error instanceof Error && 'code' in error && /^(?:E[A-Z]+|28|3D|53|57)/.test(String(error.code));
