import type { Duplex } from 'node:stream';

const LF = 0x0a;
const CR = 0x0d;

/** A line longer than allowed: what follows cannot be understood any more. */
export class LineTooLongError extends Error {}

/**
 * Octets from the client, pulled: while nobody asks, the socket is paused and the client's pipelining waits in the kernel.
 */
export class Input {
  readonly #socket: Duplex;
  #head: Buffer = Buffer.alloc(0);
  #tail: Buffer[] = [];
  #ended = false;
  #wake: () => void = () => undefined;
  readonly #onData = (chunk: Buffer): void => {
    this.#tail.push(chunk);
    this.#socket.pause();
    this.#wake();
  };
  readonly #onEnd = (): void => {
    this.#ended = true;
    this.#wake();
  };

  constructor(socket: Duplex) {
    this.#socket = socket;
    socket.on('data', this.#onData);
    socket.on('end', this.#onEnd);
    socket.on('close', this.#onEnd);
    socket.pause();
  }

  /** The next line without its end (CRLF, or LF alone), or `undefined` at the end of the stream. Throws {@link LineTooLongError}. */
  async line(limit: number): Promise<Buffer | undefined> {
    for (;;) {
      if (this.#tail.length > 0) {
        this.#head = Buffer.concat([this.#head, ...this.#tail]);
        this.#tail = [];
      }
      const lf = this.#head.indexOf(LF);
      if (lf > limit || (lf < 0 && this.#head.length > limit)) throw new LineTooLongError('line too long');
      if (lf >= 0) {
        const line = this.#head.subarray(0, lf > 0 && this.#head[lf - 1] === CR ? lf - 1 : lf);
        this.#head = this.#head.subarray(lf + 1);
        return line;
      }
      if (!(await this.#more())) return undefined;
    }
  }

  /** Exactly so many octets, or `undefined` when the stream ends before. */
  async octets(count: number): Promise<Buffer | undefined> {
    const chunks: Buffer[] = [];
    let missing = count;
    for (;;) {
      while (missing > 0 && (this.#head.length > 0 || this.#tail.length > 0)) {
        if (this.#head.length === 0) this.#head = this.#tail.shift() ?? this.#head;
        const chunk = this.#head.subarray(0, missing);
        this.#head = this.#head.subarray(chunk.length);
        missing -= chunk.length;
        chunks.push(chunk);
      }
      if (missing === 0) return Buffer.concat(chunks, count);
      if (!(await this.#more())) return undefined;
    }
  }

  /** Leaves the socket; what was read ahead is forgotten, as RFC 3501 §6.2.1 wants for what came in clear after STARTTLS. */
  detach(): void {
    this.#socket.off('data', this.#onData);
    this.#socket.off('end', this.#onEnd);
    this.#socket.off('close', this.#onEnd);
  }

  async #more(): Promise<boolean> {
    if (this.#ended) return false;
    const woken = new Promise<void>((resolve) => (this.#wake = resolve));
    this.#socket.resume();
    await woken;
    return this.#tail.length > 0;
  }
}
