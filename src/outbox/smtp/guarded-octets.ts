import { Readable } from 'node:stream';

const CHUNK = 64 * 1024;

/** How far the octets of a message came: none asked for, some gone, or the last ones too. */
export type OctetsProgress = 'waiting' | 'flowing' | 'passed' | 'withheld';

/**
 * A message's octets as a stream that asks before it lets the last ones go. Without those the terminating dot cannot follow, so a server that
 * lost us before has no message (RFC 5321 §4.1.1.4).
 */
export class GuardedOctets extends Readable {
  #offset = 0;
  #asking = false;
  #progress: OctetsProgress = 'waiting';

  constructor(
    private readonly octets: Buffer,
    private readonly beforeLast: () => Promise<boolean>,
  ) {
    super({ highWaterMark: CHUNK });
  }

  get progress(): OctetsProgress {
    return this.#progress;
  }

  override _read(): void {
    if (this.#asking) return;
    if (this.#progress === 'waiting') this.#progress = 'flowing';
    const end = this.#offset + CHUNK;
    if (end < this.octets.length) {
      const chunk = this.octets.subarray(this.#offset, end);
      this.#offset = end;
      this.push(chunk);
      return;
    }
    this.#asking = true;
    this.beforeLast().then(
      (allowed) => {
        if (this.destroyed) return;
        this.#progress = allowed ? 'passed' : 'withheld';
        if (!allowed) return this.destroy(new Error('the hand-over was withdrawn'));
        this.push(this.octets.subarray(this.#offset));
        this.push(null);
      },
      (error: unknown) => {
        this.#progress = 'withheld';
        this.destroy(error instanceof Error ? error : new Error(String(error)));
      },
    );
  }
}
