import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CHAIN_START, chainHash } from '../../evidence/chain/index.js';
import { CHAIN_COLUMNS, type ChainRow, linkOf } from '../timeline/chain-rows.js';

/** Invoices per batch: some thousands of rows. */
const BATCH = 500;

/** Each entry of a timeline carries the hash of the one before, the invoice that of the last; and entries are neither changed nor deleted. */
export class TimelineChain1764000000150 implements MigrationInterface {
  name = 'TimelineChain1764000000150';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE timeline ADD COLUMN previous_hash text, ADD COLUMN hash text;
      -- Hash of the newest entry.
      ALTER TABLE invoices ADD COLUMN timeline_hash text;
    `);
    await hashAll(runner);
    await runner.query(`
      ALTER TABLE timeline
        ALTER COLUMN previous_hash SET NOT NULL,
        ALTER COLUMN hash SET NOT NULL,
        -- What is hashed is decided before the row is written.
        ALTER COLUMN recorded_at DROP DEFAULT;
      ALTER TABLE invoices ALTER COLUMN timeline_hash SET NOT NULL;

      CREATE FUNCTION timeline_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $body$
      BEGIN
        RAISE EXCEPTION 'the timeline is append-only: % is refused', TG_OP USING ERRCODE = 'restrict_violation';
      END
      $body$;
      CREATE TRIGGER timeline_append_only BEFORE UPDATE OR DELETE ON timeline FOR EACH STATEMENT EXECUTE FUNCTION timeline_is_append_only();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER timeline_append_only ON timeline;
      DROP FUNCTION timeline_is_append_only();
      ALTER TABLE timeline DROP COLUMN previous_hash, DROP COLUMN hash, ALTER COLUMN recorded_at SET DEFAULT clock_timestamp();
      ALTER TABLE invoices DROP COLUMN timeline_hash;
    `);
  }
}

/** What was written before gets its chain from what stands there. */
async function hashAll(runner: QueryRunner): Promise<void> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const invoices = (await runner.query('SELECT id FROM invoices WHERE id > $1 ORDER BY id LIMIT $2', [after, BATCH])) as { id: string }[];
    const last = invoices.at(-1);
    if (!last) return;
    after = last.id;
    const ids = invoices.map(({ id }) => id);
    const rows = (await runner.query(`SELECT ${CHAIN_COLUMNS} FROM timeline t WHERE t.invoice_id = ANY ($1) ORDER BY t.invoice_id, t.sequence`, [ids])) as ChainRow[];
    const heads = new Map<string, string>();
    const links = rows.map((row) => {
      const previous = heads.get(row.invoice_id) ?? CHAIN_START;
      const hash = chainHash(previous, linkOf(row));
      heads.set(row.invoice_id, hash);
      return { id: row.invoice_id, sequence: row.sequence, previous, hash };
    });
    await runner.query(
      `UPDATE timeline t SET previous_hash = l.previous, hash = l.hash
       FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[]) AS l (id, sequence, previous, hash) WHERE t.invoice_id = l.id AND t.sequence = l.sequence`,
      [links.map(({ id }) => id), links.map(({ sequence }) => sequence), links.map(({ previous }) => previous), links.map(({ hash }) => hash)],
    );
    await runner.query('UPDATE invoices i SET timeline_hash = h.hash FROM unnest($1::uuid[], $2::text[]) AS h (id, hash) WHERE i.id = h.id', [ids, ids.map((id) => heads.get(id) ?? CHAIN_START)]);
  }
}
