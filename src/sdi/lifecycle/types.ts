/**
 * What SdI and the parties have said of an invoice. The house plan, section 3, explains each; transitions are in `transitions.ts`.
 */
export const STATUSES = [
  'queued',
  'sending',
  'uncertain',
  'sent',
  'pec_accepted',
  'at_sdi',
  'send_failed',
  'rejected',
  'delivered',
  'available',
  'delivery_pending',
  'undeliverable',
  'accepted',
  'refused',
  'terms_expired',
  'conflict',
] as const;
export type Status = (typeof STATUSES)[number];

/** FPR12 and FSM10 go the private way, FPA12 the public administration's. */
export const FLOWS = ['private', 'pa'] as const;
export type Flow = (typeof FLOWS)[number];

/**
 * Everything that may stand in an invoice's timeline. SdI's messages carry their own code; PEC receipts their own name with underscores; `manual_note` is a
 * person's remark on a message, `manual` what a person says that was done outside ({@link MANUAL_ACTS}).
 */
export const EVENT_TYPES = [
  'queued',
  'attempt_opened',
  'smtp_accepted',
  'smtp_refused',
  'smtp_deferred',
  'smtp_unknown',
  'accettazione',
  'non_accettazione',
  'preavviso_errore_consegna',
  'errore_consegna',
  'avvenuta_consegna',
  'NS',
  'RC',
  'MC',
  'NE',
  'DT',
  'AT',
  'resend_requested',
  'manual_note',
  'manual',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** What a person may say was done outside, where no message proves it (sdi.md 5.5); `act` of a `manual` event. None of them moves the state. */
export const MANUAL_ACTS = ['buyer_told', 'handed_over_otherwise', 'sent_elsewhere', 'note'] as const;
export type ManualAct = (typeof MANUAL_ACTS)[number];

/** One event as the fold sees it: only facts from evidence, nothing that depends on when it arrived. */
export interface LifecycleEvent {
  readonly type: EventType;
  /** Equal keys are the same event told again. */
  readonly key: string;
  /** The instant that the evidence itself states (ISO 8601, UTC). */
  readonly at: string;
  /** Number of the attempt that a transport event is about, from 1. For `resend_requested`: the number that the new attempt will have. */
  readonly attempt?: number;
  /** SdI's id of the file; on every SdI event. */
  readonly identificativoSdi?: string;
  /** NS: the error codes. */
  readonly codes?: readonly string[];
  /** NE: EC01 accepted, EC02 refused. */
  readonly esito?: 'EC01' | 'EC02';
  /** NE, DT: positions (from 1) of the documents that it is about; absent means the whole file. */
  readonly documents?: readonly number[];
  /** `manual`: what the person says was done. */
  readonly act?: ManualAct;
}

export const FLAGS = ['delayed', 'duplicate_refused', 'document_refused', 'sent_elsewhere'] as const;
export type LifecycleFlag = (typeof FLAGS)[number];

export interface DocumentState {
  readonly position: number;
  readonly status: Status;
}

/** What the fold gives: the state of the file and of each of its documents. */
export interface LifecycleState {
  readonly status: Status;
  readonly documents: readonly DocumentState[];
  /** The id of the copy that counts (not that of a duplicate which SdI refused with 00002 or 00404). */
  readonly identificativoSdi?: string;
  /**
   * `delayed`: a first non-delivery notice came; `duplicate_refused`: a second copy was refused and the first stands; `document_refused`: the office refused a document of
   * the file, which the file's own status does not tell (yet), and a person has something to do; `sent_elsewhere`: a person says that it
   * went to SdI by another way, so a copy that we know nothing of may stand there.
   */
  readonly flags: readonly LifecycleFlag[];
  /** Keys of the events that contradict each other; empty unless status is `conflict`. */
  readonly conflicting: readonly string[];
  /** Number of the attempt that is current, 0 before the first. */
  readonly attempt: number;
}
