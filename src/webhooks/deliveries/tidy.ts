import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/sql.js';

/** Settled deliveries and their logs are kept this long; the feed and the timeline keep the events themselves. */
export const KEEP_DAYS = 30;
const CHUNK = 1000;
const CHUNKS = 50;

/** Removes what is no longer needed, in small transactions. */
@Injectable()
export class Tidy {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEEP_DAYS * 24 * 3_600_000);
    await this.#inChunks(
      `DELETE FROM webhook_deliveries WHERE id IN (SELECT id FROM webhook_deliveries WHERE settled_at < $1 AND state <> 'waiting' ORDER BY settled_at LIMIT ${CHUNK}) RETURNING id`,
      [before],
    );
    const deleted = await this.database.query<{ id: string }>(
      'SELECT id FROM webhook_endpoints WHERE deleted_at IS NOT NULL ORDER BY id LIMIT 100',
    );
    for (const { id } of deleted) {
      const emptied = await this.#inChunks(
        `DELETE FROM webhook_deliveries WHERE id IN (SELECT id FROM webhook_deliveries WHERE endpoint_id = $1 LIMIT ${CHUNK}) RETURNING id`,
        [id],
      );
      if (emptied) await this.database.query('DELETE FROM webhook_endpoints WHERE id = $1', [id]);
    }
    await this.database.query('DELETE FROM webhook_secrets WHERE expires_at < $1', [before]);
  }

  /** True when nothing is left to delete. */
  async #inChunks(statement: string, parameters: readonly unknown[]): Promise<boolean> {
    for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
      const rows = await this.database.query(statement, parameters);
      if (rows.length < CHUNK) return true;
    }
    return false;
  }
}
