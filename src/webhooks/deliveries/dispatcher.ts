import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Log } from '../../platform/log/log.js';
import { SecretBox } from '../../platform/secrets/secret-box.js';
import { hmacSigner, signedHeaders } from '../signing/sign.js';
import { Poster } from '../target/post.js';
import type { PostResult } from '../target/post-result.js';
import { type Claimed, PARALLEL } from './claims.js';
import { DeliveryMetrics } from './delivery-metrics.js';
import { Lane } from './lane.js';
import { DeliveryTimes } from './delivery-times.js';
import type { Settlement } from './settle.js';
import { type Turn, Turns } from './turns.js';
import { judge } from './verdict.js';

/** Requests under way in this process beyond which each endpoint gets one place only: bounds sockets and memory without shutting anybody out. */
const MANY = 512;
/** At shutdown requests that are under way get this long to end by themselves. */
const GRACE_MS = 3_000;
const USER_AGENT = 'Corriere-Webhooks/1';

/** Keeps one {@link Lane} per endpoint that has something to do in this process. */
@Injectable()
export class Dispatcher {
  readonly #lanes = new Map<string, Lane>();
  readonly #abort = new AbortController();
  readonly #log: Log;
  /** Requests under way. */
  readonly #held = new Set<Claimed>();
  #renewing: NodeJS.Timeout | undefined;
  #stopping = false;

  constructor(
    private readonly turns: Turns,
    private readonly poster: Poster,
    private readonly secrets: SecretBox,
    private readonly times: DeliveryTimes,
    private readonly clock: Clock,
    private readonly metrics: DeliveryMetrics,
    log: Log,
  ) {
    this.#log = log.child({ room: 'webhooks' });
  }

  wake(endpointId: string): void {
    if (this.#stopping) return;
    let lane = this.#lanes.get(endpointId);
    if (lane === undefined) {
      lane = this.#open(endpointId);
      this.#lanes.set(endpointId, lane);
    }
    lane.wake();
  }

  /** Takes nothing more, gives running requests a moment, then breaks them off and gives their deliveries back. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const timer = setTimeout(() => this.#abort.abort(), GRACE_MS);
    await Promise.all([...this.#lanes.values()].map((lane) => lane.stop()));
    clearTimeout(timer);
    this.poster.close();
  }

  #open(endpointId: string): Lane {
    const lane: Lane = new Lane({
      take: (ended, room) => this.turns.take(endpointId, ended, room),
      attempt: (delivery, turn) => this.#attempt(delivery, turn),
      room: () => (this.#held.size >= MANY ? 1 : PARALLEL),
      now: () => this.clock.now(),
      failed: (error) => this.#log.warn('a lane of webhooks could not be advanced; trying again', { endpointId, error }),
      idle: () => {
        if (this.#lanes.get(endpointId) === lane) this.#lanes.delete(endpointId);
      },
    });
    return lane;
  }

  async #attempt(delivery: Claimed, turn: Turn): Promise<Settlement> {
    const at = this.clock.now();
    const { headers, result } = await this.#holding(delivery, () => this.#post(delivery, turn, at));
    const attempts = delivery.attempts - delivery.attemptsBefore + 1;
    const verdict =
      result.error === 'interrupted'
        ? ({ state: 'waiting', pauseMs: 0 } as const)
        : judge(result, attempts, this.clock.now(), Math.random(), this.times.pauses);
    const settlement = { delivery, at, requestHeaders: headers, result, verdict };
    this.metrics.count(settlement);
    this.#log.debug('webhook attempt', {
      deliveryId: delivery.id,
      attempts,
      status: result.status,
      error: result.error,
      ms: result.durationMs,
      state: verdict.state,
    });
    return settlement;
  }

  /** Renews the claim for as long as the work takes. */
  async #holding<T>(delivery: Claimed, work: () => Promise<T>): Promise<T> {
    this.#held.add(delivery);
    this.#renewing ??= setInterval(() => {
      this.turns.renew([...this.#held]).catch((error: unknown) => this.#log.warn('claims of webhooks could not be renewed', { error }));
    }, this.times.claimMs / 3);
    try {
      return await work();
    } finally {
      this.#held.delete(delivery);
      if (this.#held.size === 0) {
        clearInterval(this.#renewing);
        this.#renewing = undefined;
      }
    }
  }

  async #post(delivery: Claimed, turn: Turn, at: Date): Promise<{ headers: Record<string, string>; result: PostResult }> {
    const common = { 'content-type': 'application/json', 'user-agent': USER_AGENT };
    let headers: Record<string, string>;
    try {
      const signers = turn.secrets.map((sealed) => hmacSigner(this.secrets.open(sealed)));
      headers = { ...common, ...signedHeaders(delivery.eventId, at, delivery.body, signers) };
    } catch (error) {
      this.#log.error('the secret of a webhook could not be opened', { deliveryId: delivery.id, error });
      return { headers: common, result: { durationMs: 0, error: 'secret' } };
    }
    return { headers, result: await this.poster.post(turn.url, headers, delivery.body, this.#abort.signal) };
  }
}
