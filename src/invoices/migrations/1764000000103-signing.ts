import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Certificates with which companies sign, and of each invoice the bytes that came, where others were sent. */
export class Signing1764000000103 implements MigrationInterface {
  name = 'Signing1764000000103';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE signing_certificates (
        company_id uuid PRIMARY KEY REFERENCES companies (id),
        certificate bytea NOT NULL,
        chain bytea[] NOT NULL DEFAULT '{}',
        -- PKCS #8, sealed with the master key.
        private_key bytea NOT NULL,
        form text NOT NULL CHECK (form IN ('cades', 'xades')),
        not_after timestamptz NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      );

      -- Null: what came is what was sent.
      ALTER TABLE invoices ADD COLUMN original_sha256 text REFERENCES evidence (sha256);
      CREATE INDEX invoices_original_sha256 ON invoices (original_sha256) WHERE original_sha256 IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE invoices DROP COLUMN original_sha256; DROP TABLE signing_certificates');
  }
}
