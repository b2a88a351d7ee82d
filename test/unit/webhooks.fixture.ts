import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import {
  Clock,
  Feed,
  type FeedEntry,
  Jobs,
  type JobKind,
  Metrics,
  type NewFeedEntry,
  newId,
  type Settings,
  SilentLog,
  type Sql,
  type Tx,
} from '../../src/platform/index.js';
import { AesSecretBox } from '../../src/platform/secrets/aes-secret-box.js';
import { Deliveries } from '../../src/webhooks/deliveries/deliveries.js';
import { DeliveryMetrics } from '../../src/webhooks/deliveries/delivery-metrics.js';
import { DeliveryWorker } from '../../src/webhooks/deliveries/delivery-worker.js';
import { Dispatcher } from '../../src/webhooks/deliveries/dispatcher.js';
import { FanOut } from '../../src/webhooks/deliveries/fan-out.js';
import { DeliveryTimes } from '../../src/webhooks/deliveries/delivery-times.js';
import { Tidy } from '../../src/webhooks/deliveries/tidy.js';
import { Turns } from '../../src/webhooks/deliveries/turns.js';
import { Endpoints } from '../../src/webhooks/endpoints/endpoints.js';
import { NewEndpoint } from '../../src/webhooks/endpoints/endpoint-input.js';
import { Poster } from '../../src/webhooks/target/post.js';
import { resolveAny } from '../../src/platform/net/resolve.js';
import type { TestDatabase } from '../support/database.js';

/** Real time that can be moved forwards. */
export class ShiftedClock extends Clock {
  #offset = 0;
  override now(): Date {
    return new Date(Date.now() + this.#offset);
  }
  advance(milliseconds: number): void {
    this.#offset += milliseconds;
  }
}

/** The feed over its table, with positions given at once: one writer in a test needs no sequencer. */
export class TestFeed extends Feed {
  readonly #listeners = new Set<(position: bigint) => void>();

