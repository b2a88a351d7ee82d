import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CORPUS_FORGERIES, hasCorpus, realMail, realMails } from './forgeries/corpus.js';
import type { Forgery } from './forgeries/forgery.js';
import { NOTIFICATION_FORGERIES } from './forgeries/notifications.js';
import { RECEIPT_FORGERIES } from './forgeries/receipts.js';
import { GENUINE, type GenuineKind, SIDES, stage, type Stage, type Victim } from './forgeries/stage.js';

let theatre: Stage;
beforeAll(async () => {
  theatre = await stage();
});
afterAll(() => theatre?.close());

const ALL: readonly Forgery[] = [...RECEIPT_FORGERIES, ...NOTIFICATION_FORGERIES];
/** What only the public administration's flow has. */
const ONLY_PA: readonly GenuineKind[] = ['NE', 'DT', 'AT'];

const flowsOf = ({ flow, kind }: Forgery): readonly ('private' | 'pa')[] => (flow ? [flow] : ONLY_PA.includes(kind) ? ['pa'] : ['private', 'pa']);

const genuineStatus = (kind: GenuineKind, { flow }: Victim): string => GENUINE[kind].status ?? (flow === 'pa' ? 'delivery_pending' : 'available');

/** A forgery moves nothing and says why it is held; the genuine message that it was made from moves the invoice. */
async function tell({ kind, side = 'public', disposition, reason, forge, spent }: Forgery, flow: 'private' | 'pa'): Promise<void> {
  const victim = await theatre.victim(flow, side);
  const genuine = await GENUINE[kind].make(victim);
  const forged = await forge(genuine, victim, theatre);
  const before = { everything: await theatre.everything(), status: await theatre.status(victim) };
  const verdict = await theatre.deliver(forged, side);
  expect([verdict.disposition, ([] as string[]).concat(reason)]).toEqual([disposition, expect.arrayContaining([verdict.reason])]);
  expect({ everything: await theatre.everything(), status: await theatre.status(victim) }).toEqual(before);
  if (!spent) expect(await theatre.deliver(genuine, side)).toEqual({ disposition: 'applied', reason: 'told' });
  expect(await theatre.status(victim)).toBe(genuineStatus(kind, victim));
}

describe('forgeries', () => {
  it('are at least 60, each of its own name', () => {
    expect(new Set(ALL.map(({ name }) => name)).size).toBe(ALL.length);
    expect(ALL.length).toBeGreaterThanOrEqual(60);
  });

  // Whole names: `it.each` cuts long ones.
  for (const forgery of ALL) for (const flow of flowsOf(forgery)) it(`${forgery.name} (${flow})`, () => tell(forgery, flow));
});

describe.skipIf(!hasCorpus)('forgeries on real messages (skipped: the shared corpus is not beside this checkout)', () => {
  for (const forgery of CORPUS_FORGERIES) for (const flow of flowsOf(forgery)) it(`${forgery.name} (${flow})`, () => tell(forgery, flow));

  it.each(realMails())('%s in our mailbox moves nothing and teaches nothing', async (name) => {
    const before = await theatre.everything();
    for (const side of SIDES) expect(['quarantined', 'not_ours']).toContain((await theatre.deliver(realMail(name), side)).disposition);
    expect(await theatre.everything()).toBe(before);
  });
});
