import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Invoices, their documents and timelines, and the register of file names. */
export class Invoices1764000000004 implements MigrationInterface {
  name = 'Invoices1764000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE EXTENSION IF NOT EXISTS pg_trgm;

      CREATE TABLE transmitters (
        id text PRIMARY KEY,
        next_progressivo bigint NOT NULL DEFAULT 1
      );
      -- A name is taken for ever, whatever becomes of the file (sdi.md 2.1); compared without case and extension.
      CREATE TABLE file_names (
        base_name text PRIMARY KEY CHECK (base_name = upper(base_name)),
        invoice_id uuid,
        taken_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE invoices (
        id uuid PRIMARY KEY,
        company_id uuid NOT NULL REFERENCES companies (id),
        mailbox_id uuid NOT NULL,
        file_name text NOT NULL,
        base_name text NOT NULL UNIQUE REFERENCES file_names (base_name),
        sha256 text NOT NULL REFERENCES evidence (sha256),
        size integer NOT NULL,
        formato_trasmissione text NOT NULL,
        flow text NOT NULL CHECK (flow IN ('private', 'pa')),
        codice_destinatario text NOT NULL,
        seller_name text NOT NULL,
        seller_id text,
        buyer_name text NOT NULL,
        buyer_id text,
        number text NOT NULL,
        date date NOT NULL,
        total numeric(15, 2),
        currency text,
        documents_count integer NOT NULL,
        status text NOT NULL,
        flags text[] NOT NULL DEFAULT '{}',
        identificativo_sdi text,
        sequence integer NOT NULL,
        feed_sequence integer NOT NULL,
        attempt integer NOT NULL DEFAULT 0,
        send_after timestamptz,
        search text NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        status_since timestamptz NOT NULL,
        FOREIGN KEY (company_id, mailbox_id) REFERENCES mailboxes (company_id, id)
      );
      CREATE INDEX invoices_newest ON invoices (created_at DESC, id DESC);
      CREATE INDEX invoices_company_newest ON invoices (company_id, created_at DESC, id DESC);
      CREATE INDEX invoices_status_newest ON invoices (status, created_at DESC, id DESC);
      CREATE INDEX invoices_company_status_newest ON invoices (company_id, status, created_at DESC, id DESC);
      CREATE INDEX invoices_sha256 ON invoices (sha256);
      CREATE INDEX invoices_identificativo ON invoices (identificativo_sdi) WHERE identificativo_sdi IS NOT NULL;
      CREATE INDEX invoices_due ON invoices (mailbox_id, send_after, id) WHERE send_after IS NOT NULL;
      CREATE INDEX invoices_number ON invoices (lower(number) text_pattern_ops);
      CREATE INDEX invoices_document_refused ON invoices (company_id) WHERE 'document_refused' = ANY (flags);
      CREATE INDEX invoices_search ON invoices USING gin (search gin_trgm_ops);

      -- Counts by status without counting: each change appends two rows, a sweep folds them together.
      CREATE TABLE status_counts (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        company_id uuid NOT NULL,
        status text NOT NULL,
        delta integer NOT NULL
      );

      CREATE TABLE documents (
        invoice_id uuid NOT NULL REFERENCES invoices (id),
        position integer NOT NULL,
        tipo_documento text NOT NULL,
        numero text NOT NULL,
        data date NOT NULL,
        divisa text,
        importo_totale numeric(15, 2),
        status text NOT NULL,
        PRIMARY KEY (invoice_id, position)
      );
      CREATE INDEX documents_numero ON documents (lower(numero));

      CREATE TABLE timeline (
        id uuid PRIMARY KEY,
        invoice_id uuid NOT NULL REFERENCES invoices (id),
        sequence integer NOT NULL,
        type text NOT NULL,
        key text NOT NULL,
        at timestamptz NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        attempt integer,
        identificativo_sdi text,
        facts jsonb NOT NULL DEFAULT '{}',
        source text NOT NULL,
        evidence_sha256 text NOT NULL REFERENCES evidence (sha256),
        message_id uuid,
        status text NOT NULL,
        UNIQUE (invoice_id, sequence),
        UNIQUE (invoice_id, key)
      );
      CREATE INDEX timeline_identificativo ON timeline (identificativo_sdi) WHERE identificativo_sdi IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE timeline, documents, status_counts, invoices, file_names, transmitters');
  }
}