  override async append(tx: Tx, entries: readonly NewFeedEntry[]): Promise<void> {
    for (const entry of entries) {
      await tx.query(
        `INSERT INTO feed (id, tenant_id, subject_id, subject_sequence, type, occurred_at, data, position, tenant_sequence)
         VALUES ($1, $2, $3, $4, $5, $6, $7, (SELECT coalesce(max(position), 0) + 1 FROM feed), (SELECT coalesce(max(tenant_sequence), 0) + 1 FROM feed WHERE tenant_id = $2))`,
        [entry.id, entry.tenantId, entry.subjectId, entry.subjectSequence, entry.type, entry.occurredAt, JSON.stringify(entry.data)],
      );
    }
    tx.afterCommit(() => this.#listeners.forEach((listener) => listener(0n)));
  }

  override async read(sql: Sql, after: bigint, limit: number, tenantId?: string): Promise<FeedEntry[]> {
    const rows = await sql.query<Record<string, never>>(
      'SELECT * FROM feed WHERE position > $1 AND ($3::uuid IS NULL OR tenant_id = $3) ORDER BY position LIMIT $2',
      [after, limit, tenantId ?? null],
    );
    return rows.map((row) => ({
      id: row.id!,
      tenantId: row.tenant_id!,
      subjectId: row.subject_id!,
      subjectSequence: row.subject_sequence!,
      type: row.type!,
      occurredAt: row.occurred_at!,
      data: row.data!,
      position: BigInt(row.position!),
      tenantSequence: BigInt(row.tenant_sequence!),
    }));
  }

  override onGrowth(listener: (position: bigint) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Runs jobs at once, in this process. */
export class TestJobs extends Jobs {
  readonly #handlers = new Map<string, (payload: object) => Promise<void>>();
  override declare(): void {}
  override handle<Payload extends object>(kind: JobKind<Payload>, handler: (payload: Payload) => Promise<void>): void {
    this.#handlers.set(kind.name, handler as (payload: object) => Promise<void>);
  }
  override sweep(): void {}
  override async enqueue<Payload extends object>(kind: JobKind<Payload>, payload: Payload): Promise<void> {
    await this.#handlers.get(kind.name)?.(payload);
  }
}

export interface Options {
  /** Pauses of the retry schedule in milliseconds. */
  readonly schedule?: readonly number[];
  readonly timeoutMs?: number;
  readonly claimMs?: number;
  readonly allowPrivate?: boolean;
}

/** One process of the service, as far as webhooks go. */
export class Service {
  readonly clock: ShiftedClock;
  readonly jobs = new TestJobs();
  readonly endpoints: Endpoints;
  readonly deliveries: Deliveries;
  readonly worker: DeliveryWorker;
  readonly turns: Turns;
  readonly fanOut: FanOut;
  readonly tidy: Tidy;
  readonly metrics = new Metrics();

  constructor(
    readonly db: TestDatabase,
    readonly feed: Feed,
    options: Options = {},
    clock = new ShiftedClock(),
  ) {
    const { database } = db;
    const settings = { webhooksPrivate: options.allowPrivate ?? true, role: 'all', publicUrl: 'http://corriere.test' } as Settings;
    const secrets = new AesSecretBox(Buffer.alloc(32, 7));
    this.clock = clock;
    const poster = new Poster({ allowPrivate: settings.webhooksPrivate, resolve: resolveAny, timeoutMs: options.timeoutMs });
    const times = new DeliveryTimes(options.schedule, options.claimMs);
    this.turns = new Turns(database, clock, times);
    this.tidy = new Tidy(database, clock);
    const dispatcher = new Dispatcher(
      this.turns,
      poster,
      secrets,
      times,
      clock,
      new DeliveryMetrics(this.metrics, database),
      new SilentLog(),
    );
    this.fanOut = new FanOut(database, feed, clock, settings);
    this.worker = new DeliveryWorker(feed, this.fanOut, dispatcher, this.tidy, this.jobs, database, clock, new SilentLog(), settings);
    this.endpoints = new Endpoints(database, feed, secrets, this.jobs, clock, settings);
    this.deliveries = new Deliveries(database, this.jobs, clock);
  }

  start(): this {
    this.worker.onModuleInit();
    this.worker.onApplicationBootstrap();
    return this;
  }

  stop(): Promise<void> {
    return this.worker.onModuleDestroy();
  }

  async endpoint(url: string, more: Partial<NewEndpoint> = {}): Promise<{ id: string; secret: string }> {
    const { row, secret } = await this.endpoints.create(NewEndpoint.parse({ url, ...more }));
    return { id: row.id, secret };
  }
}

export async function addCompany(db: TestDatabase): Promise<string> {
  const id = newId();
  await db.database.query(
    "INSERT INTO companies (id, name, partita_iva, transmitter_paese, transmitter_codice) VALUES ($1, 'Test', '01234567890', 'IT', '01234567890')",
    [id],
  );
  return id;
}

/** Writes events of one invoice; `sequences` are their places in the invoice's own order. */
export async function tell(
  db: TestDatabase,
  feed: Feed,
  companyId: string,
  invoiceId: string,
  sequences: readonly number[],
  type = 'invoice.sent',
): Promise<void> {
  await db.database.transaction((tx) =>
    feed.append(
      tx,
      sequences.map((sequence) => ({
        id: newId(),
        tenantId: companyId,
        subjectId: invoiceId,
        subjectSequence: sequence,
        type,
        occurredAt: new Date(),
        data: { invoiceId, companyId, status: type.split('.')[1], sequence, documents: [], url: `/v1/invoices/${invoiceId}` },
      })),
    ),
  );
}

export interface Received {
  readonly id: string;
  readonly at: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly raw: Buffer;
  readonly body: {
    readonly type: string;
    readonly timestamp: string;
    readonly data: Record<string, unknown>;
    readonly id: string;
    readonly sequence: number;
    readonly companySequence: number;
  };
  readonly status: number | undefined;
}

/** What a receiver answers: a status, or anything at all. */
export type Answer = number | ((request: IncomingMessage, response: ServerResponse) => void);

/** A receiver as a customer would write it: the public library verifies every request, and anything that does not verify fails the test. */
export class Receiver {
  readonly received: Received[] = [];
  readonly unverified: unknown[] = [];
  secret = '';
  parallel = 0;
  mostParallel = 0;
  answer: (received: Omit<Received, 'status'>) => Answer | Promise<Answer> = () => 204;
  #server: http.Server | undefined;
  #port = 0;

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    await receiver.up();
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/hook`;
  }

  /** Those that were answered with success, in the order of their coming. */
  get accepted(): Received[] {
    return this.received.filter(({ status }) => status !== undefined && status < 300);
  }

  async up(): Promise<void> {
    this.#server = http.createServer((request, response) => void this.#take(request, response));
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async down(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => (this.#server ? this.#server.close(resolve) : resolve(undefined)));
    this.#server = undefined;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.parallel += 1;
    this.mostParallel = Math.max(this.mostParallel, this.parallel);
    response.once('close', () => (this.parallel -= 1));
    const at = performance.now();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks);
    const headers = request.headers as Record<string, string>;
    let body: Received['body'];
    try {
      body = new Webhook(this.secret).verify(raw, headers) as Received['body'];
    } catch (error) {
      this.unverified.push(error);
      response.writeHead(401).end();
      return;
    }
    const known = { id: headers['webhook-id'] ?? '', at, headers, raw, body };
    const answer = await this.answer(known);
    this.received.push({ ...known, status: typeof answer === 'number' ? answer : undefined });
    if (typeof answer === 'number') response.writeHead(answer).end();
    else answer(request, response);
  }
}

/** Waits until the condition holds; the message of the failure shows the last value. */
export async function until<T>(read: () => T | Promise<T>, holds: (value: T) => boolean, timeoutMs = 10_000): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(value)?.slice(0, 500)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
