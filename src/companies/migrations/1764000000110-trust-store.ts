import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who vouches for each certificate and since when, what was revoked, every decision about it, and a counter that tells whoever judged by it that it has changed. */
export class TrustStore1764000000110 implements MigrationInterface {
  name = 'TrustStore1764000000110';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE trust_anchors
        ADD COLUMN source text NOT NULL DEFAULT 'person' CHECK (source IN ('bundled', 'folder', 'person', 'sandbox')),
        -- An authority, below which others count; else an end certificate, which counts for what it signs itself.
        ADD COLUMN authority boolean NOT NULL DEFAULT true,
        ADD COLUMN subject text NOT NULL DEFAULT '',
        ADD COLUMN issuer text NOT NULL DEFAULT '',
        ADD COLUMN emails text[] NOT NULL DEFAULT '{}',
        -- SHA-256 of the public key's SubjectPublicKeyInfo, hex: an authority stands for its key.
        ADD COLUMN key_sha256 text,
        ADD COLUMN not_before timestamptz,
        ADD COLUMN not_after timestamptz,
        ADD COLUMN added_by text,
        ADD COLUMN note text,
        -- The file in the folder from which it was read.
        ADD COLUMN place text,
        -- The folder or Node's bundle holds it no more: nobody vouches for it.
        ADD COLUMN withdrawn_at timestamptz,
        -- Wins over everybody who vouches, in every scope, for this use.
        ADD COLUMN revoked_at timestamptz,
        ADD COLUMN revoked_by text,
        ADD COLUMN revoked_note text;
      UPDATE trust_anchors SET source = 'sandbox' WHERE scope = 'sandbox';
      CREATE INDEX trust_anchors_newest ON trust_anchors (added_at DESC, scope DESC, use DESC, fingerprint DESC);
      CREATE INDEX trust_anchors_certificate ON trust_anchors (fingerprint, use);
      CREATE INDEX trust_anchors_revoked ON trust_anchors (use) WHERE revoked_at IS NOT NULL;

      -- Append-only.
      CREATE TABLE trust_log (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        action text NOT NULL CHECK (action IN ('trusted', 'revoked', 'found', 'withdrawn')),
        scope text NOT NULL,
        use text NOT NULL,
        fingerprint text NOT NULL,
        subject text NOT NULL,
        source text NOT NULL,
        by_name text NOT NULL,
        api_key_id uuid,
        note text,
        -- The message whose signer it was.
        message_id uuid
      );

      CREATE TABLE trust_state (
        id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
        -- Grows in the transaction of each change, so a later number holds all that an earlier one does.
        revision bigint NOT NULL DEFAULT 0,
        changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      INSERT INTO trust_state DEFAULT VALUES;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE trust_state, trust_log;
      DROP INDEX trust_anchors_newest, trust_anchors_certificate, trust_anchors_revoked;
      DELETE FROM trust_anchors WHERE source = 'bundled' OR revoked_at IS NOT NULL OR withdrawn_at IS NOT NULL;
      ALTER TABLE trust_anchors DROP COLUMN source, DROP COLUMN authority, DROP COLUMN subject, DROP COLUMN issuer, DROP COLUMN emails, DROP COLUMN key_sha256, DROP COLUMN not_before,
        DROP COLUMN not_after, DROP COLUMN added_by, DROP COLUMN note, DROP COLUMN place, DROP COLUMN withdrawn_at, DROP COLUMN revoked_at, DROP COLUMN revoked_by, DROP COLUMN revoked_note;
    `);
  }
}
