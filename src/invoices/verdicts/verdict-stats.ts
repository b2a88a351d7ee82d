import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/sql.js';
import type { Status } from '../../sdi/index.js';

export interface VerdictFilters {
  readonly companyId?: string | undefined;
  readonly code?: string | undefined;
  /** First and last day of intake, calendar days of Europe/Rome. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** One code of SdI's: of how many invoices we said it and sent them all the same, how many it came back for. */
export interface VerdictCount {
  readonly code: string;
  readonly foretold: number;
  readonly came: number;
  /** Foretold, and came. */
  readonly hits: number;
}

export interface VerdictOutcome {
  readonly invoiceId: string;
  readonly companyId: string;
  readonly fileName: string;
  readonly number: string;
  readonly status: Status;
  readonly foretold: 'warning' | 'hint' | null;
  readonly came: boolean;
  readonly takenIn: Date;
}

/** What we foretold and what came. */
@Injectable()
export class VerdictStats {
  constructor(private readonly database: Database) {}

  /** By code, those that came most often first. Sums of one row per day and code (and company), and of what came since the last fold: the number of invoices does not matter. */
  async counts({ companyId, code, from, to }: VerdictFilters): Promise<VerdictCount[]> {
    const where: string[] = [];
    const values: unknown[] = [];
    // Only what is asked for is in the text: so the plan is that of an index.
    const asked: readonly [condition: string, value: unknown][] = [['company_id =', companyId], ['code =', code], ['day >=', from], ['day <=', to]];
    for (const [condition, value] of asked) if (value !== undefined) where.push(`${condition} $${values.push(value)}`);
    const filter = where.length > 0 ? `WHERE ${where.join(' AND ')}` : '';
    const rows = await this.database.query<{ code: string; foretold: string; came: string; hits: string }>(
      `SELECT code, sum(foretold) AS foretold, sum(came) AS came, sum(hits) AS hits FROM (
         SELECT code, foretold, came, hits FROM ${companyId === undefined ? 'verdict_totals' : 'verdict_counts'} ${filter}
         UNION ALL SELECT code, foretold, came, hits FROM verdict_changes ${filter}
       ) c
       GROUP BY code HAVING sum(foretold) <> 0 OR sum(came) <> 0 ORDER BY sum(came) DESC, sum(foretold) DESC, code LIMIT 1000`,
      values,
    );
    return rows.map((row) => ({ code: row.code, foretold: Number(row.foretold), came: Number(row.came), hits: Number(row.hits) }));
  }

  /** The invoices of one code, the newest first; up to `limit + 1` of them. */
  async outcomes({ companyId, code, from, to }: VerdictFilters & { readonly code: string }, after: readonly [takenIn: string, id: string] | undefined, limit: number): Promise<VerdictOutcome[]> {
    const where = ['o.code = $1', '(o.foretold IS NOT NULL OR o.came)'];
    const values: unknown[] = [code];
    const add = (condition: (placeholder: string) => string, value: unknown): void => {
      values.push(value);
      where.push(condition(`$${values.length}`));
    };
    if (companyId !== undefined) add((p) => `o.company_id = ${p}`, companyId);
    if (from !== undefined) add((p) => `o.taken_in >= (${p}::date)::timestamp AT TIME ZONE 'Europe/Rome'`, from);
    if (to !== undefined) add((p) => `o.taken_in < (${p}::date + 1)::timestamp AT TIME ZONE 'Europe/Rome'`, to);
    if (after) {
      values.push(...after);
      where.push(`(o.taken_in, o.invoice_id) < ($${values.length - 1}::timestamptz, $${values.length}::uuid)`);
    }
    values.push(limit + 1);
    return this.database.query<VerdictOutcome & object>(
      `SELECT o.invoice_id AS "invoiceId", o.company_id AS "companyId", i.file_name AS "fileName", i.number, i.status, o.foretold, o.came, o.taken_in AS "takenIn"
       FROM verdict_outcomes o JOIN invoices i ON i.id = o.invoice_id WHERE ${where.join(' AND ')} ORDER BY o.taken_in DESC, o.invoice_id DESC LIMIT $${values.length}`,
      values,
    );
  }

  /** Adds what was appended since the last time to the sums. */
  async fold(): Promise<void> {
    // In the order of the keys, so that two processes that do it at once do not wait for each other.
    await this.database.query(
      `WITH changes AS (
         DELETE FROM verdict_changes RETURNING company_id, code, day, foretold, came, hits
       ), counts AS (
         INSERT INTO verdict_counts AS c (company_id, code, day, foretold, came, hits)
         SELECT company_id, code, day, sum(foretold), sum(came), sum(hits) FROM changes GROUP BY company_id, code, day ORDER BY company_id, code, day
         ON CONFLICT (company_id, code, day) DO UPDATE SET foretold = c.foretold + excluded.foretold, came = c.came + excluded.came, hits = c.hits + excluded.hits
       )
       INSERT INTO verdict_totals AS t (code, day, foretold, came, hits)
       SELECT code, day, sum(foretold), sum(came), sum(hits) FROM changes GROUP BY code, day ORDER BY code, day
       ON CONFLICT (code, day) DO UPDATE SET foretold = t.foretold + excluded.foretold, came = t.came + excluded.came, hits = t.hits + excluded.hits`,
    );
  }
}
