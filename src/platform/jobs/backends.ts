import { createPostgresBackend, createRedisBackend, runMigrations, setDefaultBackendFactory, Queue, type BackendFactory, type QueueOptions } from 'bullmq';
import { Redis } from 'ioredis';
import { type Client, Pool, type PoolClient } from 'pg';
import { PooledClient } from '../database/pooled-client.js';
import type { Log } from '../log/log.js';
import { inTime } from '../time.js';
import type { JobQueueName } from './jobs.js';

type ConnectionSettings = Pick<QueueOptions, 'connection'> & { readonly prefix?: string };

/** Where the queues are: what BullMQ's queues and workers get, and the connections that they share. */
export interface JobsBackend {
  readonly name: 'postgres' | 'redis';
  readonly queueOptions: ConnectionSettings;
  readonly workerOptions: ConnectionSettings;
  /** Throws when the backend does not answer. */
  ping(): Promise<void>;
  /** To be called after the queues and workers are closed. */
  close(): Promise<void>;
}

/** BullMQ picks a backend by a process-wide factory; ours looks at what the connection is, so that it serves both. */
setDefaultBackendFactory(((name, options, more) =>
  (options.connection as unknown) instanceof Pool
    ? createPostgresBackend(name, options as unknown as Parameters<typeof createPostgresBackend>[1], more)
    : createRedisBackend(name, options, more)) as BackendFactory);

/** Two workers listen on a connection each; the rest is for statements. */
const POSTGRES_CONNECTIONS = 7;

export type JobQueues = Readonly<Record<JobQueueName, Queue>>;

/** The queues of a backend, for use without the framework. */
export function openQueues(backend: JobsBackend): JobQueues {
  return { lanes: new Queue('lanes', backend.queueOptions), deliveries: new Queue('deliveries', backend.queueOptions) };
}

/** Creates or updates the schema `bullmq`; idempotent. */
export async function migrateJobs(client: Client): Promise<void> {
  await runMigrations(client);
}

/**
 * BullMQ in the schema `bullmq` of our own database. Its commits are not waited for (`synchronous_commit=off`): a job lost or repeated by a crash of the
 * server is found again by a sweep, and adding one must not cost a disk flush.
 */
export function postgresBackend(url: string, log: Log): JobsBackend {
  const pool = new Pool({
    connectionString: url,
    max: POSTGRES_CONNECTIONS,
    application_name: 'corriere-jobs',
    keepAlive: true,
    options: '-c search_path=bullmq -c synchronous_commit=off',
    Client: PooledClient,
  } as ConstructorParameters<typeof Pool>[0]);
  pool.on('error', (error) => log.warn('an idle connection of the job queue broke', { error: error.message }));
  const clients = new Set<PoolClient>();
  pool.on('connect', (client) => clients.add(client));
  pool.on('remove', (client) => clients.delete(client));
  const connection = pool as unknown as QueueOptions['connection'];
  return {
    name: 'postgres',
    queueOptions: { connection },
    workerOptions: { connection },
    ping: async () => void (await pool.query('SELECT 1')),
    close: async () => {
      if (await inTime(pool.end(), 1_000)) return;
      // A worker that was cut off keeps its connection; it gets no answer any more.
      await inTime(Promise.allSettled([...clients].map((client) => client.end())), 1_000);
    },
  };
}

/** BullMQ on Redis or Valkey. A producer that cannot reach it fails at once (the sweeps make up for it); a worker waits for it. */
export function redisBackend(url: string, log: Log, prefix = 'corriere'): JobsBackend {
  const shared = { connectionName: 'corriere', retryStrategy: (times: number) => Math.min(50 * 2 ** times, 2_000) };
  const producer = new Redis(url, { ...shared, maxRetriesPerRequest: 1 });
  const consumer = new Redis(url, { ...shared, maxRetriesPerRequest: null });
  for (const client of [producer, consumer]) client.on('error', (error) => log.warn('the connection to Redis broke', { error: error.message }));
  return {
    name: 'redis',
    queueOptions: { connection: producer, prefix },
    workerOptions: { connection: consumer, prefix },
    ping: async () => void (await producer.ping()),
    close: () => {
      producer.disconnect();
      consumer.disconnect();
      return Promise.resolve();
    },
  };
}
