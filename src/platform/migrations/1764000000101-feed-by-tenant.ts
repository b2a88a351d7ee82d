import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The feed of one company is read by position, too. */
export class FeedByTenant1764000000101 implements MigrationInterface {
  name = 'FeedByTenant1764000000101';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX feed_tenant_position ON feed (tenant_id, position) WHERE position IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX feed_tenant_position');
  }
}
