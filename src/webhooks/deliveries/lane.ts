import { setTimeout as sleep } from 'node:timers/promises';
import type { Claimed } from './claims.js';
import type { Settlement } from './settle.js';
import type { Turn } from './turns.js';

/** Timers are not set further ahead than this: the sweep finds what is due later. */
const LONGEST_TIMER_MS = 10 * 60_000;
/** A lane never asks the database in a tight circle, whatever the clocks say. */
const SHORTEST_TIMER_MS = 10;
const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 10_000;

/** What a lane needs of the world. */
export interface LanePorts {
  /** Writes what has ended and takes what is due. Undefined: the endpoint is gone. */
  take(ended: readonly Settlement[], room: number): Promise<Turn | undefined>;
  /** Makes one attempt. */
  attempt(delivery: Claimed, turn: Turn): Promise<Settlement>;
  /** How many requests this process may have under way for this endpoint now. */
  room(): number;
  now(): Date;
  failed(error: unknown): void;
  /** The lane has nothing to do and nothing to wait for. */
  idle(): void;
}

/**
 * Everything that one process does for one endpoint. It waits for no single receiver's answer: each turn writes what has ended meanwhile and fills
 * the free places, so one slow answer takes up one place and nothing more.
 */
export class Lane {
  #ended: Settlement[] = [];
  #underWay = 0;
  #woken = false;
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;
  #signal: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly ports: LanePorts) {}

  /** Something may be due. Cheap, may be called at any time and as often as one likes. */
  wake(): void {
    if (this.#stop.signal.aborted) return;
    this.#woken = true;
    this.#signal?.();
    this.#running ??= this.#run();
  }

  /** Takes nothing more and waits until what is under way has ended and is written. */
  async stop(): Promise<void> {
    this.#stop.abort();
    clearTimeout(this.#timer);
    this.#signal?.();
    await this.#running;
  }

  async #run(): Promise<void> {
    let retryMs = FIRST_RETRY_MS;
    for (;;) {
      if (!this.#woken && this.#ended.length === 0) {
        if (this.#underWay === 0) break;
        await new Promise<void>((resolve) => (this.#signal = resolve));
        this.#signal = undefined;
        continue;
      }
      this.#woken = false;
      const ended = this.#ended.splice(0);
      try {
        const turn = await this.ports.take(ended, this.#stop.signal.aborted ? 0 : Math.max(0, this.ports.room() - this.#underWay));
        if (turn !== undefined) this.#use(turn);
        retryMs = FIRST_RETRY_MS;
      } catch (error) {
        this.ports.failed(error);
        // What is not written will be delivered again when its claim runs out, so a stopping process does not insist.
        if (this.#stop.signal.aborted) break;
        this.#ended.unshift(...ended);
        await sleep(retryMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
        retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
        this.#woken = true;
      }
    }
    // In the same tick as the last look at the flags, so that no wake-up falls between.
    this.#running = undefined;
    if (this.#timer === undefined) this.ports.idle();
  }

  #use(turn: Turn): void {
    for (const delivery of turn.claimed) {
      this.#underWay += 1;
      // An attempt that rejects is a fault of ours: its claim runs out and the sweep finds it again.
      void this.ports
        .attempt(delivery, turn)
        .then((settlement) => void this.#ended.push(settlement), this.ports.failed)
        .then(() => {
          this.#underWay -= 1;
          this.#signal?.();
        });
    }
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (turn.wakeAt === undefined || this.#stop.signal.aborted) return;
    const wait = Math.min(Math.max(turn.wakeAt.getTime() - this.ports.now().getTime(), SHORTEST_TIMER_MS), LONGEST_TIMER_MS);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.wake();
    }, wait);
    this.#timer.unref();
  }
}
