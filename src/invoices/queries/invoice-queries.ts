import { Injectable } from '@nestjs/common';
import { type ChainState, checkChain } from '../../evidence/chain/index.js';
import { baseName } from '../../fatturapa/index.js';
import { Database, type Sql } from '../../platform/database/sql.js';
import { ATTENTION_STATUSES, eventTitle, foldLifecycle, type Flow, type Status } from '../../sdi/index.js';
import { CHAIN_COLUMNS, type ChainRow, linkOf } from '../timeline/chain-rows.js';
import { type EventRow, toEvent } from '../timeline/stored-event.js';
import type { ListFilters } from './filters.js';
import { INVOICE_COLUMNS, invoiceDetail, invoiceView, type InvoiceRow, type InvoiceView, type StoredVerdict } from './invoice-view.js';

interface TimelineRow extends EventRow, Omit<ChainRow, keyof EventRow | 'status'> {
  recorded_at: Date;
  status: Status;
  size: number;
  media_type: string;
}

/** More entries than any invoice's timeline has in practice: each hand-over that is put off makes two. */
const SHOWN = 1000;

/** No hash: an invoice without any entry has lost them all. */
const NO_ENTRY = '';

/** The entries of a timeline as the API shows them, and whether their chain of hashes holds. */
export interface TimelineView {
  readonly items: object[];
  readonly chain: ChainState;
}

/** Where a list goes on: the last row's place in the order (newest first). */
export interface Place {
  readonly createdAt: string;
  readonly id: string;
}

/** An invoice that came as the same bytes as another. */
export interface Twin {
  readonly id: string;
  readonly status: Status;
}

/** An invoice in one line. */
export interface InvoiceBrief {
  readonly id: string;
  readonly number: string;
  readonly date: string;
  readonly fileName: string;
  readonly buyer: string;
  readonly status: Status;
}

/** Keys of the events that contradict each other, where the invoice's state says that some do. */
function conflictingOf(rows: readonly (TimelineRow & { flow: Flow; documents_count: number })[]): ReadonlySet<string> {
  const newest = rows.at(-1);
  return new Set(newest?.status === 'conflict' ? foldLifecycle(newest.flow, newest.documents_count, rows.map(toEvent)).conflicting : []);
}

