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

/** Events of one invoice, in the order in which they were told. */
export interface NewEvents {
  readonly invoiceId: string;
  readonly events: readonly NewTimelineEvent[];
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
   * Locks the invoices in the order of their ids, adds the events that are not there yet, folds each timeline again, writes states and feed. A repeated event changes nothing.
   * The same invoice may be named several times: each entry is told what became of its own events. Results stand in the order of the entries. Throws when an invoice does not exist.
   */
  abstract appendAll(tx: Tx, entries: readonly NewEvents[]): Promise<readonly AppendResult[]>;

  /** The same for one invoice. */
  async append(tx: Tx, invoiceId: string, events: readonly NewTimelineEvent[]): Promise<AppendResult> {
    const [result] = await this.appendAll(tx, [{ invoiceId, events }]);
    if (!result) throw new Error(`nothing was said of invoice ${invoiceId}`);
    return result;
  }
}
