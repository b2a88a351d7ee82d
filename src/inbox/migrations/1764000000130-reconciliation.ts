import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a folder's ledger and its server have in common: rows whose message left the server, and the outcome of each comparison. */
export class Reconciliation1764000000130 implements MigrationInterface {
  name = 'Reconciliation1764000000130';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- When it was found that the server no longer has the message in this place.
      ALTER TABLE messages ADD COLUMN vanished_at timestamptz;
      -- A place holds one message at a time. What left it stays as history, also where a server gives the UID to another message.
      ALTER TABLE messages DROP CONSTRAINT messages_mailbox_id_folder_imap_epoch_uid_validity_uid_key;
      CREATE UNIQUE INDEX messages_place ON messages (mailbox_id, folder, imap_epoch, uid_validity, uid) WHERE vanished_at IS NULL;
      CREATE INDEX messages_vanished ON messages (mailbox_id, folder, imap_epoch, uid_validity, uid) WHERE vanished_at IS NOT NULL;

      ALTER TABLE cursors
        -- Above this UID everything is ours to read; NULL where the folder was begun before this was kept.
        ADD COLUMN first_uid bigint,
        -- The counts of the last whole comparison.
        ADD COLUMN reconciliation jsonb,
        ADD COLUMN reconcile_requested_at timestamptz,
        -- Since the folder was begun under this UIDVALIDITY.
        ADD COLUMN vanished integer NOT NULL DEFAULT 0,
        ADD COLUMN taken_late integer NOT NULL DEFAULT 0;
      -- Whatever was compared before has no counts: it is compared anew at once.
      UPDATE cursors SET reconciled_at = NULL;
      CREATE INDEX cursors_requested ON cursors (mailbox_id) WHERE reconcile_requested_at IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE cursors DROP COLUMN first_uid, DROP COLUMN reconciliation, DROP COLUMN reconcile_requested_at, DROP COLUMN vanished, DROP COLUMN taken_late;
      DROP INDEX messages_place;
      DROP INDEX messages_vanished;
      ALTER TABLE messages DROP COLUMN vanished_at;
      ALTER TABLE messages ADD UNIQUE (mailbox_id, folder, imap_epoch, uid_validity, uid);
    `);
  }
}
