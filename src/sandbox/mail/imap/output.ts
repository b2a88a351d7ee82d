import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { LIMITS } from './limits.js';

/** Octets to the client: gathered, written in one piece, and no faster than the client reads. */
export class Output {
  readonly #socket: Duplex;
  #pending: Buffer[] = [];
  #size = 0;

  constructor(socket: Duplex) {
    this.#socket = socket;
  }

  /** Adds text (latin1: one character, one octet) or octets; written when enough has come together, or by {@link flush}. */
  add(data: string | Buffer): void {
    const octets = typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
    this.#pending.push(octets);
    this.#size += octets.length;
  }

  get full(): boolean {
    return this.#size >= LIMITS.outputBuffer;
  }

  /** Writes what was added; waits while the client does not read. The inactivity limit ends a wait that lasts. */
  async flush(): Promise<void> {
    if (this.#size === 0) return;
    const data = this.#pending.length === 1 ? this.#pending[0] : Buffer.concat(this.#pending, this.#size);
    this.#pending = [];
    this.#size = 0;
    if (this.#socket.destroyed || this.#socket.writableEnded) return;
    if (this.#socket.write(data) || this.#socket.destroyed) return;
    const left = new AbortController();
    await Promise.race([once(this.#socket, 'drain', { signal: left.signal }), once(this.#socket, 'close', { signal: left.signal })]).catch(
      () => undefined,
    );
    left.abort();
  }
}
