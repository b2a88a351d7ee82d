import { checkChain } from '../../evidence/chain/index.js';
import { type Difference, REPLAY_START, type ReplayPlace, type ReplayScope, shown } from '../../evidence/replay/difference.js';
import type { Sql } from '../../platform/database/sql.js';
import { foldLifecycle, type Flow, type LifecycleState } from '../../sdi/index.js';
import { CHAIN_COLUMNS, type ChainRow, linkOf } from '../timeline/chain-rows.js';
import { statusSince } from '../timeline/status-since.js';
import { type EventRow, toEvent } from '../timeline/stored-event.js';
import { sameDocuments } from '../timeline/unfolding.js';

/** Beyond this many entries times entries the changes on the way are not counted again: only a flood makes such a timeline. */
const MOST_STEPS = 250_000;

interface StateRow {
  company_id: string;
  flow: Flow;
  documents_count: number;
  status: string;
  flags: string[];
  identificativo_sdi: string | null;
  attempt: number;
  sequence: number;
  feed_sequence: number;
  timeline_hash: string;
  status_since: Date;
  send_after: Date | null;
}

/** Invoices of a scope, oldest first, behind a place. */
export async function invoicesToReplay(sql: Sql, { companyId, since }: ReplayScope, after: ReplayPlace = REPLAY_START, limit = 500): Promise<(ReplayPlace & { readonly fileName: string })[]> {
  const company = companyId === undefined ? '' : 'AND company_id = $5';
  return sql.query<ReplayPlace & { readonly fileName: string }>(
    `SELECT id, created_at::text AS at, file_name AS "fileName" FROM invoices WHERE (created_at, id) > ($1::timestamptz, $2::uuid) AND created_at >= $3 ${company} ORDER BY created_at, id LIMIT $4`,
    [after.at, after.id, since ?? new Date(0), limit, ...(companyId === undefined ? [] : [companyId])],
  );
}

/** Folds an invoice's timeline again and compares all that is kept of the result. @param sql one snapshot for all that is read */
export async function stateDifferences(sql: Sql, invoiceId: string): Promise<Difference[]> {
  const [row] = await sql.query<StateRow>(
    'SELECT company_id, flow, documents_count, status, flags, identificativo_sdi, attempt, sequence, feed_sequence, timeline_hash, status_since, send_after FROM invoices WHERE id = $1',
    [invoiceId],
  );
  if (!row) return [];
  const found: Difference[] = [];
  const compare = (kind: Difference['kind'], place: string, stored: unknown, computed: unknown): void => {
    if (shown(stored) !== shown(computed)) found.push({ kind, place, stored: shown(stored), computed: shown(computed), invoiceId, companyId: row.company_id });
  };

  const rows = await sql.query<ChainRow & EventRow>(`SELECT ${CHAIN_COLUMNS}, t.at FROM timeline t WHERE t.invoice_id = $1 ORDER BY t.sequence`, [invoiceId]);
  const events = rows.map(toEvent);
  compare('timeline', 'sequence', row.sequence, rows.length);
  const chain = checkChain(invoiceId, rows.map(linkOf), row.timeline_hash);
  if (!chain.ok) compare('timeline', `timeline ${chain.brokenAt}`, 'in the chain', 'an entry was changed, removed or added');

  let before: LifecycleState | undefined;
  let changes = 0;
  const followed = rows.length * rows.length * row.documents_count <= MOST_STEPS;
  for (const [index, entry] of followed ? rows.entries() : []) {
    const state = foldLifecycle(row.flow, row.documents_count, events.slice(0, index + 1));
    compare('timeline', `timeline ${entry.sequence} status`, entry.status, state.status);
    if (!before || before.status !== state.status || !sameDocuments(before, state)) changes += 1;
    before = state;
  }
  const state = foldLifecycle(row.flow, row.documents_count, events);
  compare('state', 'status', row.status, state.status);
  compare('state', 'flags', [...row.flags].sort(), [...state.flags].sort());
  compare('state', 'identificativoSdi', row.identificativo_sdi, state.identificativoSdi ?? null);
  compare('state', 'attempt', row.attempt, state.attempt);
  if (followed) compare('state', 'feedSequence', row.feed_sequence, changes);
  const since = statusSince(state, events);
  // What nothing states is when we came to know it: no evidence says that again.
  if (since !== undefined) compare('state', 'statusSince', row.status_since, new Date(since));
  const documents = await sql.query<{ position: number; status: string }>('SELECT position, status FROM documents WHERE invoice_id = $1 ORDER BY position', [invoiceId]);
  compare('state', 'documents', documents, state.documents.map(({ position, status }) => ({ position, status })));
  if (state.status === 'queued' && row.send_after === null) compare('state', 'sendAfter', null, 'when a queued invoice is sent');
  return found;
}

/** Counters by status against the invoices themselves; one statement, so one moment. */
export async function counterDifferences(sql: Sql): Promise<Difference[]> {
  const rows = await sql.query<{ companyId: string; status: string; kept: string; counted: string }>(
    `SELECT coalesce(k.company_id, c.company_id) AS "companyId", coalesce(k.status, c.status) AS status, coalesce(k.n, 0)::text AS kept, coalesce(c.n, 0)::text AS counted
     FROM (SELECT company_id, status, sum(delta) AS n FROM status_counts GROUP BY company_id, status) k
     FULL JOIN (SELECT company_id, status, count(*) AS n FROM invoices GROUP BY company_id, status) c ON c.company_id = k.company_id AND c.status = k.status
     WHERE coalesce(k.n, 0) <> coalesce(c.n, 0) ORDER BY 1, 2`,
  );
  return rows.map(({ companyId, status, kept, counted }) => ({ kind: 'counter', place: `invoices ${status}`, stored: kept, computed: counted, companyId }));
}
