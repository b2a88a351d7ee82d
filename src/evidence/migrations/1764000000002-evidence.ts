import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The content-addressed store: every byte that leaves or enters, verbatim, under its SHA-256. */
export class Evidence1764000000002 implements MigrationInterface {
  name = 'Evidence1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE evidence (
        sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        size integer NOT NULL,
        media_type text NOT NULL,
        content bytea NOT NULL,
        stored_at timestamptz NOT NULL DEFAULT now()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE evidence');
  }
}
