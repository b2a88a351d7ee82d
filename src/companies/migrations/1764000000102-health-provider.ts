import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether a company provides health services: its invoices to natural persons must not go through SdI. */
export class HealthProvider1764000000102 implements MigrationInterface {
  name = 'HealthProvider1764000000102';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE companies ADD COLUMN health_provider boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE companies DROP COLUMN health_provider');
  }
}
