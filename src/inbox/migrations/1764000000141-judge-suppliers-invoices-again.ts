import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Suppliers' invoices that were seen before anything was made of them wait to be judged again, and are taken in then. */
export class JudgeSuppliersInvoicesAgain1764000000141 implements MigrationInterface {
  name = 'JudgeSuppliersInvoicesAgain1764000000141';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE messages SET disposition = 'waiting', judged_at = NULL WHERE disposition = 'received_invoice'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE messages SET disposition = 'received_invoice', judged_at = clock_timestamp() WHERE disposition = 'waiting' AND reason = 'supplier_invoice'`);
  }
}