function entryView(id: string, row: TimelineRow): object {
  return {
    sequence: row.sequence,
    type: row.type,
    title: eventTitle(row.type, row.facts.act),
    at: row.at,
    recordedAt: row.recorded_at,
    source: row.source,
    attempt: row.attempt,
    identificativoSdi: row.identificativo_sdi,
    facts: row.facts,
    status: row.status,
    messageId: row.message_id,
    evidence: { sha256: row.evidence_sha256, size: row.size, mediaType: row.media_type, url: `/v1/invoices/${id}/timeline/${row.sequence}/evidence` },
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}

/** Text that LIKE takes as it stands. */
function likeLiteral(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** What the API and the dashboard show of invoices. */
@Injectable()
export class InvoiceQueries {
  constructor(private readonly database: Database) {}

  async list(filters: ListFilters, companyId: string | undefined, after: Place | undefined): Promise<{ items: InvoiceView[]; last: Place | undefined }> {
    const where: string[] = [];
    const values: unknown[] = [];
    const add = (condition: (placeholder: string) => string, value: unknown): void => {
      values.push(value);
      where.push(condition(`$${values.length}`));
    };
    if (companyId !== undefined) add((p) => `company_id = ${p}`, companyId);
    const [onlyStatus, ...otherStatuses] = filters.status ?? [];
    if (onlyStatus !== undefined) {
      // One status is written as equality: only so does the index on (status, created_at) give the order, too.
      if (otherStatuses.length === 0) add((p) => `status = ${p}`, onlyStatus);
      else add((p) => `status = ANY(${p}::text[])`, filters.status);
    }
    if (filters.from !== undefined) add((p) => `created_at >= (${p}::date)::timestamp AT TIME ZONE 'Europe/Rome'`, filters.from);
    if (filters.to !== undefined) add((p) => `created_at < (${p}::date + 1)::timestamp AT TIME ZONE 'Europe/Rome'`, filters.to);
    if (filters.number !== undefined) add((p) => `id IN (SELECT invoice_id FROM documents WHERE lower(numero) = ${p})`, filters.number.toLowerCase());
    if (filters.fileName !== undefined) add((p) => `base_name = ${p}`, baseName(filters.fileName).toUpperCase());
    if (filters.identificativoSdi !== undefined) add((p) => `identificativo_sdi = ${p}`, filters.identificativoSdi);
    if (filters.sha256 !== undefined) add((p) => `(sha256 = ${p} OR original_sha256 = ${p})`, filters.sha256.toLowerCase());
    if (filters.q) {
      // Trigrams need three characters; anything shorter is taken as the beginning of a number.
      if (filters.q.length < 3) add((p) => `lower(number) LIKE ${p}`, `${likeLiteral(filters.q.toLowerCase())}%`);
      else for (const word of filters.q.toLowerCase().split(/\s+/)) add((p) => `search LIKE ${p}`, `%${likeLiteral(word)}%`);
    }
    if (after) {
      values.push(after.createdAt, after.id);
      where.push(`(created_at, id) < ($${values.length - 1}::timestamptz, $${values.length}::uuid)`);
    }
    values.push(filters.limit + 1);
    const rows = await this.database.query<InvoiceRow>(
      `SELECT ${INVOICE_COLUMNS} FROM invoices ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY created_at DESC, id DESC LIMIT $${values.length}`,
      values,
    );
    const items = rows.slice(0, filters.limit);
    const final = items.at(-1);
    return { items: items.map(invoiceView), last: rows.length > filters.limit && final ? { createdAt: final.created_at.toISOString(), id: final.id } : undefined };
  }

  /** The invoice with its documents and the explanation of its state; undefined when there is none. */
  async get(id: string, sql: Sql = this.database): Promise<InvoiceView | undefined> {
    const [row] = await sql.query<InvoiceRow & { rule_version: string | null; judged_at: Date; findings: StoredVerdict['findings'] }>(
      `SELECT ${INVOICE_COLUMNS}, v.rule_version, v.judged_at, v.findings FROM invoices LEFT JOIN invoice_verdicts v ON v.invoice_id = id WHERE id = $1`,
      [id],
    );
    if (!row) return undefined;
    const documents = await sql.query(
      `SELECT position, tipo_documento AS "tipoDocumento", numero, data::text AS data, divisa, importo_totale::text AS "importoTotaleDocumento", status
       FROM documents WHERE invoice_id = $1 ORDER BY position`,
      [id],
    );
    return invoiceDetail(row, documents, row.rule_version === null ? null : { ruleVersion: row.rule_version, judgedAt: row.judged_at, findings: row.findings });
  }

  /** What a person recognises invoices by; those that exist, in no order. */
  async briefs(ids: readonly string[]): Promise<InvoiceBrief[]> {
    if (ids.length === 0) return [];
    return this.database.query<InvoiceBrief & object>(
      `SELECT id, number, date::text AS date, file_name AS "fileName", buyer_name AS buyer, status FROM invoices WHERE id = ANY ($1)`,
      [ids],
    );
  }

  async companyOf(id: string): Promise<string | undefined> {
    const [row] = await this.database.query<{ company_id: string }>('SELECT company_id FROM invoices WHERE id = $1', [id]);
    return row?.company_id;
  }

  async timeline(id: string): Promise<TimelineView> {
    // One statement, so that entries and head are of one moment.
    const rows = await this.database.query<TimelineRow & { flow: Flow; documents_count: number; head: string; last: number }>(
      `SELECT ${CHAIN_COLUMNS}, t.at, t.recorded_at, e.size, e.media_type, i.flow, i.documents_count, i.timeline_hash AS head, i.sequence AS last
       FROM timeline t JOIN invoices i ON i.id = t.invoice_id JOIN evidence e ON e.sha256 = t.evidence_sha256 WHERE t.invoice_id = $1 ORDER BY t.sequence LIMIT ${SHOWN}`,
      [id],
    );
    const conflicting = conflictingOf(rows);
    const items = rows.map((row) => ({ ...entryView(id, row), ...(conflicting.has(row.key) ? { conflicting: true } : {}) }));
    const [first] = rows;
    const whole = first === undefined || rows.length < SHOWN || first.last === SHOWN;
    return { items, chain: checkChain(id, rows.map(linkOf), whole ? (first?.head ?? NO_ENTRY) : undefined) };
  }

  /** One entry of the timeline, as {@link timeline} shows it, by its key. */
  async entry(id: string, key: string): Promise<object | undefined> {
    const [row] = await this.database.query<TimelineRow>(
      `SELECT ${CHAIN_COLUMNS}, t.at, t.recorded_at, e.size, e.media_type FROM timeline t JOIN evidence e ON e.sha256 = t.evidence_sha256 WHERE t.invoice_id = $1 AND t.key = $2`,
      [id, key],
    );
    return row && entryView(id, row);
  }

  async evidenceOf(id: string, sequence: number): Promise<string | undefined> {
    const [row] = await this.database.query<{ evidence_sha256: string }>('SELECT evidence_sha256 FROM timeline WHERE invoice_id = $1 AND sequence = $2', [id, sequence]);
    return row?.evidence_sha256;
  }

  /** What is sent, and what came, which may be the same. */
  async file(id: string): Promise<{ sha256: string; originalSha256: string; fileName: string } | undefined> {
    const [row] = await this.database.query<{ sha256: string; original_sha256: string | null; file_name: string }>('SELECT sha256, original_sha256, file_name FROM invoices WHERE id = $1', [id]);
    return row && { sha256: row.sha256, originalSha256: row.original_sha256 ?? row.sha256, fileName: row.file_name };
  }

  /** The company's invoice that has a registered name; another company's is nobody's business. */
  async ownerOfName(registeredName: string, companyId: string, sql: Sql = this.database): Promise<string | undefined> {
    const [row] = await sql.query<{ id: string }>('SELECT id FROM invoices WHERE base_name = $1 AND company_id = $2', [registeredName, companyId]);
    return row?.id;
  }

  /** Whether a name was given to any file, for ever. */
  async isTaken(registeredName: string): Promise<boolean> {
    return (await this.database.query('SELECT 1 FROM file_names WHERE base_name = $1', [registeredName])).length > 0;
  }

  /** Other invoices of the company that came as the same bytes, the oldest first. */
  async sameContent(id: string, companyId: string, sha256: string, sql: Sql = this.database): Promise<Twin[]> {
    return sql.query<Twin & object>('SELECT id, status FROM invoices WHERE (sha256 = $3 OR original_sha256 = $3) AND company_id = $2 AND id < $1 ORDER BY created_at LIMIT 5', [id, companyId, sha256]);
  }

  /** How many stand in each state, and how many of them wait for a person. */
  async counts(companyId: string | undefined): Promise<{ counts: Record<string, number>; attention: number }> {
    const rows = await this.database.query<{ status: Status; count: string }>(
      'SELECT status, sum(delta) AS count FROM status_counts WHERE $1::uuid IS NULL OR company_id = $1 GROUP BY status HAVING sum(delta) <> 0',
      [companyId ?? null],
    );
    const counts = Object.fromEntries(rows.map((row) => [row.status, Number(row.count)]));
    // A refused document of a lot waits for a person although its file still waits for the others.
    const [refused] = await this.database.query<{ count: string }>(
      `SELECT count(*) AS count FROM invoices WHERE 'document_refused' = ANY (flags) AND NOT status = ANY ($2) AND ($1::uuid IS NULL OR company_id = $1)`,
      [companyId ?? null, ATTENTION_STATUSES],
    );
    const attention = rows.filter((row) => ATTENTION_STATUSES.includes(row.status)).reduce((sum, row) => sum + Number(row.count), Number(refused?.count ?? 0));
    return { counts, attention };
  }

  /** Forgets keys that no client repeats any more. */
  async forgetIdempotencyKeys(): Promise<void> {
    await this.database.query(`DELETE FROM idempotency_keys WHERE created_at < now() - interval '30 days'`);
  }

  /** Folds the appended counts together, so that the sum above stays a sum of few rows. */
  async foldCounts(): Promise<void> {
    await this.database.query(
      `WITH folded AS (DELETE FROM status_counts RETURNING company_id, status, delta)
       INSERT INTO status_counts (company_id, status, delta) SELECT company_id, status, sum(delta) FROM folded GROUP BY company_id, status HAVING sum(delta) <> 0`,
    );
  }
}
