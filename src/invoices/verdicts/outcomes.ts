import type { Tx } from '../../platform/database/sql.js';
import type { LifecycleEvent, LifecycleState } from '../../sdi/index.js';

const MOST_CODES = 200;

/** The codes for which SdI rejected the file: none unless it is rejected, and none of those of a second copy. */
export function rejectionCodes(state: LifecycleState, events: readonly LifecycleEvent[]): ReadonlySet<string> {
  if (state.status !== 'rejected') return new Set();
  const ours = events.filter((event) => event.type === 'NS' && (state.identificativoSdi === undefined || event.identificativoSdi === state.identificativoSdi));
  return new Set(ours.flatMap((event) => event.codes ?? []).slice(0, MOST_CODES));
}

/** Writes down which codes came for an invoice, beside those that were foretold of it, when they are others than before. */
export async function recordOutcome(tx: Tx, invoiceId: string, before: ReadonlySet<string>, after: ReadonlySet<string>): Promise<void> {
  const came = [...after].filter((code) => !before.has(code));
  const gone = [...before].filter((code) => !after.has(code));
  if (came.length + gone.length === 0) return;
  await tx.query(
    `WITH invoice AS (
       SELECT id, company_id, created_at, (created_at AT TIME ZONE 'Europe/Rome')::date AS day FROM invoices WHERE id = $1
     ), changed AS (
       INSERT INTO verdict_outcomes (invoice_id, code, company_id, came, taken_in)
       SELECT i.id, c.code, i.company_id, c.came, i.created_at FROM invoice i, (SELECT unnest($2::text[]) AS code, true AS came UNION ALL SELECT unnest($3::text[]), false) c
       ON CONFLICT (invoice_id, code) DO UPDATE SET came = excluded.came WHERE verdict_outcomes.came IS DISTINCT FROM excluded.came
       RETURNING code, came, foretold
     )
     INSERT INTO verdict_changes (company_id, day, code, foretold, came, hits)
     SELECT i.company_id, i.day, c.code, 0, c.sign, CASE WHEN c.foretold IS NULL THEN 0 ELSE c.sign END
     FROM invoice i, (SELECT code, foretold, CASE WHEN came THEN 1 ELSE -1 END AS sign FROM changed) c`,
    [invoiceId, came, gone],
  );
}
