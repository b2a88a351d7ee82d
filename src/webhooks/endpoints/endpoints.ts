import { Inject, Injectable } from '@nestjs/common';
import {
  Clock,
  Database,
  decodeCursor,
  Feed,
  invalidBody,
  Jobs,
  newId,
  page,
  SecretBox,
  type Settings,
  SETTINGS,
  sqlState,
  type Tx,
} from '../../platform/index.js';
import { z } from 'zod';
import { DeliverDue } from '../deliveries/jobs.js';
import { newestPosition } from '../newest-position.js';
import { tooManyWebhooks, unknownCompany, webhookNotFound } from '../problems.js';
import { newSecret } from '../signing/secret.js';
import { checkEndpoint, type EndpointChange, type NewEndpoint } from './endpoint-input.js';
import { ENDPOINT_COLUMNS, type EndpointRow } from './endpoint.js';

/** Of one company, or of all companies together. Every event goes past every endpoint; more than this is a mistake. */
const MOST_ENDPOINTS = 100;
const FOREIGN_KEY_VIOLATION = '23503';

/** Endpoints of webhooks. `company` restricts every question to the endpoints of one company; those for all companies are not among them. */
@Injectable()
export class Endpoints {
  constructor(
    private readonly database: Database,
    private readonly feed: Feed,
    private readonly secrets: SecretBox,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Begins at the present end of the feed. The secret is returned here and never again. */
  async create(input: NewEndpoint): Promise<{ row: EndpointRow; secret: string }> {
    const url = checkEndpoint(input, { allowPrivate: this.settings.webhooksPrivate });
    const secret = newSecret();
    const sealed = this.secrets.seal(secret);
    try {
      return await this.database.transaction(async (tx) => {
        const [{ count = 0 } = {}] = await tx.query<{ count: number }>(
          'SELECT count(*)::integer AS count FROM webhook_endpoints WHERE deleted_at IS NULL AND company_id IS NOT DISTINCT FROM $1',
          [input.companyId ?? null],
        );
        if (count >= MOST_ENDPOINTS) throw tooManyWebhooks(MOST_ENDPOINTS);
        const now = this.clock.now();
        const [row] = await tx.query<EndpointRow>(
          `INSERT INTO webhook_endpoints (id, company_id, url, description, event_types, enabled, disabled_reason, position, created_at, updated_at)
           VALUES ($1, $2, $3, $4, $5, $6, CASE WHEN NOT $6::boolean THEN 'person' END, $7, $8, $8) RETURNING ${ENDPOINT_COLUMNS}`,
          [
            newId(),
            input.companyId ?? null,
            url,
            input.description ?? null,
            [...new Set(input.eventTypes)],
            input.enabled,
            await newestPosition(this.feed, tx),
            now,
          ],
        );
        if (row === undefined) throw new Error('an inserted endpoint was not returned');
        await tx.query("INSERT INTO webhook_secrets (id, endpoint_id, scheme, sealed, created_at) VALUES ($1, $2, 'v1', $3, $4)", [
          newId(),
          row.id,
          sealed,
          now,
        ]);
        return { row, secret };
      });
    } catch (error) {
      if (sqlState(error) === FOREIGN_KEY_VIOLATION && input.companyId) throw invalidBody([unknownCompany(input.companyId)]);
      throw error;
    }
  }

  /** Newest first. */
  async list(
    company: string | undefined,
    query: { readonly cursor?: string; readonly limit: number },
  ): Promise<{ items: EndpointRow[]; next: string | null }> {
    const [after] = decodeCursor(query.cursor, z.tuple([z.uuid()])) ?? [];
    const rows = await this.database.query<EndpointRow>(
      `SELECT ${ENDPOINT_COLUMNS} FROM webhook_endpoints
        WHERE deleted_at IS NULL AND ($1::uuid IS NULL OR company_id = $1) AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [company ?? null, after ?? null, query.limit + 1],
    );
    return page(
      rows,
      query.limit,
      (row) => row,
      ({ id }) => [id],
    );
  }

  /** Throws 404. */
  async get(id: string, company: string | undefined): Promise<EndpointRow> {
    const [row] = await this.database.query<EndpointRow>(
      `SELECT ${ENDPOINT_COLUMNS} FROM webhook_endpoints WHERE id = $1 AND deleted_at IS NULL AND ($2::uuid IS NULL OR company_id = $2)`,
      [id, company ?? null],
    );
    if (row === undefined) throw webhookNotFound(id);
    return row;
  }

  /** What already waits goes to the new address, under the new filter only what comes. Throws 404. */
  async change(id: string, company: string | undefined, change: EndpointChange): Promise<EndpointRow> {
    const url = checkEndpoint(change, { allowPrivate: this.settings.webhooksPrivate });
    return this.database.transaction(async (tx) => {
      const before = await lockEndpoint(tx, id, company);
      const enabled = change.enabled ?? before.enabled;
      const skipTo = enabled && !before.enabled && change.missed === 'skip' ? await newestPosition(this.feed, tx) : null;
      const [row] = await tx.query<EndpointRow>(
        `UPDATE webhook_endpoints
            SET url = $2, description = $3, event_types = $4, enabled = $5,
                disabled_reason = CASE WHEN $5::boolean THEN NULL ELSE coalesce(disabled_reason, 'person') END,
                failing_since = CASE WHEN $5::boolean AND NOT enabled THEN NULL ELSE failing_since END,
                paused_until = CASE WHEN url = $2 THEN paused_until END,
                position = greatest(position, coalesce($6::bigint, position)), updated_at = $7
          WHERE id = $1 RETURNING ${ENDPOINT_COLUMNS}`,
        [
          id,
          url ?? before.url,
          change.description === undefined ? before.description : change.description,
          change.eventTypes ? [...new Set(change.eventTypes)] : before.event_types,
          enabled,
          skipTo,
          this.clock.now(),
        ],
      );
      if (row === undefined) throw webhookNotFound(id);
      tx.afterCommit(() => this.jobs.enqueue(DeliverDue, { endpointId: id }, { key: id }));
      return row;
    });
  }

  /** At once for everybody; the deliveries are removed little by little. Throws 404. */
  async remove(id: string, company: string | undefined): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockEndpoint(tx, id, company);
      await tx.query('UPDATE webhook_endpoints SET deleted_at = $2, enabled = false WHERE id = $1', [id, this.clock.now()]);
      await tx.query('DELETE FROM webhook_secrets WHERE endpoint_id = $1', [id]);
    });
  }
}

/** The row that orders everything that happens to an endpoint. Throws 404. */
export async function lockEndpoint(tx: Tx, id: string, company: string | undefined): Promise<EndpointRow> {
  const [row] = await tx.query<EndpointRow>(
    `SELECT ${ENDPOINT_COLUMNS} FROM webhook_endpoints WHERE id = $1 AND deleted_at IS NULL AND ($2::uuid IS NULL OR company_id = $2) FOR NO KEY UPDATE`,
    [id, company ?? null],
  );
  if (row === undefined) throw webhookNotFound(id);
  return row;
}
