import { expect, it } from 'vitest';
import { MANUAL_ACTS, STATUSES, type Status } from '../../sdi/index.js';
import { hindranceTo } from './acts.js';

const refusedIn = (act: (typeof MANUAL_ACTS)[number]): Status[] => STATUSES.filter((status) => hindranceTo(act, status) !== undefined);

it('a person may say in each state what can have been done outside, and nothing else', () => {
  const before: Status[] = ['queued', 'sending', 'uncertain', 'sent', 'pec_accepted', 'at_sdi', 'send_failed', 'rejected'];
  expect(Object.fromEntries(MANUAL_ACTS.map((act) => [act, refusedIn(act)]))).toEqual({ buyer_told: before, handed_over_otherwise: before, sent_elsewhere: ['queued', 'sending'], note: [] });
});
