import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The sandbox provider's mailboxes. */
export class SandboxMail1764000000020 implements MigrationInterface {
  name = 'SandboxMail1764000000020';

  async up(runner: QueryRunner): Promise<void> {
    // UIDVALIDITY comes from a sequence so that a folder deleted and made again never gets an old value back (RFC 3501 §2.3.1.1).
    // Messages are base64, which hardly compresses: stored as they are, a header is read without its megabytes.
    // The key is checked at the end of a statement because renumbering a folder passes through taken numbers.
    await runner.query(`
      CREATE SEQUENCE sandbox_mail_uidvalidity AS bigint START 1764000000;
      CREATE TABLE sandbox_mail_folders (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        account text NOT NULL,
        name text NOT NULL,
        uid_validity bigint NOT NULL DEFAULT nextval('sandbox_mail_uidvalidity'),
        uid_next bigint NOT NULL DEFAULT 1,
        modseq bigint NOT NULL DEFAULT 1,
        UNIQUE (account, name)
      );
      CREATE TABLE sandbox_mail_messages (
        folder_id bigint NOT NULL REFERENCES sandbox_mail_folders (id) ON DELETE CASCADE,
        uid bigint NOT NULL,
        modseq bigint NOT NULL,
        internal_date timestamptz NOT NULL,
        flags text[] NOT NULL,
        size integer NOT NULL,
        header_size integer NOT NULL,
        raw bytea NOT NULL,
        PRIMARY KEY (folder_id, uid) DEFERRABLE INITIALLY IMMEDIATE
      );
      ALTER TABLE sandbox_mail_messages ALTER COLUMN raw SET STORAGE EXTERNAL;
      CREATE INDEX sandbox_mail_messages_modseq ON sandbox_mail_messages (folder_id, modseq);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE sandbox_mail_messages;
      DROP TABLE sandbox_mail_folders;
      DROP SEQUENCE sandbox_mail_uidvalidity;
    `);
  }
}
