import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Clock, Database, decodeCursor, Jobs, newId, page, type Tx } from '../../platform/index.js';
import { lockEndpoint } from '../endpoints/endpoints.js';
import { bodyBytes, type EventBody } from '../payload/payload.js';
import { deliveryBlocked, deliveryNotFound, webhookDisabled } from '../problems.js';
import { type AttemptRow, DELIVERY_COLUMNS, type DeliveryRow } from './delivery.js';
import { DeliverDue } from './jobs.js';

/** Attempts shown of one delivery, the newest ones. */
const MOST_ATTEMPTS = 100;

export interface DeliveryQuery {
  readonly state?: DeliveryRow['state'];
  readonly cursor?: string;
  readonly limit: number;
}

/** What people ask of deliveries: to see them, to have one made again, to try an endpoint. */
@Injectable()
export class Deliveries {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async list(endpointId: string, query: DeliveryQuery): Promise<{ items: DeliveryRow[]; next: string | null }> {
    const [after] = decodeCursor(query.cursor, z.tuple([z.uuid()])) ?? [];
    const parameters: unknown[] = [endpointId, after ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff', query.limit + 1];
    // The state is a condition only when it is asked for, so that either question runs along its own index.
    if (query.state) parameters.push(query.state);
    const rows = await this.database.query<DeliveryRow>(
      `SELECT ${DELIVERY_COLUMNS} FROM webhook_deliveries WHERE endpoint_id = $1 AND id < $2 ${query.state ? 'AND state = $4' : ''} ORDER BY id DESC LIMIT $3`,
      parameters,
    );
    return page(
      rows,
      query.limit,
      (row) => row,
      ({ id }) => [id],
    );
  }

  /** With its attempts, oldest first. Throws 404. */
  async get(endpointId: string, id: string): Promise<{ row: DeliveryRow; body: Buffer; attempts: AttemptRow[] }> {
    const [row] = await this.database.query<DeliveryRow & { body: Buffer }>(
      `SELECT ${DELIVERY_COLUMNS}, body FROM webhook_deliveries WHERE id = $1 AND endpoint_id = $2`,
      [id, endpointId],
    );
    if (row === undefined) throw deliveryNotFound(id);
    const attempts = await this.database.query<AttemptRow>(
      `SELECT at, request_headers, response_status, response_headers, response_body, duration_ms, error
         FROM webhook_attempts WHERE delivery_id = $1 ORDER BY id DESC LIMIT ${MOST_ATTEMPTS}`,
      [id],
    );
    return { row, body: row.body, attempts: attempts.reverse() };
  }

  /**
   * Makes a delivery due now. A settled one begins its schedule anew, with the same id and bytes; later events of its invoice wait for it again.
   * Throws 404, or 409 when the endpoint is off or an earlier event of the invoice has to go first.
   */
  async redeliver(endpointId: string, id: string): Promise<DeliveryRow> {
    return this.database.transaction(async (tx) => {
      const endpoint = await lockEndpoint(tx, endpointId, undefined);
      if (!endpoint.enabled) throw webhookDisabled();
      const [row] = await tx.query<DeliveryRow>(`SELECT ${DELIVERY_COLUMNS} FROM webhook_deliveries WHERE id = $1 AND endpoint_id = $2`, [
        id,
        endpointId,
      ]);
      if (row === undefined) throw deliveryNotFound(id);
      if (row.under_way) return row;
      const settled = row.state !== 'waiting';
      if (!settled && row.next_attempt_at === null) throw deliveryBlocked();
      const due = !settled || (await this.#makeWay(tx, endpointId, row));
      const [changed] = await tx.query<DeliveryRow>(
        `UPDATE webhook_deliveries
            SET state = 'waiting', next_attempt_at = $2, claim = NULL, claimed_until = NULL, settled_at = NULL,
                attempts_before = CASE WHEN $3::boolean THEN attempts ELSE attempts_before END
          WHERE id = $1 RETURNING ${DELIVERY_COLUMNS}`,
        [id, due ? this.clock.now() : null, settled],
      );
      await tx.query('UPDATE webhook_endpoints SET waiting = waiting + $2, paused_until = NULL WHERE id = $1', [
        endpointId,
        settled ? 1 : 0,
      ]);
      tx.afterCommit(() => this.jobs.enqueue(DeliverDue, { endpointId }, { key: endpointId }));
      return changed ?? row;
    });
  }

  /** Sends an event that no invoice had, past the order and past the filter. */
  async test(endpointId: string, body: EventBody): Promise<DeliveryRow> {
    return this.database.transaction(async (tx) => {
      const endpoint = await lockEndpoint(tx, endpointId, undefined);
      if (!endpoint.enabled) throw webhookDisabled();
      const now = this.clock.now();
      const [row] = await tx.query<DeliveryRow>(
        `INSERT INTO webhook_deliveries (id, endpoint_id, event_id, event_type, subject_id, subject_sequence, body, test, state, next_attempt_at, created_at)
         VALUES ($1, $2, $3, $4, $3, 0, $5, true, 'waiting', $6, $6) RETURNING ${DELIVERY_COLUMNS}`,
        [newId(), endpointId, body.id, body.type, bodyBytes(body), now],
      );
      if (row === undefined) throw new Error('an inserted delivery was not returned');
      await tx.query('UPDATE webhook_endpoints SET waiting = waiting + 1, paused_until = NULL WHERE id = $1', [endpointId]);
      tx.afterCommit(() => this.jobs.enqueue(DeliverDue, { endpointId }, { key: endpointId }));
      return row;
    });
  }

  /** True when the delivery may be the next of its invoice; a later event that was next, and is not under way, steps back behind it. */
  async #makeWay(tx: Tx, endpointId: string, row: DeliveryRow): Promise<boolean> {
    const [head] = await tx.query<{ id: string; steps_back: boolean }>(
      `SELECT id, subject_sequence > $3 AND (claim IS NULL OR claimed_until < clock_timestamp()) AS steps_back
         FROM webhook_deliveries WHERE endpoint_id = $1 AND subject_id = $2 AND next_attempt_at IS NOT NULL`,
      [endpointId, row.subject_id, row.subject_sequence],
    );
    if (head === undefined) return true;
    if (head.steps_back)
      await tx.query('UPDATE webhook_deliveries SET next_attempt_at = NULL, claim = NULL, claimed_until = NULL WHERE id = $1', [head.id]);
    return head.steps_back;
  }
}
