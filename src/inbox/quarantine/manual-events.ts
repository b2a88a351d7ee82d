import type { JudgedEvent } from '../judge/judgement.js';
import { notificationEvent, receiptEvent } from '../judge/events.js';
import type { Claim } from '../opening/claims.js';
import type { Doubt } from './doubts.js';

/** Who did it and why. */
export interface Authorship {
  readonly messageId: string;
  readonly by: string;
  readonly note: string;
}

/** A remark: the message stands beside the invoice and moves nothing. One per message. @param at when the person made it, ISO 8601 */
export function remark({ messageId, by, note }: Authorship, at: string): JudgedEvent {
  return { type: 'manual_note', key: `remark:${messageId}`, at, source: 'person', facts: { note, notedBy: by } };
}

export interface Vouching extends Authorship {
  readonly claim: Claim;
  /** The instant of the mail, ISO 8601, for what states none of its own. */
  readonly told: string;
  /** Of the hand-over that a receipt is about. */
  readonly attempt?: number | undefined;
  readonly documents?: readonly number[] | undefined;
  readonly doubts: readonly Doubt[];
}

/**
 * The event that the message claims, with the facts read from it, on a person's word. Its key is its own: should the same thing be proved one day by a message that may be
 * believed, that one is added beside it and is not taken for a repetition.
 */
export function vouched({ messageId, by, note, claim, told, attempt, documents, doubts }: Vouching): JudgedEvent {
  const event = claim.kind === 'receipt' ? receiptEvent(claim.type, claim.daticert, attempt, undefined) : notificationEvent(claim.type, claim.message, { told, documents });
  const { note: sdiNote, matchedBy: _, ...facts } = event.facts ?? {};
  return {
    ...event,
    key: `vouched:${messageId}:${claim.type}`,
    source: 'person',
    facts: { ...facts, ...(sdiNote === undefined ? {} : { sdiNote }), vouchedBy: by, note, ...(doubts.length > 0 ? { doubts } : {}) },
  };
}
