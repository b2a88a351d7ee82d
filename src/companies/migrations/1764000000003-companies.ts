import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Companies, their mailboxes with the history of SdI addresses, API keys and sign-in. */
export class Companies1764000000003 implements MigrationInterface {
  name = 'Companies1764000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE companies (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        partita_iva text,
        codice_fiscale text,
        transmitter_paese text NOT NULL,
        transmitter_codice text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CHECK (partita_iva IS NOT NULL OR codice_fiscale IS NOT NULL)
      );
      CREATE INDEX companies_transmitter ON companies (transmitter_paese, transmitter_codice);

      CREATE TABLE mailboxes (
        id uuid PRIMARY KEY,
        company_id uuid NOT NULL REFERENCES companies (id),
        address text NOT NULL,
        provider text NOT NULL,
        smtp_host text NOT NULL,
        smtp_port integer NOT NULL,
        smtp_security text NOT NULL CHECK (smtp_security IN ('tls', 'starttls')),
        smtp_user text NOT NULL,
        smtp_password bytea NOT NULL,
        imap_host text NOT NULL,
        imap_port integer NOT NULL,
        imap_security text NOT NULL CHECK (imap_security IN ('tls', 'starttls')),
        imap_user text NOT NULL,
        imap_password bytea NOT NULL,
        -- Counts the changes of the IMAP account; UIDs are comparable within one value only.
        imap_epoch integer NOT NULL DEFAULT 0,
        folders text[] NOT NULL DEFAULT '{INBOX}',
        sdi_address text NOT NULL,
        provider_signers text[] NOT NULL,
        quota_per_hour integer NOT NULL,
        quota_per_day integer NOT NULL,
        -- Seconds of silence after which a hand-over of unknown outcome is taken as lost and sent again; null leaves it to a person.
        resend_unanswered_after_s integer CHECK (resend_unanswered_after_s > 0),
        trust text NOT NULL CHECK (trust IN ('public', 'sandbox')),
        tls_ca text,
        enabled boolean NOT NULL DEFAULT true,
        is_default boolean NOT NULL DEFAULT false,
        send_health jsonb NOT NULL DEFAULT '{"state":"unknown"}',
        read_health jsonb NOT NULL DEFAULT '{"state":"unknown"}',
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (company_id, id)
      );
      CREATE UNIQUE INDEX mailboxes_address ON mailboxes (lower(address), lower(imap_host), imap_port);
      CREATE UNIQUE INDEX mailboxes_default ON mailboxes (company_id) WHERE is_default;

      CREATE TABLE sdi_addresses (
        id uuid PRIMARY KEY,
        mailbox_id uuid NOT NULL REFERENCES mailboxes (id),
        address text NOT NULL,
        source text NOT NULL CHECK (source IN ('initial', 'message', 'person')),
        message_sha256 text,
        in_force_since timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX sdi_addresses_mailbox ON sdi_addresses (mailbox_id, in_force_since);

      -- Roots in which we believe, per kind of mailbox: the sandbox's never count for a real one.
      CREATE TABLE trust_anchors (
        scope text NOT NULL CHECK (scope IN ('public', 'sandbox')),
        use text NOT NULL CHECK (use IN ('pec', 'sdi')),
        fingerprint text NOT NULL,
        certificate bytea NOT NULL,
        added_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (scope, use, fingerprint)
      );

      CREATE TABLE api_keys (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        hash text NOT NULL UNIQUE,
        prefix text NOT NULL,
        scopes text[] NOT NULL,
        company_id uuid REFERENCES companies (id),
        created_at timestamptz NOT NULL DEFAULT now(),
        last_used_at timestamptz,
        revoked_at timestamptz
      );

      CREATE TABLE sign_in (
        id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
        password_hash text NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE sessions (
        hash text PRIMARY KEY,
        api_key_id uuid REFERENCES api_keys (id),
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX sessions_expiry ON sessions (expires_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE sessions, sign_in, api_keys, trust_anchors, sdi_addresses, mailboxes, companies');
  }
}
