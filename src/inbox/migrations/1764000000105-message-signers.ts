import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose signatures a message bears, so that what waits for one certificate is found when somebody decides about it. */
export class MessageSigners1764000000105 implements MigrationInterface {
  name = 'MessageSigners1764000000105';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE messages
        -- SHA-256 of the certificate of the provider's signature, and of SdI's on its notification; hex.
        ADD COLUMN signer_fingerprint text,
        ADD COLUMN sdi_signer_fingerprint text;
      CREATE INDEX messages_held ON messages (reason, fetched_at, id) WHERE disposition = 'quarantined';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX messages_held; ALTER TABLE messages DROP COLUMN signer_fingerprint, DROP COLUMN sdi_signer_fingerprint');
  }
}
