import { migrateJobs, openQueues, postgresBackend, redisBackend } from '../../src/platform/jobs/backends.js';
import { BullJobs, type BullJobsTimes } from '../../src/platform/jobs/bull-jobs.js';
import { PgLeases } from '../../src/platform/leases/pg-leases.js';
import type { Database } from '../../src/platform/database/sql.js';
import { SilentLog, type Log } from '../../src/platform/log/log.js';
import { Metrics } from '../../src/platform/metrics/metrics.js';
import { administer } from './template.js';

/** Where the queues of a test are. */
export type JobsPlace = { readonly kind: 'postgres'; readonly url: string } | { readonly kind: 'redis'; readonly url: string; readonly prefix: string };

/** Short enough that a test can wait for a worker to be given up. */
export const SHORT: BullJobsTimes = { lockMs: 1_500, sweepLeaseMs: 900 };

/** A jobs port of its own connections, as another process would have it. */
export function openJobs(place: JobsPlace, database: Database, log: Log = new SilentLog(), times: BullJobsTimes = SHORT): BullJobs {
  const backend = place.kind === 'postgres' ? postgresBackend(place.url, log) : redisBackend(place.url, log, place.prefix);
  return new BullJobs(openQueues(backend), backend, new PgLeases(database, log), log, new Metrics(), times);
}

/** Makes the queue's schema in a test database. */
export async function prepareJobs(url: string): Promise<void> {
  await administer(url, migrateJobs);
}
