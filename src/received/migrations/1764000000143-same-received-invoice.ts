import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Two rows that turn out to be one invoice: the one that has the IdentificativoSdI stands for both. */
export class SameReceivedInvoice1764000000143 implements MigrationInterface {
  name = 'SameReceivedInvoice1764000000143';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE received_invoices ADD COLUMN same_as uuid REFERENCES received_invoices (id),
        -- Whatever stands for another has its IdentificativoSdI, so that there are no chains.
        ADD CONSTRAINT received_invoices_same_as CHECK (same_as IS NULL OR identificativo_sdi IS NULL);
      CREATE INDEX received_invoices_same_as ON received_invoices (same_as) WHERE same_as IS NOT NULL;
      CREATE INDEX received_deliveries_sha256 ON received_deliveries (sha256) WHERE sha256 IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX received_deliveries_sha256; ALTER TABLE received_invoices DROP COLUMN same_as');
  }
}
