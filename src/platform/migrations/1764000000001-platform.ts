import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Leases, idempotency keys and the feed. */
export class Platform1764000000001 implements MigrationInterface {
  name = 'Platform1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE leases (
        name text PRIMARY KEY,
        holder uuid,
        fence bigint NOT NULL DEFAULT 0,
        expires_at timestamptz NOT NULL
      );

      CREATE TABLE idempotency_keys (
        scope text NOT NULL,
        key text NOT NULL,
        request_sha256 text NOT NULL,
        resource_id uuid,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (scope, key)
      );
      CREATE INDEX idempotency_keys_created ON idempotency_keys (created_at);

      CREATE TABLE feed (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL,
        subject_id uuid NOT NULL,
        subject_sequence integer NOT NULL,
        type text NOT NULL,
        occurred_at timestamptz NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        data jsonb NOT NULL,
        position bigint,
        tenant_sequence bigint,
        UNIQUE (subject_id, subject_sequence)
      );
      CREATE UNIQUE INDEX feed_position ON feed (position) WHERE position IS NOT NULL;
      CREATE UNIQUE INDEX feed_tenant_sequence ON feed (tenant_id, tenant_sequence) WHERE tenant_sequence IS NOT NULL;
      CREATE INDEX feed_unplaced ON feed (recorded_at, subject_id, subject_sequence) WHERE position IS NULL;
      CREATE TABLE feed_counters (scope text PRIMARY KEY, last bigint NOT NULL);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE feed_counters, feed, idempotency_keys, leases');
  }
}
