import type { Tx } from '../../platform/database/sql.js';
import type { LifecycleEvent, LifecycleState, Status } from '../../sdi/lifecycle/types.js';

/** Who said it. */
export type EventSource = 'api' | 'smtp' | 'pec' | 'sdi' | 'person';

/** An event as a room reports it: the lifecycle's facts and the evidence that they rest on. */
export interface NewTimelineEvent extends LifecycleEvent {
  readonly source: EventSource;
  /** SHA-256 of the stored bytes that prove it. */
  readonly evidenceSha256: string;
  /** Row of the inbox's ledger, when a message told it. */
  readonly messageId?: string;
  /** What is worth showing of it (texts, codes, addresses); never needed to compute a state. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

export interface AppendResult {
  readonly before: Status;
  readonly after: Status;
  /** How many of the events were new. */
  readonly appended: number;
  readonly state: LifecycleState;
}

/** The append-only timeline of an invoice. */
export abstract class Timeline {
  /**
   * Locks the invoice, adds the events that are not there yet, folds all again, writes state and feed. A repeated event changes nothing. Throws when the invoice does not exist.
   */
  abstract append(tx: Tx, invoiceId: string, events: readonly NewTimelineEvent[]): Promise<AppendResult>;
}
