import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Invoices that suppliers sent, their documents, and the mails of SdI that brought them. */
export class Received1764000000140 implements MigrationInterface {
  name = 'Received1764000000140';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE received_invoices (
        id uuid PRIMARY KEY,
        company_id uuid NOT NULL REFERENCES companies (id),
        -- Of the first delivery.
        mailbox_id uuid NOT NULL,
        -- Absent while no readable MT has come.
        identificativo_sdi text,
        file_name text NOT NULL,
        base_name text NOT NULL,
        -- Of the file as it came; absent while MT came without it.
        sha256 text REFERENCES evidence (sha256),
        size integer,
        -- Of the XML in it; absent when the file cannot be opened.
        xml_sha256 text REFERENCES evidence (sha256),
        metadata_sha256 text REFERENCES evidence (sha256),
        formato_trasmissione text,
        flow text CHECK (flow IN ('private', 'pa')),
        codice_destinatario text,
        seller_name text NOT NULL,
        seller_id text,
        seller_codice_fiscale text,
        buyer_name text NOT NULL,
        buyer_id text,
        buyer_codice_fiscale text,
        tipo_documento text NOT NULL,
        number text NOT NULL,
        date date,
        total numeric(15, 2),
        currency text,
        documents_count integer NOT NULL,
        signed text NOT NULL CHECK (signed IN ('none', 'cades', 'xades')),
        signatures jsonb NOT NULL,
        rule_version text,
        findings jsonb NOT NULL,
        -- Of all findings, those of the deliveries included.
        worst text NOT NULL CHECK (worst IN ('error', 'warning', 'hint', 'none')),
        -- The invoice of ours that came back (sdi.md 6, point 8); another room's table.
        sent_invoice_id uuid,
        deliveries_count integer NOT NULL,
        -- When our provider delivered it: the buyer's date of receipt (sdi.md 6, point 6).
        received_at timestamptz NOT NULL,
        taken_at timestamptz NOT NULL,
        acknowledged_at timestamptz,
        search text NOT NULL,
        seller_search text NOT NULL,
        FOREIGN KEY (company_id, mailbox_id) REFERENCES mailboxes (company_id, id)
      );
      CREATE UNIQUE INDEX received_invoices_identificativo ON received_invoices (company_id, identificativo_sdi);
      CREATE INDEX received_invoices_by_identificativo ON received_invoices (identificativo_sdi) WHERE identificativo_sdi IS NOT NULL;
      CREATE INDEX received_invoices_newest ON received_invoices (received_at DESC, id DESC);
      CREATE INDEX received_invoices_company_newest ON received_invoices (company_id, received_at DESC, id DESC);
      CREATE INDEX received_invoices_mailbox_newest ON received_invoices (mailbox_id, received_at DESC, id DESC);
      CREATE INDEX received_invoices_worst_newest ON received_invoices (worst, received_at DESC, id DESC);
      CREATE INDEX received_invoices_company_worst_newest ON received_invoices (company_id, worst, received_at DESC, id DESC);
      CREATE INDEX received_invoices_unacknowledged ON received_invoices (received_at DESC, id DESC) WHERE acknowledged_at IS NULL;
      CREATE INDEX received_invoices_company_unacknowledged ON received_invoices (company_id, received_at DESC, id DESC) WHERE acknowledged_at IS NULL;
      CREATE INDEX received_invoices_sha256 ON received_invoices (sha256);
      CREATE INDEX received_invoices_xml_sha256 ON received_invoices (xml_sha256);
      CREATE INDEX received_invoices_base_name ON received_invoices (base_name);
      CREATE INDEX received_invoices_number ON received_invoices (lower(number) text_pattern_ops);
      CREATE INDEX received_invoices_sent ON received_invoices (sent_invoice_id) WHERE sent_invoice_id IS NOT NULL;
      CREATE INDEX received_invoices_search ON received_invoices USING gin (search gin_trgm_ops);
      CREATE INDEX received_invoices_seller ON received_invoices USING gin (seller_search gin_trgm_ops);

      CREATE TABLE received_documents (
        received_invoice_id uuid NOT NULL REFERENCES received_invoices (id),
        position integer NOT NULL,
        company_id uuid NOT NULL,
        tipo_documento text NOT NULL,
        numero text NOT NULL,
        data date,
        divisa text,
        importo_totale numeric(15, 2),
        PRIMARY KEY (received_invoice_id, position)
      );
      CREATE INDEX received_documents_numero ON received_documents (lower(numero));
      CREATE INDEX received_documents_company_numero ON received_documents (company_id, lower(numero));
      CREATE INDEX received_documents_data ON received_documents (data);
      CREATE INDEX received_documents_company_data ON received_documents (company_id, data);
      CREATE INDEX received_documents_tipo ON received_documents (tipo_documento, data);
      CREATE INDEX received_documents_company_tipo ON received_documents (company_id, tipo_documento, data);

      CREATE TABLE received_deliveries (
        id uuid PRIMARY KEY,
        received_invoice_id uuid NOT NULL REFERENCES received_invoices (id),
        position integer NOT NULL,
        mailbox_id uuid NOT NULL,
        -- The mail's entry in the ledger; another room's table.
        message_id uuid NOT NULL UNIQUE,
        mail_sha256 text NOT NULL REFERENCES evidence (sha256),
        metadata_sha256 text REFERENCES evidence (sha256),
        sha256 text REFERENCES evidence (sha256),
        file_name text,
        sdi_message_id text,
        tentativi_invio integer,
        sdi_address text NOT NULL,
        hash_matches boolean,
        kind text NOT NULL CHECK (kind IN ('first', 'repeated', 'completing', 'other_bytes')),
        findings jsonb NOT NULL,
        delivered_at timestamptz NOT NULL,
        taken_at timestamptz NOT NULL,
        UNIQUE (received_invoice_id, position)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE received_deliveries, received_documents, received_invoices');
  }
}
