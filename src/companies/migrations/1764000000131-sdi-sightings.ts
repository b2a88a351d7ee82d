import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whence each version of a mailbox's SdI address comes, and addresses of SdI that were seen and are not in force. */
export class SdiSightings1764000000131 implements MigrationInterface {
  name = 'SdiSightings1764000000131';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sdi_addresses
        -- The instant of the newest message that spoke for it: messages are judged in any order.
        ADD COLUMN told_at timestamptz,
        ADD COLUMN message_id uuid,
        -- The caller who decided, and why.
        ADD COLUMN decided_by text,
        ADD COLUMN note text;
      UPDATE sdi_addresses SET told_at = in_force_since WHERE source = 'message';

      CREATE TABLE sdi_address_sightings (
        mailbox_id uuid NOT NULL REFERENCES mailboxes (id),
        address text NOT NULL,
        -- sender: a verified message came from it; announcement: one that came from the address in force named it.
        how text NOT NULL CHECK (how IN ('sender', 'announcement')),
        first_seen_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        -- The message that was seen first.
        message_sha256 text NOT NULL,
        message_id uuid,
        -- left: a person decided for the address in force; superseded: another address has come into force since. NULL: a person should look.
        settled text CHECK (settled IN ('left', 'superseded')),
        PRIMARY KEY (mailbox_id, address)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE sdi_address_sightings;
      ALTER TABLE sdi_addresses DROP COLUMN told_at, DROP COLUMN message_id, DROP COLUMN decided_by, DROP COLUMN note;
    `);
  }
}
