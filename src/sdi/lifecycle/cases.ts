import type { EventType, LifecycleEvent } from './types.js';

/**
 * The events as the transition table knows them, weakest evidence first. The order is the rank: the fold applies the facts of one attempt, then of one file at
 * SdI, in this order whatever the order in which they came (sdi.md 5.4: transport < MC < RC < NE, DT, AT; NS excludes all others).
 *
 * Among receipts of one attempt, a definite answer outranks an unknown one, PEC's word outranks that of the SMTP dialogue, and a delivery outranks any failure: a late
 * avvenuta-consegna wins (sdi.md 5.2).
 */
export const EVENT_CASES = [
  'manual_note',
  'manual',
  'queued',
  'resend_requested',
  'attempt_opened',
  'smtp_deferred',
  'smtp_unknown',
  'smtp_refused',
  'smtp_accepted',
  'accettazione',
  'preavviso_12h',
  'non_accettazione',
  'preavviso_24h',
  'errore_consegna',
  'avvenuta_consegna',
  'MC',
  'RC',
  'NE_EC01',
  'NE_EC02',
  'DT',
  'AT',
  'NS',
] as const;
export type EventCase = (typeof EVENT_CASES)[number];

const RANKS = new Map(EVENT_CASES.map((name, index) => [name, index]));

/** Rank of evidence. Opening an attempt and putting it off have the same: the later of the two stands. */
export function rankOf(name: EventCase): number {
  return RANKS.get(name === 'smtp_deferred' ? 'attempt_opened' : name) ?? 0;
}

const SDI_EVENTS: readonly EventType[] = ['NS', 'RC', 'MC', 'NE', 'DT', 'AT'];
export const isSdiEvent = (type: EventType): boolean => SDI_EVENTS.includes(type);

const REMARKS: readonly EventType[] = ['manual_note', 'manual'];

/** Said beside the evidence, of no hand-over and of no file at SdI: it moves nothing. */
export const isRemark = (type: EventType): boolean => REMARKS.includes(type);

/**
 * The two preavviso-errore-consegna look alike: the first comes 12 hours after acceptance and asks to wait, the second after 24 hours, never before 22, and means failure
 * (RFC 6109 3.3.4; sdi.md 3.3). In between there is no doubt at 20.
 */
export const SECOND_NOTICE_AFTER_MS = 20 * 3_600_000;

const FIRST_NOTICE_MS = 12 * 3_600_000;
/** What tells best when the provider took charge, best first. */
const STARTS: readonly EventType[] = ['accettazione', 'smtp_accepted', 'smtp_unknown', 'attempt_opened'];

/** When the provider took charge of an attempt, as far as its events tell; a notice that stands alone counts as the first. */
function startOf(attempt: readonly LifecycleEvent[]): number {
  for (const type of STARTS) {
    const times = attempt.filter((event) => event.type === type).map((event) => Date.parse(event.at));
    if (times.length > 0) return type === 'attempt_opened' ? Math.max(...times) : Math.min(...times);
  }
  return Math.min(...attempt.filter((event) => event.type === 'preavviso_errore_consegna').map((event) => Date.parse(event.at))) - FIRST_NOTICE_MS;
}

/**
 * Which row of the table an event is. Undefined for an NE without outcome, which says nothing.
 * @param attempt all events of the same attempt, in any order; only needed for a preavviso
 */
export function caseOf(event: LifecycleEvent, attempt: readonly LifecycleEvent[]): EventCase | undefined {
  switch (event.type) {
    case 'preavviso_errore_consegna':
      return Date.parse(event.at) - startOf(attempt) >= SECOND_NOTICE_AFTER_MS ? 'preavviso_24h' : 'preavviso_12h';
    case 'NE':
      return event.esito && `NE_${event.esito}`;
    default:
      return event.type;
  }
}
