import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the sandbox's PEC provider and SdI have promised, know and are about to do. Mail itself lies in the mail store's tables. */
export class SandboxProvider1764000000021 implements MigrationInterface {
  name = 'SandboxProvider1764000000021';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sandbox_state (
        id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
        clock_offset_ms bigint NOT NULL DEFAULT 0,
        smtp_port integer,
        imap_port integer
      );
      INSERT INTO sandbox_state DEFAULT VALUES;

      CREATE TABLE sandbox_keys (
        name text PRIMARY KEY,
        certificate bytea NOT NULL,
        private_key bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE sandbox_accounts (
        address text PRIMARY KEY CHECK (address = lower(address)),
        password bytea NOT NULL,
        -- Given by SdI to the mailbox at its first message (sdi.md 3.1).
        sdi_address text,
        created_at timestamptz NOT NULL DEFAULT now()
      );

      -- Messages for which SMTP was answered with 250, or would have been had the connection held.
      CREATE SEQUENCE sandbox_submission_sequence;
      CREATE TABLE sandbox_submissions (
        sequence bigint PRIMARY KEY,
        account text NOT NULL,
        sender text NOT NULL,
        recipients text[] NOT NULL,
        raw bytea NOT NULL,
        message_id text,
        identificativo text NOT NULL UNIQUE,
        accepted_at timestamptz NOT NULL,
        -- Every message about it enters the inbox twice.
        twice boolean NOT NULL
      );

      -- How often each file was handed over, refused hand-overs included.
      CREATE TABLE sandbox_handovers (
        account text NOT NULL,
        base_name text NOT NULL,
        times integer NOT NULL,
        PRIMARY KEY (account, base_name)
      );

      -- Work that follows from a promise; a row is gone when it is done.
      CREATE TABLE sandbox_schedule (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        -- Of one stream only one item runs at a time, in the order of due_at and id.
        stream text NOT NULL,
        due_at timestamptz NOT NULL,
        -- The instant that the message will state; a delivery that is tried again later keeps it.
        happens_at timestamptz NOT NULL,
        kind text NOT NULL,
        payload jsonb NOT NULL,
        tries integer NOT NULL DEFAULT 0,
        failure text
      );
      CREATE INDEX sandbox_schedule_due ON sandbox_schedule (due_at, id);
      CREATE INDEX sandbox_schedule_stream ON sandbox_schedule (stream, due_at, id);

      -- Every file that reached SdI, duplicates too.
      CREATE SEQUENCE sandbox_identificativo_sdi START 15000000001;
      CREATE SEQUENCE sandbox_sdi_message_id START 3100000001;
      CREATE TABLE sandbox_arrivals (
        identificativo_sdi bigint PRIMARY KEY DEFAULT nextval('sandbox_identificativo_sdi'),
        account text NOT NULL,
        file_name text NOT NULL,
        base_name text NOT NULL,
        sha256 text NOT NULL,
        content bytea NOT NULL,
        message_id text,
        pec_message_id text NOT NULL,
        archive_id bigint,
        archive_name text,
        duplicate boolean NOT NULL,
        twice boolean NOT NULL,
        -- How many messages SdI has sent about it.
        messages integer NOT NULL DEFAULT 0,
        arrived_at timestamptz NOT NULL
      );
      CREATE UNIQUE INDEX sandbox_arrivals_first ON sandbox_arrivals (base_name) WHERE NOT duplicate;
      CREATE INDEX sandbox_arrivals_name ON sandbox_arrivals (base_name);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE sandbox_arrivals, sandbox_schedule, sandbox_handovers, sandbox_submissions, sandbox_accounts, sandbox_keys, sandbox_state;
      DROP SEQUENCE sandbox_submission_sequence, sandbox_identificativo_sdi, sandbox_sdi_message_id;
    `);
  }
}
