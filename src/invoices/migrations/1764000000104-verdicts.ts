import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was said of each invoice before it was sent, the numbers that stand at SdI, and what came of the foretold. */
export class Verdicts1764000000104 implements MigrationInterface {
  name = 'Verdicts1764000000104';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE invoice_verdicts (
        invoice_id uuid PRIMARY KEY REFERENCES invoices (id),
        rule_version text NOT NULL,
        findings jsonb NOT NULL,
        judged_at timestamptz NOT NULL
      );

      -- What SdI takes for one document (00404): subject, class, year or date, number; and what it might take for one. Null for files that had none; two each where it is not known
      -- any more whether year or date counts.
      ALTER TABLE documents ADD COLUMN duplicate_keys text[], ADD COLUMN duplicate_nears text[];
      -- The documents that count: of no invoice that SdI rejected, none that the office refused. One of each key.
      CREATE TABLE document_keys (
        -- The VAT number (or codice fiscale) of the company that sent it, which several rows of companies may share.
        register text NOT NULL,
        key text NOT NULL,
        near text NOT NULL,
        invoice_id uuid NOT NULL REFERENCES invoices (id),
        position integer NOT NULL,
        PRIMARY KEY (register, key)
      );
      CREATE INDEX document_keys_near ON document_keys (register, near, invoice_id, position);
      CREATE INDEX document_keys_invoice ON document_keys (invoice_id);

      -- For what was taken in before: the keys as documentKeys makes them. With Art73 the date counts, else the year: whether a file has it, its bytes say where they are plain XML; in
      -- signed files, UTF-16 and lots in which some document has it, both count. Of two that clash the earlier one has the number.
      -- Materialized: each file is searched once, however many documents it has.
      WITH files AS MATERIALIZED (
        SELECT i.id, i.seller_id, i.buyer_id,
          CASE
            WHEN e.media_type <> 'application/xml' OR position('\\x00'::bytea IN e.content) > 0 THEN 'unknown'
            WHEN position('Art73'::bytea IN e.content) = 0 THEN 'no'
            WHEN i.documents_count = 1 AND position('<Art73>SI</Art73>'::bytea IN e.content) > 0 AND position('<!'::bytea IN e.content) = 0 THEN 'yes'
            ELSE 'unknown'
          END AS art73
        FROM invoices i JOIN evidence e ON e.sha256 = i.sha256
      )
      UPDATE documents d SET duplicate_keys = n.keys, duplicate_nears = n.nears
      FROM (
        SELECT o.invoice_id, o.position,
          array_agg('["' || o.role || '",' || o.subject || ',"' || o.class || '","' || p.period || '",' || to_json(o.numero)::text || ']' ORDER BY p.period) AS keys,
          array_agg('[' || o.subject || ',"' || o.class || '","' || p.period || '",'
            || to_json(regexp_replace(regexp_replace(upper(o.numero), '\\s+', '', 'g'), '(?<![0-9])0+(?=[0-9])', '', 'g'))::text || ']' ORDER BY p.period) AS nears
        FROM (
          SELECT x.invoice_id, x.position, x.numero, x.data, f.art73,
            CASE WHEN x.tipo_documento IN ('TD04', 'TD08') THEN 'credit-note' ELSE 'other' END AS class,
            CASE WHEN x.tipo_documento = ANY (b.tipi) THEN 'buyer' ELSE 'seller' END AS role,
            to_json(CASE WHEN x.tipo_documento = ANY (b.tipi) THEN f.buyer_id ELSE f.seller_id END)::text AS subject
          FROM documents x
          JOIN files f ON f.id = x.invoice_id,
          (SELECT '{TD16,TD17,TD18,TD19,TD20,TD22,TD23,TD28,TD29}'::text[] AS tipi) b
        ) o,
        LATERAL (
          SELECT to_char(o.data, 'YYYY') AS period WHERE o.art73 <> 'yes'
          UNION ALL SELECT to_char(o.data, 'YYYY-MM-DD') WHERE o.art73 <> 'no'
        ) p
        WHERE o.subject IS NOT NULL GROUP BY o.invoice_id, o.position
      ) n
      WHERE n.invoice_id = d.invoice_id AND n.position = d.position;
      INSERT INTO document_keys (register, key, near, invoice_id, position)
      SELECT coalesce(c.partita_iva, c.codice_fiscale), k.key, k.near, d.invoice_id, d.position
      FROM documents d JOIN invoices i ON i.id = d.invoice_id JOIN companies c ON c.id = i.company_id, unnest(d.duplicate_keys, d.duplicate_nears) AS k (key, near)
      WHERE d.status NOT IN ('rejected', 'refused') ORDER BY i.created_at, i.id, d.position
      ON CONFLICT DO NOTHING;

      -- One row for each code of SdI that was foretold of an invoice, or came for it.
      CREATE TABLE verdict_outcomes (
        invoice_id uuid NOT NULL REFERENCES invoices (id),
        code text NOT NULL,
        company_id uuid NOT NULL,
        foretold text CHECK (foretold IN ('warning', 'hint')),
        came boolean NOT NULL DEFAULT false,
        taken_in timestamptz NOT NULL,
        PRIMARY KEY (invoice_id, code)
      );
      CREATE INDEX verdict_outcomes_code ON verdict_outcomes (code, taken_in DESC, invoice_id DESC);
      CREATE INDEX verdict_outcomes_company_code ON verdict_outcomes (company_id, code, taken_in DESC, invoice_id DESC);

      -- Their counts by day of intake (Europe/Rome) without counting: changes are appended, a sweep adds them to the sums and touches no others.
      CREATE TABLE verdict_changes (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        company_id uuid NOT NULL,
        day date NOT NULL,
        code text NOT NULL,
        foretold integer NOT NULL,
        came integer NOT NULL,
        hits integer NOT NULL
      );
      CREATE TABLE verdict_counts (
        company_id uuid NOT NULL,
        code text NOT NULL,
        day date NOT NULL,
        foretold integer NOT NULL,
        came integer NOT NULL,
        hits integer NOT NULL,
        PRIMARY KEY (company_id, code, day)
      );
      CREATE INDEX verdict_counts_company_day ON verdict_counts (company_id, day);
      -- The same over all companies.
      CREATE TABLE verdict_totals (
        code text NOT NULL,
        day date NOT NULL,
        foretold integer NOT NULL,
        came integer NOT NULL,
        hits integer NOT NULL,
        PRIMARY KEY (code, day)
      );
      CREATE INDEX verdict_totals_day ON verdict_totals (day);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE verdict_changes, verdict_totals, verdict_counts, verdict_outcomes, document_keys, invoice_verdicts; ALTER TABLE documents DROP COLUMN duplicate_keys, DROP COLUMN duplicate_nears');
  }
}
