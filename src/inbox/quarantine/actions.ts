import type { Disposition } from '../ledger/ledger.js';
import type { Decision } from './decided.js';

/** What a person may do with a message. `trust_certificate` is done at `POST /v1/trust/certificates`. */
export const ACTIONS = ['judge', 'attach', 'not_ours', 'trust_certificate'] as const;
export type Action = (typeof ACTIONS)[number];

/** All on which it depends what may be done. */
export interface Standing {
  readonly disposition: Disposition;
  readonly reason: string | null | undefined;
  /** The message claims an event for which nobody has vouched yet. */
  readonly unvouched: boolean;
}

/** Only its header is kept: there is nothing to judge. */
const isGiant = ({ reason }: Standing): boolean => reason === 'too_large';
/** The server never gave it: there is nothing to attach. */
const hasNoOctets = ({ reason }: Standing): boolean => reason === 'unfetchable';

/** Reasons that a decision about one certificate would mend. */
const ISSUER_UNKNOWN: readonly string[] = ['issuer_unknown', 'sdi_issuer_unknown'];

const held = ({ disposition }: Standing): boolean => disposition === 'quarantined';
const attached = ({ reason }: Standing): boolean => reason === 'attached_by_person';

/** When each may be done. What moved an invoice by itself, copies and received invoices need no person; what waits is judged in a moment. */
const POSSIBLE: Readonly<Record<Action, (standing: Standing) => boolean>> = {
  // Also takes a person's "not ours" back; what a person attached stays, because the timeline is append-only.
  judge: (standing) => !isGiant(standing) && !attached(standing),
  // A message that was attached as a remark may be vouched for later.
  attach: (standing) => (!hasNoOctets(standing) && (held(standing) || standing.disposition === 'not_ours')) || (attached(standing) && standing.unvouched),
  not_ours: held,
  trust_certificate: (standing) => held(standing) && ISSUER_UNKNOWN.includes(standing.reason ?? ''),
};

/** What may be done with a message, in the order in which it is offered. Pure. */
export function actionsOf(standing: Standing): Action[] {
  return ACTIONS.filter((action) => POSSIBLE[action](standing));
}

/** Whether asking to have it judged means taking a person's decision back. */
export const takesBack = (reason: string | null | undefined): boolean => reason === ('not_ours_by_person' satisfies Decision);
