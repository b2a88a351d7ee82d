import { STATUSES } from '../../../src/sdi/lifecycle/types.js';
import type { Status } from '../api/types.js';

export { STATUSES };

/** How a state is painted: always together with its name and its sign, never by colour alone. */
export type Tone = 'bad' | 'tell' | 'way' | 'good' | 'wait' | 'neutral';

export const GROUPS = ['act', 'tell', 'way', 'done'] as const;
export type Group = (typeof GROUPS)[number];

interface Look {
  readonly tone: Tone;
  /** By what it asks of people. */
  readonly group: Group;
}

const LOOKS: Readonly<Record<Status, Look>> = {
  queued: { tone: 'neutral', group: 'way' },
  sending: { tone: 'way', group: 'way' },
  uncertain: { tone: 'wait', group: 'way' },
  sent: { tone: 'way', group: 'way' },
  pec_accepted: { tone: 'way', group: 'way' },
  at_sdi: { tone: 'way', group: 'way' },
  send_failed: { tone: 'bad', group: 'act' },
  rejected: { tone: 'bad', group: 'act' },
  delivered: { tone: 'good', group: 'done' },
  available: { tone: 'tell', group: 'tell' },
  delivery_pending: { tone: 'wait', group: 'way' },
  undeliverable: { tone: 'tell', group: 'tell' },
  accepted: { tone: 'good', group: 'done' },
  refused: { tone: 'bad', group: 'act' },
  terms_expired: { tone: 'good', group: 'done' },
  conflict: { tone: 'bad', group: 'act' },
};

export function isStatus(text: string): text is Status {
  return (STATUSES as readonly string[]).includes(text);
}

export function toneOf(status: Status): Tone {
  return LOOKS[status]?.tone ?? 'neutral';
}

export function statusesOf(group: Group): Status[] {
  return STATUSES.filter((status) => LOOKS[status].group === group);
}

export const GROUP_TONES: Readonly<Record<Group, Tone>> = { act: 'bad', tell: 'tell', way: 'way', done: 'good' };
