import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Hand-overs: one row per PEC message that we try to send, written before SMTP opens. */
export class Outbox1764000000005 implements MigrationInterface {
  name = 'Outbox1764000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE attempts (
        id uuid PRIMARY KEY,
        invoice_id uuid NOT NULL REFERENCES invoices (id),
        company_id uuid NOT NULL,
        mailbox_id uuid NOT NULL,
        number integer NOT NULL,
        message_id text NOT NULL UNIQUE,
        sdi_address text NOT NULL,
        mime_sha256 text NOT NULL REFERENCES evidence (sha256),
        state text NOT NULL CHECK (state IN ('open', 'accepted', 'refused', 'deferred', 'unknown')),
        -- While open: NULL until just before the last octets leave, then 'final-dot'. Settled: how far the dialogue came.
        stage text,
        smtp_code integer,
        smtp_response text,
        identificativo text,
        tries integer NOT NULL DEFAULT 1,
        fence bigint NOT NULL,
        opened_at timestamptz NOT NULL,
        -- Of the first try.
        first_opened_at timestamptz NOT NULL,
        settled_at timestamptz,
        -- A new attempt after this one was asked for, by a person or by the mailbox's rule for silence; without it an attempt is never followed by another.
        resend_requested_at timestamptz,
        resend_requested_by text CHECK (resend_requested_by IN ('person', 'policy')),
        UNIQUE (invoice_id, number),
        FOREIGN KEY (company_id, mailbox_id) REFERENCES mailboxes (company_id, id)
      );
      CREATE INDEX attempts_open ON attempts (mailbox_id) WHERE state = 'open';
      CREATE INDEX attempts_unknown ON attempts (mailbox_id, id) WHERE state = 'unknown' AND resend_requested_at IS NULL;
      -- The rule for silence has one say per invoice.
      CREATE UNIQUE INDEX attempts_policy ON attempts (invoice_id) WHERE resend_requested_by = 'policy';
      CREATE INDEX attempts_deferred ON attempts (mailbox_id) WHERE state = 'deferred';
      CREATE INDEX attempts_quota ON attempts (mailbox_id, opened_at);
      CREATE INDEX attempts_identificativo ON attempts (identificativo) WHERE identificativo IS NOT NULL;

      -- Invoices whose hand-over could not be prepared or settled; a row goes when that succeeds.
      CREATE TABLE put_aside (
        invoice_id uuid PRIMARY KEY REFERENCES invoices (id),
        mailbox_id uuid NOT NULL REFERENCES mailboxes (id),
        since timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      CREATE INDEX put_aside_mailbox ON put_aside (mailbox_id);

      -- Failures in a row and when to try again; no row: nothing went wrong.
      CREATE TABLE send_lanes (
        mailbox_id uuid PRIMARY KEY REFERENCES mailboxes (id),
        memory jsonb NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE send_lanes, put_aside, attempts');
  }
}
