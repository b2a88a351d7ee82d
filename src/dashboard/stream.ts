import type { FeedEntry } from '../platform/index.js';
import { subjectIds } from '../webhooks/payload/subject.js';

/** Where the text goes: an HTTP response, as far as a stream needs it. */
export interface StreamSink {
  /** False when the client does not keep up: nothing more until `drain`. */
  write(text: string): boolean;
  end(): void;
  destroy(): void;
  once(event: 'drain' | 'close', listener: () => void): unknown;
}

export interface StreamPorts {
  read(after: bigint, limit: number): Promise<FeedEntry[]>;
  failed(error: unknown): void;
  closed(): void;
}

const BATCH = 200;
/** A client that takes nothing for this long is gone or hostile. */
const STALLED_MS = 60_000;

/** One client's server-sent events (WHATWG HTML, section 9.2). Reads no further than the client keeps up, so a slow one costs one batch of memory. */
export class Stream {
  #position: bigint;
  #closed = false;
  #woken = false;
  #running = false;
  #blocked = false;

  constructor(
    private readonly sink: StreamSink,
    after: bigint,
    private readonly ports: StreamPorts,
  ) {
    this.#position = after;
    sink.once('close', () => this.#closedBySink());
  }

  /** The feed may have grown. */
  wake(): void {
    this.#woken = true;
    if (!this.#running && !this.#closed) void this.#pump();
  }

  /** A comment, which clients ignore. */
  beat(): void {
    if (!this.#blocked && !this.#closed) this.sink.write(':\n\n');
  }

  close(): void {
    if (!this.#closed) this.sink.end();
    this.#closedBySink();
  }

  async #pump(): Promise<void> {
    this.#running = true;
    try {
      while (this.#woken && !this.#closed) {
        this.#woken = false;
        const entries = await this.ports.read(this.#position, BATCH);
        const last = entries.at(-1);
        if (last === undefined || this.#closed) continue;
        this.#position = last.position;
        if (entries.length === BATCH) this.#woken = true;
        if (!this.sink.write(entries.map(frame).join(''))) await this.#drained();
      }
    } catch (error) {
      // The next growth or heartbeat tries again from the same position.
      this.ports.failed(error);
    } finally {
      this.#running = false;
    }
    if (this.#woken && !this.#closed) void this.#pump();
  }

  async #drained(): Promise<void> {
    this.#blocked = true;
    await new Promise<void>((resolve) => {
      const stalled = setTimeout(() => {
        this.sink.destroy();
        resolve();
      }, STALLED_MS);
      stalled.unref();
      const done = () => {
        clearTimeout(stalled);
        resolve();
      };
      this.sink.once('drain', done);
      this.sink.once('close', done);
    });
    this.#blocked = false;
  }

  #closedBySink(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.ports.closed();
  }
}

/** JSON has no line breaks of its own, so one `data` line holds it. */
function frame(entry: FeedEntry): string {
  const { position, type, subjectId, tenantId, data } = entry;
  const hint = { position: Number(position), type, ...subjectIds(type, subjectId), companyId: tenantId, status: data['status'] ?? null };
  return `event: feed\nid: ${position}\ndata: ${JSON.stringify(hint)}\n\n`;
}
