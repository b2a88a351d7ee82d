import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/sql.js';
import { Feed, type NewFeedEntry } from '../../platform/feed/feed.js';
import { newId } from '../../platform/ids.js';
import { foldLifecycle, type Flow, type LifecycleEvent, type LifecycleState, type Status } from '../../sdi/index.js';
import { settleDocumentKeys } from '../duplicates/document-keys.js';
import { recordOutcome, rejectionCodes } from '../verdicts/outcomes.js';
import { type EventRow, factsOf, toEvent } from './stored-event.js';
import { statusSince } from './status-since.js';
import { type AppendResult, type NewTimelineEvent, Timeline } from './timeline.js';
import { feedData } from './feed-data.js';

interface InvoiceRow {
  company_id: string;
  file_name: string;
  number: string;
  flow: Flow;
  documents_count: number;
  status: Status;
  identificativo_sdi: string | null;
  sequence: number;
  feed_sequence: number;
}

function sameDocuments(before: LifecycleState, after: LifecycleState): boolean {
  return before.documents.every((document, index) => document.status === after.documents[index]?.status);
}

/** The timeline in the database. The row lock on the invoice puts the appends of all lanes in one order. */
@Injectable()
export class StoredTimeline extends Timeline {
  constructor(private readonly feed: Feed) {
    super();
  }

  override async append(tx: Tx, invoiceId: string, events: readonly NewTimelineEvent[]): Promise<AppendResult> {
    const [invoice] = await tx.query<InvoiceRow>(
      'SELECT company_id, file_name, number, flow, documents_count, status, identificativo_sdi, sequence, feed_sequence FROM invoices WHERE id = $1 FOR UPDATE',
      [invoiceId],
    );
    if (!invoice) throw new Error(`invoice ${invoiceId} does not exist`);
    const known = await tx.query<EventRow>('SELECT type, key, at, attempt, identificativo_sdi, facts FROM timeline WHERE invoice_id = $1 ORDER BY sequence', [invoiceId]);
    const told: LifecycleEvent[] = known.map(toEvent);
    const keys = new Set(known.map((row) => row.key));
    const start = foldLifecycle(invoice.flow, invoice.documents_count, told);
    const rejectedFor = rejectionCodes(start, told);

    let state = start;
    let sequence = invoice.sequence;
    let feedSequence = invoice.feed_sequence;
    const feed: NewFeedEntry[] = [];
    const now = new Date();
    for (const event of events) {
      if (keys.has(event.key)) continue;
      keys.add(event.key);
      told.push(event);
      const before = state;
      state = foldLifecycle(invoice.flow, invoice.documents_count, told);
      sequence += 1;
      await this.#insert(tx, invoiceId, sequence, event, state.status);
      if (before.status === state.status && sameDocuments(before, state)) continue;
      feedSequence += 1;
      feed.push({
        id: newId(),
        tenantId: invoice.company_id,
        subjectId: invoiceId,
        subjectSequence: feedSequence,
        type: `invoice.${state.status}`,
        occurredAt: now,
        data: feedData({ invoiceId, companyId: invoice.company_id, fileName: invoice.file_name, number: invoice.number, flow: invoice.flow, sequence: feedSequence }, before.status, state),
      });
    }
    if (sequence === invoice.sequence) return { before: invoice.status, after: invoice.status, appended: 0, state: start };

    await tx.query(
      `UPDATE invoices SET status = $2, flags = $3, identificativo_sdi = $4, sequence = $5, feed_sequence = $6, attempt = $7, updated_at = $8,
         status_since = coalesce($9::timestamptz, CASE WHEN status = $2 THEN status_since ELSE $8 END),
         search = CASE WHEN $4::text IS NOT NULL AND identificativo_sdi IS DISTINCT FROM $4 THEN search || ' ' || $4 ELSE search END
       WHERE id = $1`,
      [invoiceId, state.status, state.flags, state.identificativoSdi ?? null, sequence, feedSequence, state.attempt, now, statusSince(state, told) ?? null],
    );
    if (!sameDocuments(start, state)) {
      await tx.query('UPDATE documents d SET status = s.status FROM unnest($2::int[], $3::text[]) AS s (position, status) WHERE d.invoice_id = $1 AND d.position = s.position', [
        invoiceId,
        state.documents.map((document) => document.position),
        state.documents.map((document) => document.status),
      ]);
      await settleDocumentKeys(tx, invoiceId, start, state);
    }
    await recordOutcome(tx, invoiceId, rejectedFor, rejectionCodes(state, told));
    if (invoice.status !== state.status) {
      await tx.query('INSERT INTO status_counts (company_id, status, delta) VALUES ($1, $2, -1), ($1, $3, 1)', [invoice.company_id, invoice.status, state.status]);
    }
    if (feed.length > 0) await this.feed.append(tx, feed);
    return { before: invoice.status, after: state.status, appended: sequence - invoice.sequence, state };
  }

  async #insert(tx: Tx, invoiceId: string, sequence: number, event: NewTimelineEvent, status: Status): Promise<void> {
    await tx.query(
      `INSERT INTO timeline (id, invoice_id, sequence, type, key, at, attempt, identificativo_sdi, facts, source, evidence_sha256, message_id, status)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        newId(),
        invoiceId,
        sequence,
        event.type,
        event.key,
        event.at,
        event.attempt ?? null,
        event.identificativoSdi ?? null,
        JSON.stringify(factsOf(event)),
        event.source,
        event.evidenceSha256,
        event.messageId ?? null,
        status,
      ],
    );
  }
}
