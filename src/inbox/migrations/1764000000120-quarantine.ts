import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people do with messages, how many are held and why, and the ways to find one among all. */
export class Quarantine1764000000120 implements MigrationInterface {
  name = 'Quarantine1764000000120';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE messages
        -- When the feed told that the message is held; it is told once. What is held already when this column comes is old news.
        ADD COLUMN held_told_at timestamptz,
        -- What a person may look for.
        ADD COLUMN search text NOT NULL GENERATED ALWAYS AS (lower(coalesce(left(subject, 400), '') || ' ' || coalesce(from_address, '') || ' ' || coalesce(identificativo, '') || ' '
          || coalesce(identificativo_sdi, '') || ' ' || coalesce(message_id, ''))) STORED;
      UPDATE messages SET held_told_at = coalesce(judged_at, fetched_at) WHERE disposition = 'quarantined';

      CREATE INDEX messages_search ON messages USING gin (search gin_trgm_ops);
      -- Nearly all of a mailbox is what moved an invoice ('told'), and a list of that needs no index but the newest first. All else is found by these, which the bulk does not touch.
      CREATE INDEX messages_odd_reason ON messages (reason, fetched_at DESC, id DESC) WHERE reason <> 'told';
      CREATE INDEX messages_odd_company_reason ON messages (company_id, reason, fetched_at DESC, id DESC) WHERE reason <> 'told';
      CREATE INDEX messages_odd_mailbox_reason ON messages (mailbox_id, reason, fetched_at DESC, id DESC) WHERE reason <> 'told';
      CREATE INDEX messages_odd_company ON messages (company_id, disposition, fetched_at DESC, id DESC) WHERE reason <> 'told';
      CREATE INDEX messages_odd_mailbox ON messages (mailbox_id, disposition, fetched_at DESC, id DESC) WHERE reason <> 'told';

      CREATE TABLE message_acts (
        id uuid PRIMARY KEY,
        message_id uuid NOT NULL REFERENCES messages (id),
        act text NOT NULL CHECK (act IN ('judge', 'attach', 'not_ours')),
        by_name text NOT NULL,
        api_key_id uuid,
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        note text,
        disposition_before text NOT NULL,
        reason_before text,
        disposition_after text NOT NULL,
        reason_after text,
        invoice_id uuid,
        -- The events for which the person vouched, and the doubts that were set aside.
        states text[] NOT NULL DEFAULT '{}',
        doubts text[] NOT NULL DEFAULT '{}'
      );
      CREATE INDEX message_acts_message ON message_acts (message_id, at, id);
      CREATE FUNCTION message_acts_stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'message_acts is append-only'; END $$;
      CREATE TRIGGER message_acts_stay BEFORE UPDATE OR DELETE ON message_acts FOR EACH ROW EXECUTE FUNCTION message_acts_stay();

      -- Held messages without counting them: each change appends a row, a sweep folds them together. The database does it itself, so that no way of writing a disposition forgets it.
      CREATE TABLE held_counts (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        company_id uuid NOT NULL,
        mailbox_id uuid NOT NULL,
        reason text NOT NULL,
        delta integer NOT NULL
      );
      INSERT INTO held_counts (company_id, mailbox_id, reason, delta)
        SELECT company_id, mailbox_id, coalesce(reason, ''), count(*) FROM messages WHERE disposition = 'quarantined' GROUP BY 1, 2, 3;
      CREATE FUNCTION count_held() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP <> 'INSERT' THEN
            IF OLD.disposition = 'quarantined' THEN INSERT INTO held_counts (company_id, mailbox_id, reason, delta) VALUES (OLD.company_id, OLD.mailbox_id, coalesce(OLD.reason, ''), -1); END IF;
          END IF;
          IF TG_OP <> 'DELETE' THEN
            IF NEW.disposition = 'quarantined' THEN INSERT INTO held_counts (company_id, mailbox_id, reason, delta) VALUES (NEW.company_id, NEW.mailbox_id, coalesce(NEW.reason, ''), 1); END IF;
          END IF;
          RETURN NULL;
        END $$;
      CREATE TRIGGER messages_held_new AFTER INSERT ON messages FOR EACH ROW WHEN (NEW.disposition = 'quarantined') EXECUTE FUNCTION count_held();
      CREATE TRIGGER messages_held_gone AFTER DELETE ON messages FOR EACH ROW WHEN (OLD.disposition = 'quarantined') EXECUTE FUNCTION count_held();
      CREATE TRIGGER messages_held_change AFTER UPDATE OF disposition, reason ON messages FOR EACH ROW
        WHEN ((OLD.disposition = 'quarantined' OR NEW.disposition = 'quarantined') AND (OLD.disposition, OLD.reason) IS DISTINCT FROM (NEW.disposition, NEW.reason))
        EXECUTE FUNCTION count_held();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER messages_held_change ON messages;
      DROP TRIGGER messages_held_gone ON messages;
      DROP TRIGGER messages_held_new ON messages;
      DROP FUNCTION count_held();
      DROP TABLE held_counts, message_acts;
      DROP FUNCTION message_acts_stay();
      DROP INDEX messages_odd_mailbox, messages_odd_company, messages_odd_mailbox_reason, messages_odd_company_reason, messages_odd_reason, messages_search;
      ALTER TABLE messages DROP COLUMN search, DROP COLUMN held_told_at;
    `);
  }
}
