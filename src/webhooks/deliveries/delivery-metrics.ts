import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/sql.js';
import { Metrics, SECONDS } from '../../platform/metrics/metrics.js';
import type { Settlement } from './settle.js';

/** Counts attempts and times them. */
@Injectable()
export class DeliveryMetrics {
  readonly #attempts;
  readonly #seconds;
  readonly #latency;

  constructor(metrics: Metrics, database: Database) {
    this.#attempts = metrics.counter(
      { name: 'corriere_webhook_attempts_total', help: 'Attempts to deliver webhooks by what became of the delivery' },
      'result',
    );
    this.#seconds = metrics.histogram(
      { name: 'corriere_webhook_request_seconds', help: 'Time from the start of a webhook request to the end of its answer' },
      SECONDS,
      'result',
    );
    this.#latency = metrics.histogram(
      { name: 'corriere_webhook_latency_seconds', help: 'Time from when a delivery was due to its request' },
      SECONDS,
    );
    metrics.observe({ name: 'corriere_webhooks_waiting', help: 'Deliveries that wait, over all endpoints' }, async () => {
      const [row] = await database.query<{ waiting: number }>(
        'SELECT coalesce(sum(waiting), 0)::integer AS waiting FROM webhook_endpoints WHERE deleted_at IS NULL',
      );
      return row?.waiting ?? 0;
    });
  }

  count({ at, delivery, result, verdict }: Settlement): void {
    const outcome = result.error === 'interrupted' ? 'interrupted' : verdict.state === 'waiting' ? 'retry' : verdict.state;
    this.#attempts.inc({ result: outcome });
    this.#seconds.observe({ result: outcome }, result.durationMs / 1000);
    this.#latency.observe(Math.max(0, at.getTime() - delivery.dueAt.getTime()) / 1000);
  }
}
