import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/sql.js';
import { Feed } from '../../platform/feed/feed.js';
import { settleDocumentKeys } from '../duplicates/document-keys.js';
import { recordOutcome, rejectionCodes } from '../verdicts/outcomes.js';
import { insertLinks } from './chain-rows.js';
import { type EventRow, toEvent } from './stored-event.js';
import { statusSince } from './status-since.js';
import { type AppendResult, type NewEvents, Timeline } from './timeline.js';
import { sameDocuments, type TimelineSubject, Unfolding } from './unfolding.js';

type KnownRow = EventRow & { invoice_id: string };

/** The timeline in the database, each entry chained to the one before by its hash. The row locks on the invoices put the appends of all lanes in one order; few statements serve however many invoices. */
@Injectable()
export class StoredTimeline extends Timeline {
  constructor(private readonly feed: Feed) {
    super();
  }

  override async appendAll(tx: Tx, entries: readonly NewEvents[]): Promise<readonly AppendResult[]> {
    if (entries.length === 0) return [];
    const now = new Date();
    const unfoldings = await this.#read(tx, [...new Set(entries.map(({ invoiceId }) => invoiceId))], now);
    const results = entries.map(({ invoiceId, events }) => {
      const unfolding = unfoldings.get(invoiceId);
      if (!unfolding) throw new Error(`invoice ${invoiceId} does not exist`);
      return unfolding.tell(events);
    });
    const grown = [...unfoldings.values()].filter(({ placed }) => placed.length > 0);
    if (grown.length > 0) await this.#write(tx, grown, now);
    return results;
  }

  async #read(tx: Tx, invoiceIds: readonly string[], now: Date): Promise<Map<string, Unfolding>> {
    const subjects = await tx.query<TimelineSubject>(
      'SELECT id, company_id, file_name, number, flow, documents_count, status, sequence, feed_sequence, timeline_hash FROM invoices WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE',
      [invoiceIds],
    );
    const known = new Map<string, EventRow[]>();
    const rows = await tx.query<KnownRow>('SELECT invoice_id, type, key, at, attempt, identificativo_sdi, facts FROM timeline WHERE invoice_id = ANY ($1::uuid[]) ORDER BY invoice_id, sequence', [invoiceIds]);
    for (const row of rows) {
      const own = known.get(row.invoice_id);
      if (own) own.push(row);
      else known.set(row.invoice_id, [row]);
    }
    return new Map(subjects.map((subject) => [subject.id, new Unfolding(subject, (known.get(subject.id) ?? []).map(toEvent), now)]));
  }

  async #write(tx: Tx, grown: readonly Unfolding[], now: Date): Promise<void> {
    await insertLinks(tx, grown.flatMap(({ placed }) => placed));
    await tx.query(
      `UPDATE invoices i SET status = n.status, flags = n.flags, identificativo_sdi = n.identificativo_sdi, sequence = n.sequence, feed_sequence = n.feed_sequence, attempt = n.attempt, timeline_hash = n.timeline_hash, updated_at = $2,
         status_since = coalesce(n.status_since, CASE WHEN i.status = n.status THEN i.status_since ELSE $2 END),
         search = CASE WHEN n.identificativo_sdi IS NOT NULL AND i.identificativo_sdi IS DISTINCT FROM n.identificativo_sdi THEN i.search || ' ' || n.identificativo_sdi ELSE i.search END
       FROM jsonb_to_recordset($1::jsonb) AS n (id uuid, status text, flags text[], identificativo_sdi text, sequence integer, feed_sequence integer, attempt integer, timeline_hash text, status_since timestamptz)
       WHERE i.id = n.id`,
      [
        JSON.stringify(
          grown.map(({ subject, state, told, sequence, feedSequence, head }) => ({
            id: subject.id,
            status: state.status,
            flags: state.flags,
            identificativo_sdi: state.identificativoSdi ?? null,
            sequence,
            feed_sequence: feedSequence,
            attempt: state.attempt,
            timeline_hash: head,
            status_since: statusSince(state, told) ?? null,
          })),
        ),
        now,
      ],
    );
    const otherDocuments = grown.filter(({ start, state }) => !sameDocuments(start, state));
    if (otherDocuments.length > 0) {
      await tx.query(
        `UPDATE documents d SET status = s.status FROM jsonb_to_recordset($1::jsonb) AS s (invoice_id uuid, position integer, status text) WHERE d.invoice_id = s.invoice_id AND d.position = s.position`,
        [JSON.stringify(otherDocuments.flatMap(({ subject, state }) => state.documents.map(({ position, status }) => ({ invoice_id: subject.id, position, status }))))],
      );
    }
    for (const { subject, start, state } of otherDocuments) await settleDocumentKeys(tx, subject.id, start, state);
    for (const { subject, state, told, rejectedBefore } of grown) await recordOutcome(tx, subject.id, rejectedBefore, rejectionCodes(state, told));
    await this.#count(tx, grown);
    const feed = grown.flatMap((unfolding) => unfolding.feed);
    if (feed.length > 0) await this.feed.append(tx, feed);
  }

  /** Counts by status: what leaves one and enters another, summed up. */
  async #count(tx: Tx, grown: readonly Unfolding[]): Promise<void> {
    const deltas = new Map<string, { company_id: string; status: string; delta: number }>();
    const add = (company_id: string, status: string, delta: number): void => {
      const key = `${company_id} ${status}`;
      deltas.set(key, { company_id, status, delta: (deltas.get(key)?.delta ?? 0) + delta });
    };
    for (const { subject, state } of grown) {
      if (subject.status === state.status) continue;
      add(subject.company_id, subject.status, -1);
      add(subject.company_id, state.status, 1);
    }
    const changed = [...deltas.values()].filter(({ delta }) => delta !== 0);
    if (changed.length === 0) return;
    await tx.query('INSERT INTO status_counts (company_id, status, delta) SELECT company_id, status, delta FROM jsonb_to_recordset($1::jsonb) AS n (company_id uuid, status text, delta integer)', [
      JSON.stringify(changed),
    ]);
  }
}
