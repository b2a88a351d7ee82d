import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The ledger of every message ever seen in a mailbox, and where each folder's reading stands. */
export class Inbox1764000000006 implements MigrationInterface {
  name = 'Inbox1764000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE cursors (
        mailbox_id uuid NOT NULL REFERENCES mailboxes (id),
        folder text NOT NULL,
        -- Of the mailbox's IMAP account: with another server or user, UIDs and UIDVALIDITY mean nothing.
        imap_epoch integer NOT NULL DEFAULT 0,
        uid_validity bigint NOT NULL,
        last_uid bigint NOT NULL,
        -- What arrived before this day is not ours to read.
        read_since timestamptz NOT NULL,
        reconciled_at timestamptz,
        PRIMARY KEY (mailbox_id, folder)
      );

      CREATE TABLE messages (
        id uuid PRIMARY KEY,
        company_id uuid NOT NULL,
        mailbox_id uuid NOT NULL,
        folder text NOT NULL,
        imap_epoch integer NOT NULL DEFAULT 0,
        uid_validity bigint NOT NULL,
        uid bigint NOT NULL,
        sha256 text NOT NULL REFERENCES evidence (sha256),
        size integer NOT NULL,
        internal_date timestamptz,
        fetched_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        disposition text NOT NULL CHECK (disposition IN ('waiting', 'applied', 'duplicate', 'not_ours', 'received_invoice', 'quarantined')),
        reason text,
        reason_text jsonb,
        judged_at timestamptz,
        -- When a message that the server would not give was last asked for.
        tried_at timestamptz,
        class text,
        kind text,
        signature text,
        trust jsonb,
        content_key text,
        message_id text,
        riferimento_message_id text,
        identificativo text,
        identificativo_sdi text,
        from_address text,
        subject text,
        invoice_id uuid,
        attempt_id uuid,
        FOREIGN KEY (company_id, mailbox_id) REFERENCES mailboxes (company_id, id),
        UNIQUE (mailbox_id, folder, imap_epoch, uid_validity, uid)
      );
      CREATE UNIQUE INDEX messages_content ON messages (mailbox_id, content_key) WHERE content_key IS NOT NULL AND disposition <> 'duplicate';
      CREATE INDEX messages_waiting ON messages (fetched_at, id) WHERE disposition = 'waiting';
      CREATE INDEX messages_unfetchable ON messages (mailbox_id, folder) WHERE reason = 'unfetchable';
      CREATE INDEX messages_all_newest ON messages (fetched_at DESC, id DESC);
      CREATE INDEX messages_newest ON messages (mailbox_id, fetched_at DESC, id DESC);
      CREATE INDEX messages_company ON messages (company_id, fetched_at DESC, id DESC);
      CREATE INDEX messages_disposition ON messages (disposition, fetched_at DESC, id DESC);
      CREATE INDEX messages_invoice ON messages (invoice_id) WHERE invoice_id IS NOT NULL;
      CREATE INDEX messages_referring ON messages (mailbox_id, riferimento_message_id) WHERE riferimento_message_id IS NOT NULL;
      CREATE INDEX messages_sha256 ON messages (mailbox_id, sha256);

      -- Workers that read mailboxes, so that each takes its fair share.
      CREATE TABLE readers (
        id uuid PRIMARY KEY,
        seen_at timestamptz NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE readers, messages, cursors');
  }
}
