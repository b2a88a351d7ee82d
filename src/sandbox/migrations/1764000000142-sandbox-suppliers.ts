import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files that the sandbox's supplier had delivered. */
export class SandboxSuppliers1764000000142 implements MigrationInterface {
  name = 'SandboxSuppliers1764000000142';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sandbox_supplier_files (
        identificativo_sdi bigint PRIMARY KEY DEFAULT nextval('sandbox_identificativo_sdi'),
        mailbox text NOT NULL,
        file_name text NOT NULL,
        content bytea NOT NULL,
        -- Of a delivery that is not the same file as the first.
        other_content bytea,
        -- As the metadata state it.
        hash text NOT NULL,
        sent_at timestamptz NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE sandbox_supplier_files');
  }
}
