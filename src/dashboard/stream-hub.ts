import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Database, Feed, type FeedEntry, Log, Metrics } from '../platform/index.js';
import { newestPosition } from '../webhooks/newest-position.js';
import { Stream, type StreamSink } from './stream.js';

/** Streams open at once in one process; more are told to come back later. */
const MOST_STREAMS = 1000;
/** Keeps proxies from closing a quiet stream, and is the floor under lost hints of growth. */
const HEARTBEAT_MS = 15_000;
/** After this a stream ends and the browser opens a new one where it stopped: so a revoked key does not listen for ever. */
const LIFE_MS = 30 * 60_000;

/** All open streams of this process. Those that stand at the same place share one read of the feed. */
@Injectable()
export class StreamHub implements OnModuleInit, OnModuleDestroy {
  readonly #streams = new Set<Stream>();
  readonly #reads = new Map<string, Promise<FeedEntry[]>>();
  #generation = 0;
  #stopListening: (() => void) | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  #stopping = false;

  constructor(
    private readonly feed: Feed,
    private readonly database: Database,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    metrics.observe({ name: 'corriere_streams_open', help: 'Live streams that are open' }, () => this.#streams.size);
  }

  onModuleInit(): void {
    this.#stopListening = this.feed.onGrowth(() => this.#wakeAll());
    this.#heartbeat = setInterval(() => {
      for (const stream of this.#streams) stream.beat();
      this.#wakeAll();
    }, HEARTBEAT_MS);
    this.#heartbeat.unref();
  }

  /** Ends every stream, so that the HTTP server can close. */
  onModuleDestroy(): void {
    this.#stopping = true;
    this.#stopListening?.();
    clearInterval(this.#heartbeat);
    for (const stream of [...this.#streams]) stream.close();
  }

  get full(): boolean {
    return this.#stopping || this.#streams.size >= MOST_STREAMS;
  }

  /** Where a stream begins whose client has seen nothing yet. */
  now(): Promise<bigint> {
    return newestPosition(this.feed, this.database);
  }

  /** Streams what comes after a position until the sink closes. */
  open(sink: StreamSink, after: bigint, companyId: string | undefined): Stream {
    const stream = new Stream(sink, after, {
      read: (position, limit) => this.#read(position, limit, companyId),
      failed: (error) => this.log.warn('a live stream could not read the feed', { error }),
      closed: () => {
        clearTimeout(end);
        this.#streams.delete(stream);
      },
    });
    const end = setTimeout(() => stream.close(), LIFE_MS);
    end.unref();
    this.#streams.add(stream);
    stream.wake();
    return stream;
  }

  #wakeAll(): void {
    // A read that began before this growth may not show it, so what is woken now shares only reads that begin now.
    this.#generation += 1;
    for (const stream of this.#streams) stream.wake();
  }

  #read(after: bigint, limit: number, companyId: string | undefined): Promise<FeedEntry[]> {
    const key = `${this.#generation} ${after} ${companyId ?? ''}`;
    let reading = this.#reads.get(key);
    if (reading === undefined) {
      reading = this.feed.read(this.database, after, limit, companyId).finally(() => this.#reads.delete(key));
      this.#reads.set(key, reading);
    }
    return reading;
  }
}
