import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/sql.js';
import { type Claimed, claimDue, nextDueAt, PARALLEL, PARALLEL_FAILING, renewClaims } from './claims.js';
import { DeliveryTimes } from './delivery-times.js';
import { settle, type Settlement } from './settle.js';

/** What a lane may do next. */
export interface Turn {
  readonly claimed: readonly Claimed[];
  readonly url: string;
  /** Sealed secrets that sign now, newest first. */
  readonly secrets: readonly Buffer[];
  /** When the lane has something to do again, if nothing else wakes it before. */
  readonly wakeAt?: Date;
}

interface EndpointRow {
  readonly url: string;
  readonly live: boolean;
  readonly waiting: number;
  readonly paused_until: Date | null;
  readonly last_success_at: Date | null;
  readonly last_failure_at: Date | null;
  readonly failing_since: Date | null;
  readonly secrets: Buffer[] | null;
}

/** One step of an endpoint's lane in the database: what has ended is written and what is due is taken, in one transaction. */
@Injectable()
export class Turns {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly times: DeliveryTimes,
  ) {}

  /** @param room how many more requests this process wants to have under way */
  async take(endpointId: string, ended: readonly Settlement[], room: number): Promise<Turn | undefined> {
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const [row] = await tx.query<EndpointRow>(LOCK, [endpointId, now]);
      if (row === undefined) return undefined;
      const finished = await settle(tx, endpointId, ended, now);
      const after = healthAfter(row, ended, now);
      if (ended.length > 0) await this.#writeHealth(tx, endpointId, finished, after);
      if (!row.live || after.gone) return { claimed: [], url: row.url, secrets: [] };
      if (after.pausedUntil !== null && after.pausedUntil > now)
        return { claimed: [], url: row.url, secrets: [], wakeAt: after.pausedUntil };
      const claimed =
        room > 0
          ? await claimDue(tx, endpointId, now, room, after.failingSince === null ? PARALLEL : PARALLEL_FAILING, this.times.claimMs)
          : [];
      const wakeAt = claimed.length < room ? await nextDueAt(tx, endpointId, now) : undefined;
      return { claimed, url: row.url, secrets: row.secrets ?? [], ...(wakeAt ? { wakeAt } : {}) };
    });
  }

  /** Keeps others from taking what this process is still waiting for. */
  renew(held: readonly Claimed[]): Promise<void> {
    return renewClaims(this.database, held, this.times.claimMs);
  }

  async #writeHealth(tx: Tx, endpointId: string, finished: number, health: Health): Promise<void> {
    await tx.query(
      `UPDATE webhook_endpoints
          SET waiting = waiting - $2, last_success_at = $3, last_failure_at = $4, failing_since = $5, paused_until = $6,
              enabled = enabled AND NOT $7::boolean, disabled_reason = CASE WHEN enabled AND $7::boolean THEN 'gone' ELSE disabled_reason END
        WHERE id = $1`,
      [endpointId, finished, health.lastSuccessAt, health.lastFailureAt, health.failingSince, health.pausedUntil, health.gone],
    );
  }
}

/**
 * Losing the last milliseconds of this in a crash of the database means deliveries made again under the same id, which "at least once" allows;
 * so no commit of a lane waits for the disk.
 */
const LOCK = `
  SELECT set_config('synchronous_commit', 'off', true), url, enabled AND deleted_at IS NULL AS live, waiting, paused_until,
         last_success_at, last_failure_at, failing_since,
         (SELECT array_agg(s.sealed ORDER BY s.created_at DESC) FROM webhook_secrets s
           WHERE s.endpoint_id = e.id AND (s.expires_at IS NULL OR s.expires_at > $2)) AS secrets
    FROM webhook_endpoints e WHERE id = $1 FOR NO KEY UPDATE`;

interface Health {
  readonly lastSuccessAt: Date | null;
  readonly lastFailureAt: Date | null;
  readonly failingSince: Date | null;
  readonly pausedUntil: Date | null;
  readonly gone: boolean;
}

function healthAfter(row: EndpointRow, ended: readonly Settlement[], now: Date): Health {
  let health: Health = {
    lastSuccessAt: row.last_success_at,
    lastFailureAt: row.last_failure_at,
    failingSince: row.failing_since,
    pausedUntil: row.paused_until,
    gone: false,
  };
  for (const { at, result, verdict } of ended) {
    if (result.error === 'interrupted') continue;
    if (verdict.state === 'delivered') {
      health = { ...health, lastSuccessAt: at, failingSince: null };
      continue;
    }
    const pausedUntil = verdict.lanePauseMs ? new Date(now.getTime() + verdict.lanePauseMs) : health.pausedUntil;
    health = {
      ...health,
      lastFailureAt: at,
      failingSince: health.failingSince ?? at,
      pausedUntil,
      gone: health.gone || verdict.gone === true,
    };
  }
  return health;
}
