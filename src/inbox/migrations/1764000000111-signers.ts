import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every certificate that signed a message, with how many it signed and how many wait for it; and how far the judging anew after a change of trust has come. */
export class Signers1764000000111 implements MigrationInterface {
  name = 'Signers1764000000111';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE signers (
        scope text NOT NULL CHECK (scope IN ('public', 'sandbox')),
        use text NOT NULL CHECK (use IN ('pec', 'sdi')),
        fingerprint text NOT NULL,
        certificate bytea NOT NULL,
        subject text NOT NULL,
        issuer text NOT NULL,
        emails text[] NOT NULL,
        not_before timestamptz NOT NULL,
        not_after timestamptz NOT NULL,
        -- SHA-256 of the certificates from this one up to the anchor; itself alone where no chain was found, or it was believed by itself.
        path text[] NOT NULL,
        -- Somebody vouched for it when it was last looked at.
        chained boolean NOT NULL,
        learnt_at timestamptz NOT NULL,
        first_seen_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        last_message_id uuid NOT NULL,
        messages bigint NOT NULL,
        waiting bigint NOT NULL,
        -- Those that moved an invoice, or brought one of a supplier's.
        applied bigint NOT NULL,
        -- The certificate by which the same address signed before.
        follows text,
        PRIMARY KEY (scope, use, fingerprint)
      );
      CREATE INDEX signers_newest ON signers (first_seen_at DESC, scope DESC, use DESC, fingerprint DESC);
      CREATE INDEX signers_newest_of_use ON signers (use, first_seen_at DESC, scope DESC, fingerprint DESC);
      CREATE INDEX signers_fingerprint ON signers (fingerprint, use);
      CREATE INDEX signers_path ON signers USING gin (path);
      CREATE INDEX signers_emails ON signers USING gin (emails);
      CREATE INDEX signers_changed ON signers (first_seen_at DESC) WHERE follows IS NOT NULL AND NOT chained;
      CREATE INDEX signers_in_use ON signers (last_seen_at DESC) WHERE chained;

      -- What the ledger has said of signers and the register does not hold yet.
      CREATE TABLE signer_changes (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        use text NOT NULL,
        fingerprint text NOT NULL,
        mailbox_id uuid NOT NULL,
        message_id uuid NOT NULL,
        seen_at timestamptz NOT NULL,
        -- Somebody vouches for the signer.
        trusted boolean NOT NULL,
        messages integer NOT NULL,
        waiting integer NOT NULL,
        applied integer NOT NULL
      );

      -- By the database itself, so that no statement on the ledger can forget it; added to the register later, so that messages of one provider do not wait for each other.
      CREATE FUNCTION signers_of(m messages) RETURNS TABLE (use text, fingerprint text, trusted boolean, waits boolean, applied boolean) LANGUAGE sql IMMUTABLE AS $$
        SELECT s.* FROM (
          VALUES
            ('pec', m.signer_fingerprint, coalesce((m.trust ->> 'ok')::boolean, false),
              coalesce(m.disposition = 'quarantined' AND m.reason IN ('issuer_unknown', 'untrusted'), false), m.disposition IN ('applied', 'received_invoice')),
            ('sdi', m.sdi_signer_fingerprint, coalesce(m.reason NOT IN ('sdi_issuer_unknown', 'sdi_signer_revoked'), false),
              coalesce(m.disposition = 'quarantined' AND m.reason IN ('sdi_issuer_unknown', 'sdi_signer_revoked'), false), m.disposition IN ('applied', 'received_invoice'))
        ) AS s (use, fingerprint, trusted, waits, applied) WHERE s.fingerprint IS NOT NULL
      $$;
      -- Once for each statement: messages are judged many at a time.
      CREATE FUNCTION note_signers() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' THEN
          INSERT INTO signer_changes (use, fingerprint, mailbox_id, message_id, seen_at, trusted, messages, waiting, applied)
          SELECT s.use, s.fingerprint, n.mailbox_id, (array_agg(n.id ORDER BY n.fetched_at DESC, n.id DESC))[1], max(n.fetched_at), s.trusted, count(*), count(*) FILTER (WHERE s.waits), count(*) FILTER (WHERE s.applied)
          FROM news n JOIN olds o ON o.id = n.id
            AND (o.signer_fingerprint, o.sdi_signer_fingerprint, o.disposition, o.reason) IS DISTINCT FROM (n.signer_fingerprint, n.sdi_signer_fingerprint, n.disposition, n.reason)
          CROSS JOIN LATERAL signers_of(n) s GROUP BY s.use, s.fingerprint, n.mailbox_id, s.trusted;
          INSERT INTO signer_changes (use, fingerprint, mailbox_id, message_id, seen_at, trusted, messages, waiting, applied)
          SELECT s.use, s.fingerprint, n.mailbox_id, (array_agg(n.id ORDER BY n.fetched_at DESC, n.id DESC))[1], max(n.fetched_at), false, -count(*), -count(*) FILTER (WHERE s.waits), -count(*) FILTER (WHERE s.applied)
          FROM news n JOIN olds o ON o.id = n.id
            AND (o.signer_fingerprint, o.sdi_signer_fingerprint, o.disposition, o.reason) IS DISTINCT FROM (n.signer_fingerprint, n.sdi_signer_fingerprint, n.disposition, n.reason)
          CROSS JOIN LATERAL signers_of(o) s GROUP BY s.use, s.fingerprint, n.mailbox_id;
        ELSE
          INSERT INTO signer_changes (use, fingerprint, mailbox_id, message_id, seen_at, trusted, messages, waiting, applied)
          SELECT s.use, s.fingerprint, n.mailbox_id, (array_agg(n.id ORDER BY n.fetched_at DESC, n.id DESC))[1], max(n.fetched_at), s.trusted, count(*), count(*) FILTER (WHERE s.waits), count(*) FILTER (WHERE s.applied)
          FROM news n CROSS JOIN LATERAL signers_of(n) s GROUP BY s.use, s.fingerprint, n.mailbox_id, s.trusted;
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER messages_signers AFTER INSERT ON messages REFERENCING NEW TABLE AS news FOR EACH STATEMENT EXECUTE FUNCTION note_signers();
      CREATE TRIGGER messages_signers_changed AFTER UPDATE ON messages REFERENCING NEW TABLE AS news OLD TABLE AS olds FOR EACH STATEMENT EXECUTE FUNCTION note_signers();

      -- Judging anew what waits because of trust: one pass over the ledger for each change of the trust store.
      CREATE TABLE trust_passes (
        id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
        -- The revision of the trust store for which a pass runs; null when none does.
        revision bigint,
        begun_at timestamptz,
        -- The place reached: the number of the reason in the list of those that wait because of trust, and the last message.
        reason_number integer NOT NULL DEFAULT 0,
        fetched_at timestamptz,
        message_id uuid,
        -- The last pass that came to its end.
        done_revision bigint NOT NULL DEFAULT 0,
        done_begun_at timestamptz NOT NULL
      );
      INSERT INTO trust_passes (done_begun_at) VALUES (clock_timestamp() + interval '1 minute');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER messages_signers ON messages; DROP TRIGGER messages_signers_changed ON messages; DROP FUNCTION note_signers(); DROP FUNCTION signers_of(messages); DROP TABLE trust_passes, signer_changes, signers');
  }
}
