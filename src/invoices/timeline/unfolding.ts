import type { ChainLink } from '../../evidence/chain/index.js';
import type { NewFeedEntry } from '../../platform/feed/feed.js';
import { newId } from '../../platform/ids.js';
import { foldLifecycle, type Flow, type LifecycleEvent, type LifecycleState, type Status } from '../../sdi/index.js';
import { rejectionCodes } from '../verdicts/outcomes.js';
import { linkTo } from './chain-rows.js';
import { feedData } from './feed-data.js';
import type { AppendResult, NewTimelineEvent } from './timeline.js';

/** An invoice as its timeline needs it. */
export interface TimelineSubject {
  readonly id: string;
  readonly company_id: string;
  readonly file_name: string;
  readonly number: string;
  readonly flow: Flow;
  readonly documents_count: number;
  readonly status: Status;
  readonly sequence: number;
  readonly feed_sequence: number;
  /** Hash of the newest entry. */
  readonly timeline_hash: string;
}

export function sameDocuments(before: LifecycleState, after: LifecycleState): boolean {
  return before.documents.every((document, index) => document.status === after.documents[index]?.status);
}

/** How one invoice's state goes on as events are told one after the other. Touches nothing: what it gathers is written afterwards, for many invoices at once. */
export class Unfolding {
  readonly start: LifecycleState;
  readonly told: LifecycleEvent[];
  /** The new entries, in their order. */
  readonly placed: ChainLink[] = [];
  readonly feed: NewFeedEntry[] = [];
  readonly rejectedBefore: ReadonlySet<string>;
  readonly #keys: Set<string>;
  #state: LifecycleState;
  #feedSequence: number;

  /** @param known the events of the timeline so far */
  constructor(
    readonly subject: TimelineSubject,
    known: readonly LifecycleEvent[],
    private readonly now: Date,
  ) {
    this.told = [...known];
    this.#keys = new Set(known.map(({ key }) => key));
    this.start = this.#fold();
    this.#state = this.start;
    this.#feedSequence = subject.feed_sequence;
    this.rejectedBefore = rejectionCodes(this.start, known);
  }

  get state(): LifecycleState {
    return this.#state;
  }

  /** Hash of the newest entry. */
  get head(): string {
    return this.placed.at(-1)?.hash ?? this.subject.timeline_hash;
  }

  get sequence(): number {
    return this.subject.sequence + this.placed.length;
  }

  get feedSequence(): number {
    return this.#feedSequence;
  }

  /** Adds those of the events that are not there yet. */
  tell(events: readonly NewTimelineEvent[]): AppendResult {
    const first = this.#state;
    const placedBefore = this.placed.length;
    for (const event of events) if (!this.#keys.has(event.key)) this.#add(event);
    const appended = this.placed.length - placedBefore;
    // Nothing told: what the row says counts, as nothing is written either.
    const before = placedBefore === 0 ? this.subject.status : first.status;
    return { before, after: appended === 0 && placedBefore === 0 ? before : this.#state.status, appended, state: this.#state };
  }

  #add(event: NewTimelineEvent): void {
    this.#keys.add(event.key);
    this.told.push(event);
    const before = this.#state;
    this.#state = this.#fold();
    this.placed.push(linkTo(this.head, event, { invoiceId: this.subject.id, sequence: this.sequence + 1, status: this.#state.status, recordedAt: this.now }));
    if (before.status === this.#state.status && sameDocuments(before, this.#state)) return;
    const { id: invoiceId, company_id: companyId, file_name: fileName, number, flow } = this.subject;
    const sequence = (this.#feedSequence += 1);
    this.feed.push({
      id: newId(),
      tenantId: companyId,
      subjectId: invoiceId,
      subjectSequence: sequence,
      type: `invoice.${this.#state.status}`,
      occurredAt: this.now,
      data: feedData({ invoiceId, companyId, fileName, number, flow, sequence, timelineHash: this.head }, before.status, this.#state),
    });
  }

  #fold(): LifecycleState {
    return foldLifecycle(this.subject.flow, this.subject.documents_count, this.told);
  }
}
