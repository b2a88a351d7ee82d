import { describe, expect, it } from 'vitest';
import { type EventType, foldLifecycle, type Flow, type LifecycleEvent, type Status } from '../../sdi/index.js';
import type { Outcome } from './outcome.js';
import { OUTCOMES } from './outcomes.js';

const START = Date.parse('2026-11-21T10:00:00Z');
const RECEIPTS: Readonly<Record<string, EventType>> = {
  accettazione: 'accettazione',
  'non-accettazione': 'non_accettazione',
  'non-accettazione-virus': 'non_accettazione',
  'avvenuta-consegna': 'avvenuta_consegna',
  'preavviso-errore-consegna': 'preavviso_errore_consegna',
  'errore-consegna': 'errore_consegna',
};

/** The events that a row leaves in a timeline, in the order in which they come. */
function eventsOf(row: Outcome): LifecycleEvent[] {
  const found: { type: EventType; after: number; more?: Partial<LifecycleEvent> }[] = [{ type: 'queued', after: -5 }];
  const { handover } = row;
  if (handover.kind === 'refuse') {
    const type = handover.code < 500 ? 'smtp_deferred' : 'smtp_refused';
    for (let time = 0; time < handover.times; time++)
      found.push({ type: 'attempt_opened', after: time * 2 - 4.5 }, { type, after: time * 2 - 3.5 });
  }
  const sent = handover.kind !== 'refuse' || handover.code < 500;
  if (sent)
    found.push(
      { type: 'attempt_opened', after: 0 },
      {
        type: handover.kind.endsWith('drop') ? 'smtp_unknown' : 'smtp_accepted',
        after: handover.kind === 'slow' ? handover.milliseconds : 1,
      },
    );
  const later = row.resent ? 20_000 : 0;
  if (row.resent) {
    const attempt = { attempt: 2 };
    found.push(
      { type: 'resend_requested', after: later, more: attempt },
      { type: 'attempt_opened', after: later + 1, more: attempt },
      { type: 'smtp_accepted', after: later + 2, more: attempt },
    );
  }
  const taken = row.resent || (sent && handover.kind !== 'drop');
  const arrival = row.transport.find(({ act }) => act === 'arrival')?.after;
  if (taken) {
    for (const { act, after } of row.transport)
      if (act !== 'arrival') found.push({ type: RECEIPTS[act]!, after: later + after, ...(row.resent ? { more: { attempt: 2 } } : {}) });
    for (const { code, esito, after } of arrival === undefined ? [] : row.answers) {
      found.push({
        type: code,
        after: later + (arrival ?? 0) + after,
        more: { identificativoSdi: '15000000001', ...(esito ? { esito } : {}), ...(code === 'NS' ? { codes: ['00423'] } : {}) },
      });
    }
  }
  return found
    .sort((a, b) => a.after - b.after)
    .map(({ type, after, more }, index) => ({
      type,
      key: `${index}`,
      at: new Date(START + after * (after < 2 ? 1000 : 1) + 5000).toISOString(),
      attempt: 1,
      ...more,
    }));
}

function statusesOf(row: Outcome, flow: Flow): Status[] {
  const events = eventsOf(row);
  const all = events.map((_, index) => foldLifecycle(flow, 1, events.slice(0, index + 1)).status);
  return all.filter((status, index) => status !== all[index - 1]);
}

describe('the statuses that the table promises are those of the lifecycle', () => {
  it.each(
    OUTCOMES.flatMap((row) =>
      (row.flow === 'both' ? (['private', 'pa'] as const) : [row.flow]).map((flow) => [row.ending || 'none', flow, row] as const),
    ),
  )('%s (%s)', (_, flow, row) => {
    expect(statusesOf(row, flow)).toEqual(row.statuses);
  });
});
