import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Copies of a message are found by what they hold, for the evidence bundle. */
export class MessageCopies1764000000151 implements MigrationInterface {
  name = 'MessageCopies1764000000151';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX messages_copies ON messages (mailbox_id, content_key) WHERE disposition = 'duplicate'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX messages_copies');
  }
}
