import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Pool } from 'pg';
import { EmbeddedPostgres } from '../../src/platform/embedded/embedded-postgres.js';
import { SilentLog } from '../../src/platform/log/log.js';
import { type Service, startService } from '../support/service.js';

/** A PostgreSQL of its own and the built service on it: both sides of a ratio are measured on the same server in the same run. */
export interface Stage {
  readonly service: Service;
  readonly pool: Pool;
  close(): Promise<void>;
}

export async function stage(env: Readonly<Record<string, string>>, connections: number): Promise<Stage> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'corriere-bench-'));
  const postgres = await EmbeddedPostgres.start(path.join(folder, 'database'), new SilentLog());
  const service = await startService({
    dataDir: path.join(folder, 'service'),
    env: { DATABASE_URL: postgres.url, CORRIERE_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'), CORRIERE_WEBHOOKS_PRIVATE: 'on', ...env },
  });
  const pool = new Pool({ connectionString: postgres.url, max: connections });
  return {
    service,
    pool,
    close: async () => {
      await pool.end();
      await service.stop();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The p-th percentile (0 to 100) of sorted or unsorted values, nearest rank. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil((p / 100) * sorted.length) - 1))] ?? NaN;
}

export function report(figure: Record<string, unknown>): void {
  console.log(JSON.stringify(figure));
}

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));
