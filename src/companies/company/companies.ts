import { Injectable } from '@nestjs/common';
import type { Sql } from '../../platform/database/sql.js';
import { Database } from '../../platform/database/sql.js';
import { Problem } from '../../platform/http/problem.js';
import { newId } from '../../platform/ids.js';
import { COMPANY_NOT_FOUND } from './problems.js';

export interface Company {
  readonly id: string;
  readonly name: string;
  readonly partitaIva: string | null;
  readonly codiceFiscale: string | null;
  /** IdTrasmittente of the files that this company sends, and the first part of their names. */
  readonly transmitter: { readonly idPaese: string; readonly idCodice: string };
  /** Provides health services to natural persons: their invoices must not go through SdI (D.L. 119/2018, art. 10-bis). */
  readonly healthProvider: boolean;
  readonly createdAt: Date;
}

export interface NewCompany {
  readonly name: string;
  readonly partitaIva?: string | undefined;
  readonly codiceFiscale?: string | undefined;
  readonly transmitter: { readonly idPaese: string; readonly idCodice: string };
  /** Default false. */
  readonly healthProvider?: boolean | undefined;
}

/** What of a company may change. The transmitter stays as it is: names and receipts hang on it. */
export interface CompanyChange {
  readonly name?: string | undefined;
  readonly healthProvider?: boolean | undefined;
}

interface CompanyRow {
  id: string;
  name: string;
  partita_iva: string | null;
  codice_fiscale: string | null;
  transmitter_paese: string;
  transmitter_codice: string;
  health_provider: boolean;
  created_at: Date;
}

const COLUMNS = 'id, name, partita_iva, codice_fiscale, transmitter_paese, transmitter_codice, health_provider, created_at';

function fromRow(row: CompanyRow): Company {
  return {
    id: row.id,
    name: row.name,
    partitaIva: row.partita_iva,
    codiceFiscale: row.codice_fiscale,
    transmitter: { idPaese: row.transmitter_paese, idCodice: row.transmitter_codice },
    healthProvider: row.health_provider,
    createdAt: row.created_at,
  };
}

/** A company that transmits under some id, and the mailbox that it sends from unless told otherwise. */
export interface Sender {
  readonly company: Company;
  readonly defaultMailboxId: string | undefined;
}

/** The companies that send through this service. */
@Injectable()
export class Companies {
  constructor(private readonly database: Database) {}

  async list(only: string | undefined, after: string | undefined, limit: number): Promise<Company[]> {
    const rows = await this.database.query<CompanyRow>(
      `SELECT ${COLUMNS} FROM companies WHERE ($1::uuid IS NULL OR id = $1) AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
      [only ?? null, after ?? null, limit],
    );
    return rows.map(fromRow);
  }

  async get(id: string, sql: Sql = this.database): Promise<Company | undefined> {
    const [row] = await sql.query<CompanyRow>(`SELECT ${COLUMNS} FROM companies WHERE id = $1`, [id]);
    return row && fromRow(row);
  }

  async require(id: string): Promise<Company> {
    const company = await this.get(id);
    if (!company) throw new Problem(COMPANY_NOT_FOUND, { it: 'Nessuna azienda con questo id.', en: 'There is no company with this id.' });
    return company;
  }

  /** Those that transmit under this id, the oldest first; several where one office transmits for many clients. */
  async byTransmitter(idPaese: string, idCodice: string, sql: Sql = this.database): Promise<Sender[]> {
    const rows = await sql.query<CompanyRow & { mailbox_id: string | null }>(
      `SELECT ${COLUMNS.split(', ').map((column) => `c.${column}`).join(', ')}, m.id AS mailbox_id
       FROM companies c LEFT JOIN mailboxes m ON m.company_id = c.id AND m.is_default
       WHERE c.transmitter_paese = $1 AND c.transmitter_codice = $2 ORDER BY c.created_at, c.id LIMIT 1000`,
      [idPaese, idCodice],
    );
    return rows.map((row) => ({ company: fromRow(row), defaultMailboxId: row.mailbox_id ?? undefined }));
  }

  async create(input: NewCompany, sql: Sql = this.database): Promise<Company> {
    const [row] = await sql.query<CompanyRow>(
      `INSERT INTO companies (id, name, partita_iva, codice_fiscale, transmitter_paese, transmitter_codice, health_provider) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${COLUMNS}`,
      [newId(), input.name, input.partitaIva ?? null, input.codiceFiscale ?? null, input.transmitter.idPaese, input.transmitter.idCodice, input.healthProvider ?? false],
    );
    if (!row) throw new Error('the new company was not returned');
    return fromRow(row);
  }

  async change(id: string, change: CompanyChange): Promise<Company> {
    const [row] = await this.database.query<CompanyRow>(
      `UPDATE companies SET name = coalesce($2, name), health_provider = coalesce($3, health_provider), updated_at = now() WHERE id = $1 RETURNING ${COLUMNS}`,
      [id, change.name ?? null, change.healthProvider ?? null],
    );
    if (!row) throw new Problem(COMPANY_NOT_FOUND, { it: 'Nessuna azienda con questo id.', en: 'There is no company with this id.' });
    return fromRow(row);
  }
}
