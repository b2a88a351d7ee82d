import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Endpoints of webhooks with their secrets, the deliveries to each, and the log of attempts. */
export class Webhooks1764000000007 implements MigrationInterface {
  name = 'Webhooks1764000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Whoever changes what waits for an endpoint locks its row first: that keeps the order per invoice, the bound on parallel requests and the count.
      CREATE TABLE webhook_endpoints (
        id uuid PRIMARY KEY,
        company_id uuid REFERENCES companies (id),
        url text NOT NULL,
        description text,
        event_types text[] NOT NULL,
        enabled boolean NOT NULL DEFAULT true,
        disabled_reason text CHECK (disabled_reason IN ('person', 'gone')),
        -- Everything in the feed up to this position has become a delivery or was not wanted.
        position bigint NOT NULL,
        waiting integer NOT NULL DEFAULT 0 CHECK (waiting >= 0),
        paused_until timestamptz,
        last_success_at timestamptz,
        last_failure_at timestamptz,
        failing_since timestamptz,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        deleted_at timestamptz
      ) WITH (fillfactor = 50);
      CREATE INDEX webhook_endpoints_position ON webhook_endpoints (position) WHERE enabled AND deleted_at IS NULL;
      CREATE INDEX webhook_endpoints_newest ON webhook_endpoints (id DESC) WHERE deleted_at IS NULL;
      CREATE INDEX webhook_endpoints_deleted ON webhook_endpoints (id) WHERE deleted_at IS NOT NULL;

      CREATE TABLE webhook_secrets (
        id uuid PRIMARY KEY,
        endpoint_id uuid NOT NULL REFERENCES webhook_endpoints (id) ON DELETE CASCADE,
        scheme text NOT NULL CHECK (scheme IN ('v1')),
        sealed bytea NOT NULL,
        created_at timestamptz NOT NULL,
        -- A secret that was replaced signs beside the new one until then.
        expires_at timestamptz
      );
      CREATE INDEX webhook_secrets_endpoint ON webhook_secrets (endpoint_id);

      CREATE TABLE webhook_deliveries (
        id uuid PRIMARY KEY,
        endpoint_id uuid NOT NULL REFERENCES webhook_endpoints (id),
        event_id uuid NOT NULL,
        event_type text NOT NULL,
        -- The invoice, and the event's place among the invoice's events.
        subject_id uuid NOT NULL,
        subject_sequence integer NOT NULL,
        body bytea NOT NULL,
        test boolean NOT NULL DEFAULT false,
        state text NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
        attempts integer NOT NULL DEFAULT 0,
        -- Attempts made before the last redelivery: the schedule starts anew, the count and the log go on.
        attempts_before integer NOT NULL DEFAULT 0,
        -- While waiting: empty means that an earlier event of the same invoice goes first.
        next_attempt_at timestamptz,
        -- Set while a request is under way; ignored once expired, because then the worker died.
        claim uuid,
        claimed_until timestamptz,
        created_at timestamptz NOT NULL,
        settled_at timestamptz,
        UNIQUE (endpoint_id, event_id),
        CHECK (state = 'waiting' OR (next_attempt_at IS NULL AND claim IS NULL))
      );
      -- At most one event of an invoice is on its way to an endpoint.
      CREATE UNIQUE INDEX webhook_deliveries_head ON webhook_deliveries (endpoint_id, subject_id) WHERE next_attempt_at IS NOT NULL;
      CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, next_attempt_at, id) WHERE next_attempt_at IS NOT NULL;
      CREATE INDEX webhook_deliveries_blocked ON webhook_deliveries (endpoint_id, subject_id, subject_sequence) WHERE state = 'waiting';
      CREATE INDEX webhook_deliveries_claimed ON webhook_deliveries (endpoint_id) WHERE claim IS NOT NULL;
      CREATE INDEX webhook_deliveries_newest ON webhook_deliveries (endpoint_id, id DESC);
      CREATE INDEX webhook_deliveries_state ON webhook_deliveries (endpoint_id, state, id DESC);
      CREATE INDEX webhook_deliveries_settled ON webhook_deliveries (settled_at) WHERE state <> 'waiting';

      CREATE TABLE webhook_attempts (
        id uuid PRIMARY KEY,
        delivery_id uuid NOT NULL REFERENCES webhook_deliveries (id) ON DELETE CASCADE,
        at timestamptz NOT NULL,
        request_headers jsonb NOT NULL,
        response_status integer,
        response_headers jsonb,
        response_body bytea,
        duration_ms integer NOT NULL,
        error text
      );
      CREATE INDEX webhook_attempts_delivery ON webhook_attempts (delivery_id, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE webhook_attempts, webhook_deliveries, webhook_secrets, webhook_endpoints');
  }
}
