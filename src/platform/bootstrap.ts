import 'reflect-metadata';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { DynamicModule, INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import helmet from 'helmet';
import type { Settings } from './config/settings.js';
import { type Migrations, PgDatabase } from './database/pg-database.js';
import { EmbeddedPostgres } from './embedded/embedded-postgres.js';
import { PgFeed } from './feed/pg-feed.js';
import { apiDocsPolicy, type OpenAPIObject, serveApiDocs } from './http/api-docs.js';
import { Readiness } from './http/readiness.js';
import { assertFree } from './http/assert-free.js';
import { RequestLog } from './http/request-log.js';
import { migrateJobs, postgresBackend, redisBackend } from './jobs/backends.js';
import { BullJobs } from './jobs/bull-jobs.js';
import { PgLeases } from './leases/pg-leases.js';
import type { Log } from './log/log.js';
import { PinoLog } from './log/pino-log.js';
import { Metrics } from './metrics/metrics.js';
import { PlatformModule } from './platform.module.js';
import { AesSecretBox } from './secrets/aes-secret-box.js';
import { inTime } from './time.js';

export interface BootstrapOptions {
  readonly settings: Settings;
  readonly migrations: Migrations;
  /** The application's root module, given the platform to stand on. */
  readonly createModule: (platform: DynamicModule) => DynamicModule;
  /** Requests whose body is left to who answers them, JSON too. */
  readonly leaveBody?: (request: IncomingMessage) => boolean;
  /** Adds to the API's description what no controller can say. */
  readonly completeApi?: (document: OpenAPIObject) => OpenAPIObject;
}

export interface Running {
  readonly app: INestApplication;
  /** Where HTTP really listens. */
  readonly port: number;
  stop(): Promise<void>;
}

/** JSON bodies that are parsed here hold settings; a document is larger, and its bytes are evidence (`leaveBody`). */
const JSON_LIMIT = '1mb';
const REQUESTS_GRACE_MS = 2_000;
const ROOMS_GRACE_MS = 5_000;
/** After a stop signal all is over within this time, tidy or not. */
const STOP_MS = 10_000;

/** Things to be undone in reverse order, each whatever becomes of the others. */
class Undo {
  readonly #steps: [string, () => Promise<unknown>][] = [];

  constructor(private readonly log: Log) {}

  add(name: string, step: () => Promise<unknown>): void {
    this.#steps.push([name, step]);
  }

  async run(): Promise<void> {
    for (const [name, step] of this.#steps.splice(0).reverse()) {
      await step().catch((error: unknown) => this.log.error('a part did not stop as it should', { part: name, error }));
    }
  }
}

/** Opens database and queue, builds the application, listens, and from then on obeys stop signals: one way down, in the reverse order of the way up. */
export async function bootstrap({ settings, migrations, createModule, leaveBody = () => false, completeApi }: BootstrapOptions): Promise<Running> {
  const log = PinoLog.create(settings.logLevel);
  const undo = new Undo(log);
  try {
    await assertFree(settings.host, settings.port);
    const url = settings.databaseUrl ?? (await embedded(settings, log, undo));
    const database = await PgDatabase.open({ url, migrations, log: log.child({ room: 'database' }), ...(settings.redisUrl === undefined ? { migrateMore: migrateJobs } : {}) });
    undo.add('database', () => database.close());
    const leases = new PgLeases(database, log.child({ room: 'leases' }));
    // Alone with the embedded database, whatever is held was held by a process that is dead.
    if (settings.databaseUrl === undefined) await leases.freeAll();
    undo.add('leases', () => leases.close());
    const metrics = new Metrics();
    const readiness = new Readiness(log.child({ room: 'http' }));
    const feed = await PgFeed.open({ database, log: log.child({ room: 'feed' }), metrics });
    undo.add('feed', () => feed.close());
    const jobsBackend = settings.redisUrl === undefined ? postgresBackend(url, log.child({ room: 'jobs' })) : redisBackend(settings.redisUrl, log.child({ room: 'jobs' }));
    readiness.register('database', () => database.query('SELECT 1'));
    readiness.register('jobs', () => jobsBackend.ping());

    const platform = PlatformModule.forRoot({ settings, log, metrics, readiness, database, leases, secrets: new AesSecretBox(settings.masterKey), feed, jobsBackend });
    const app = await NestFactory.create<NestExpressApplication>(createModule(platform), { logger: false, bodyParser: false, abortOnError: false });
    const jobs = app.get(BullJobs);
    const doors = new Doors(app.getHttpServer() as Server);
    // Going down, the doors come first: no new requests and jobs. Then the rooms end their loops and streams, on which jobs and requests may hang, while these end.
    undo.add('jobs', () => jobs.close());
    undo.add('application', () => inTime(Promise.all([app.close(), doors.empty()]), ROOMS_GRACE_MS));
    undo.add('doors', () => {
      doors.close();
      return jobs.pause();
    });
    prepare(app, new RequestLog(log.child({ room: 'http' }), metrics), leaveBody);
    // Before `init`, which closes the list of routes with one that answers 404.
    if (settings.role !== 'worker') serveApiDocs(app, completeApi);
    await app.init();
    await app.listen(settings.port, settings.host);
    const { port } = (app.getHttpServer() as Server).address() as AddressInfo;
    log.info('listening', { role: settings.role, port, jobs: jobsBackend.name, database: settings.databaseUrl === undefined ? 'embedded' : 'given' });

    const stop = async (): Promise<void> => {
      readiness.stop();
      await undo.run();
    };
    obeySignals(stop, log);
    return { app, port, stop };
  } catch (error) {
    await undo.run();
    throw error;
  }
}

async function embedded(settings: Settings, log: Log, undo: Undo): Promise<string> {
  const postgres = await EmbeddedPostgres.start(path.join(settings.dataDir, 'postgres'), log.child({ room: 'embedded' }));
  undo.add('embedded database', () => postgres.stop());
  return postgres.url;
}

function prepare(app: NestExpressApplication, requests: RequestLog, leaveBody: (request: IncomingMessage) => boolean): void {
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(requests.middleware);
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
      // Plain HTTP on loopback is the default; whoever puts TLS in front sets HSTS there.
      strictTransportSecurity: false,
      referrerPolicy: { policy: 'same-origin' },
    }),
  );
  app.use(apiDocsPolicy);
  app.useBodyParser('json', { limit: JSON_LIMIT, strict: false, type: (request: IncomingMessage) => isJson(request) && !leaveBody(request) });
}

function isJson({ headers }: IncomingMessage): boolean {
  return /^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? '');
}

/** The listening side of HTTP, closed in two steps. */
class Doors {
  #closed: Promise<void> = Promise.resolve();

  constructor(private readonly server: Server) {}

  /** Takes no more connections. */
  close(): void {
    if (this.server.listening) this.#closed = new Promise((resolve) => this.server.close(() => resolve()));
  }

  /** Lets the requests that run end; connections that only might bring another one are closed meanwhile. */
  async empty(): Promise<void> {
    const idle = setInterval(() => this.server.closeIdleConnections(), 50);
    this.server.closeIdleConnections();
    if (!(await inTime(this.#closed, REQUESTS_GRACE_MS))) this.server.closeAllConnections();
    clearInterval(idle);
  }
}

/** The first signal stops in order, the second at once. */
function obeySignals(stop: () => Promise<void>, log: Log): void {
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info('stopping', { signal });
    const deadline = setTimeout(() => {
      log.error('not everything stopped in time', { afterMs: STOP_MS });
      process.exit(1);
    }, STOP_MS);
    void stop().then(() => {
      clearTimeout(deadline);
      process.exit(0);
    });
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}
