import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldLifecycle, type LifecycleEvent } from '../../sdi/index.js';
import { statusSince } from './status-since.js';

const event = (type: LifecycleEvent['type'], at: string, more: Partial<LifecycleEvent> = {}): LifecycleEvent => ({ type, key: `${type} ${at}`, at, ...more });
const since = (flow: 'private' | 'pa', events: LifecycleEvent[]): string | undefined => statusSince(foldLifecycle(flow, 1, events), events);

const REJECTED = [
  event('queued', '2026-01-01T08:00:00.000Z'),
  event('attempt_opened', '2026-01-01T08:00:01.000Z', { attempt: 1 }),
  event('accettazione', '2026-01-01T08:00:02.000Z', { attempt: 1 }),
  event('avvenuta_consegna', '2026-01-01T08:00:03.000Z', { attempt: 1 }),
  event('NS', '2026-01-10T09:00:00.000Z', { identificativoSdi: '111', codes: ['00423'] }),
];

describe('since when an invoice is in its state', () => {
  it('is what the notification states, however late it is read', () => expect(since('private', REJECTED)).toBe('2026-01-10T09:00:00.000Z'));

  it('is the delivery receipt’s instant before SdI has said anything', () => expect(since('private', REJECTED.slice(0, 4))).toBe('2026-01-01T08:00:03.000Z'));

  it('does not depend on the order in which the evidence came', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(REJECTED, { minLength: REJECTED.length }), (events) => {
        expect(since('private', events)).toBe('2026-01-10T09:00:00.000Z');
      }),
    );
  });

  it('is unknown when nothing states it', () => expect(statusSince({ status: 'at_sdi', documents: [], flags: [], conflicting: [], attempt: 1 }, [])).toBeUndefined());
});
