import { ATTENTION_STATUSES } from '../../../src/sdi/lifecycle/transitions.js';
import { STATUSES } from '../../../src/sdi/lifecycle/types.js';
import type { Invoice, Status } from '../api/types.js';

export { STATUSES };

/** How a state is painted: always together with its name and its sign, never by colour alone. */
export type Tone = 'bad' | 'tell' | 'way' | 'good' | 'wait' | 'neutral';

export const GROUPS = ['act', 'tell', 'way', 'done'] as const;
export type Group = (typeof GROUPS)[number];

const TONES: Readonly<Record<Status, Tone>> = {
  queued: 'neutral',
  sending: 'way',
  uncertain: 'wait',
  sent: 'way',
  pec_accepted: 'way',
  at_sdi: 'way',
  send_failed: 'bad',
  rejected: 'bad',
  delivered: 'good',
  available: 'tell',
  delivery_pending: 'wait',
  undeliverable: 'tell',
  accepted: 'good',
  refused: 'bad',
  terms_expired: 'good',
  conflict: 'bad',
};

const DONE: readonly Status[] = ['delivered', 'accepted', 'terms_expired'];

/** By what a state asks of people; which ask for a person at all, the lifecycle's own table says. */
function groupOf(status: Status): Group {
  if (ATTENTION_STATUSES.includes(status)) return 'act';
  if (status === 'available') return 'tell';
  return DONE.includes(status) ? 'done' : 'way';
}

export function isStatus(text: string): text is Status {
  return (STATUSES as readonly string[]).includes(text);
}

export function toneOf(status: Status): Tone {
  return TONES[status] ?? 'neutral';
}

export function statusesOf(group: Group): Status[] {
  return STATUSES.filter((status) => groupOf(status) === group);
}

/** States that our own clock dates: what we took in, handed over, or were answered on the line. All others are dated by evidence from outside. */
const OURS: readonly Status[] = ['queued', 'sending', 'uncertain', 'sent'];

/** By which clock `statusSince` is told. A failed sending may be either: a refusal on the line is never later than its record, a receipt of a clock put forward is. */
export function clockOf({ status, statusSince, updatedAt }: Pick<Invoice, 'status' | 'statusSince' | 'updatedAt'>): 'ours' | 'evidence' {
  if (status === 'send_failed') return statusSince <= updatedAt ? 'ours' : 'evidence';
  return OURS.includes(status) ? 'ours' : 'evidence';
}

/** Whether a person has something to do: by its state, or because a document in it was refused while the file's state says nothing of that yet. */
export function needsAttention({ status, flags }: Pick<Invoice, 'status' | 'flags'>): boolean {
  return ATTENTION_STATUSES.includes(status) || flags.includes('document_refused');
}

export const GROUP_TONES: Readonly<Record<Group, Tone>> = { act: 'bad', tell: 'tell', way: 'way', done: 'good' };
