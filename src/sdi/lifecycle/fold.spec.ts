import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseOf, isSdiEvent, rankOf } from './cases.js';
import { foldLifecycle } from './fold.js';
import { STATUSES_OF, TRANSITIONS, TRANSPORT } from './transitions.js';
import { EVENT_TYPES, type EventType, type Flow, FLOWS, type LifecycleEvent, type LifecycleState, type Status, STATUSES } from './types.js';

const T0 = Date.parse('2026-03-02T08:00:00Z');
const HOUR = 3_600_000;
/** Hours after the invoice was queued at which an event of this type says it happened. */
const HOURS: Partial<Record<EventType, number>> = { queued: 0, attempt_opened: 0.01, smtp_deferred: 0.02, smtp_unknown: 0.05, smtp_refused: 0.05, smtp_accepted: 0.05, accettazione: 0.1, non_accettazione: 0.1, errore_consegna: 0.3, avvenuta_consegna: 0.3, NS: 1, RC: 1, MC: 1, NE: 50, AT: 240, DT: 360, resend_requested: 30 };

type More = Partial<Omit<LifecycleEvent, 'type'>> & { hours?: number };
function event(type: EventType, { hours = HOURS[type] ?? 1, ...more }: More = {}): LifecycleEvent {
  const sdi = isSdiEvent(type);
  const facts = { ...(sdi && { identificativoSdi: 'A' }), ...(!sdi && type !== 'queued' && { attempt: type === 'resend_requested' ? 2 : 1 }), ...(type === 'NE' && { esito: 'EC01' as const }), ...more };
  return { type, at: new Date(T0 + hours * HOUR).toISOString(), key: JSON.stringify([type, hours, facts]), ...facts };
}
const fold = (flow: Flow, events: readonly LifecycleEvent[], documents = 1): LifecycleState => foldLifecycle(flow, documents, events);
const status = (flow: Flow, ...events: readonly LifecycleEvent[]): Status => fold(flow, events).status;
const SENT = [event('queued'), event('attempt_opened'), event('smtp_accepted')];
const AT_SDI = [...SENT, event('accettazione'), event('avvenuta_consegna')];

describe('histories and where they end', () => {
  const histories: [flow: Flow | 'both', expected: Status, events: LifecycleEvent[]][] = [
    ['both', 'queued', []],
    ['both', 'queued', [event('queued')]],
    ['both', 'sending', SENT.slice(0, 2)],
    ['both', 'queued', [...SENT.slice(0, 2), event('smtp_deferred')]],
    ['both', 'sending', [...SENT.slice(0, 2), event('smtp_deferred'), event('attempt_opened', { hours: 0.03 })]],
    ['both', 'queued', [...SENT.slice(0, 2), event('smtp_deferred'), event('attempt_opened', { hours: 0.03 }), event('smtp_deferred', { hours: 0.04 })]],
    ['both', 'sending', [event('attempt_opened', { hours: 0, key: '1' }), event('smtp_deferred', { hours: 0, key: '2' }), event('attempt_opened', { hours: 0, key: '3' })]],
    ['both', 'uncertain', [...SENT.slice(0, 2), event('smtp_unknown')]],
    ['both', 'sent', SENT],
    ['both', 'pec_accepted', [...SENT.slice(0, 2), event('smtp_unknown'), event('accettazione')]],
    ['both', 'at_sdi', [...SENT.slice(0, 2), event('smtp_unknown'), event('avvenuta_consegna')]],
    ['both', 'send_failed', [...SENT.slice(0, 2), event('smtp_refused')]],
    ['both', 'send_failed', [...SENT, event('non_accettazione')]],
    ['both', 'send_failed', [...SENT, event('accettazione'), event('errore_consegna')]],
    ['both', 'at_sdi', [...SENT, event('accettazione'), event('errore_consegna'), event('avvenuta_consegna', { hours: 30 })]],
    ['both', 'at_sdi', AT_SDI],
    ['both', 'rejected', [...AT_SDI, event('NS')]],
    ['private', 'delivered', [...AT_SDI, event('RC')]],
    ['private', 'available', [...AT_SDI, event('MC')]],
    ['private', 'delivered', [...AT_SDI, event('MC'), event('RC')]],
    ['private', 'conflict', [...AT_SDI, event('NS'), event('RC')]],
    ['pa', 'delivery_pending', [...AT_SDI, event('MC')]],
    ['pa', 'delivered', [...AT_SDI, event('MC'), event('RC')]],
    ['pa', 'accepted', [...AT_SDI, event('RC'), event('NE')]],
    ['pa', 'refused', [...AT_SDI, event('RC'), event('NE', { esito: 'EC02' })]],
    ['pa', 'terms_expired', [...AT_SDI, event('RC'), event('DT')]],
    ['pa', 'undeliverable', [...AT_SDI, event('MC'), event('AT')]],
    ['pa', 'undeliverable', [event('AT')]],
    ['pa', 'conflict', [...AT_SDI, event('RC'), event('AT')]],
    ['pa', 'conflict', [...AT_SDI, event('NE'), event('DT')]],
  ];
  it.each(histories.flatMap(([flow, ...rest]) => (flow === 'both' ? FLOWS : [flow]).map((one) => [one, ...rest] as const)))('%s: %s', (flow, expected, events) => {
    expect(status(flow, ...events)).toBe(expected);
    expect(fold(flow, events).documents).toEqual([{ position: 1, status: expected }]);
  });

  it('covers every state of both flows', () => {
    for (const flow of FLOWS) expect(new Set(histories.filter(([one]) => one === flow || one === 'both').map(([, expected]) => expected))).toEqual(new Set(STATUSES_OF[flow]));
  });
});

describe('notices of late delivery (incidents T1, 6: the 12 h and the 24 h notice look alike)', () => {
  const accepted = [...SENT, event('accettazione')];
  const notice = (hours: number) => event('preavviso_errore_consegna', { hours: 0.1 + hours });

  it('waits after the first and gives up after the second', () => {
    expect(fold('private', [...accepted, notice(12)])).toMatchObject({ status: 'pec_accepted', flags: ['delayed'] });
    expect(fold('private', [...accepted, notice(12), notice(24)])).toMatchObject({ status: 'send_failed', flags: [] });
    expect(status('private', ...accepted, notice(24))).toBe('send_failed');
    expect(status('private', ...accepted, notice(19.99))).toBe('pec_accepted');
    expect(status('private', ...accepted, notice(20))).toBe('send_failed');
  });

  it('tells them apart without the acceptance receipt too', () => {
    expect(fold('private', [...SENT, notice(12)])).toMatchObject({ status: 'pec_accepted', flags: ['delayed'] });
    expect(status('private', ...SENT, notice(24))).toBe('send_failed');
    expect(status('private', notice(12), notice(24))).toBe('send_failed');
    expect(status('private', notice(24))).toBe('pec_accepted');
  });

  it('believes a late delivery', () => {
    expect(fold('private', [...accepted, notice(12), notice(24), event('avvenuta_consegna', { hours: 40 })])).toMatchObject({ status: 'at_sdi', flags: [] });
  });
});

describe('several attempts', () => {
  const failed = [...SENT, event('accettazione'), event('errore_consegna')];
  const resend = event('resend_requested');
  const second = (type: EventType, more: More = {}) => event(type, { attempt: 2, hours: 31, ...more });

  it('queues again under the next number, and goes on from there', () => {
    expect(fold('pa', [...failed, resend])).toMatchObject({ status: 'queued', attempt: 2 });
    expect(fold('pa', [...failed, resend, second('attempt_opened'), second('smtp_accepted')])).toMatchObject({ status: 'sent', attempt: 2 });
    expect(fold('pa', [event('queued')])).toMatchObject({ attempt: 0 });
    expect(fold('pa', [...SENT.slice(0, 2), event('smtp_deferred')])).toMatchObject({ status: 'queued', attempt: 1 });
  });

  it('does not send a copy that has proved to be under way', () => {
    const uncertain = [...SENT.slice(0, 2), event('smtp_unknown')];
    expect(status('pa', ...uncertain, resend)).toBe('queued');
    expect(status('pa', ...uncertain, resend, event('accettazione'))).toBe('pec_accepted');
    expect(status('pa', ...uncertain, resend, event('avvenuta_consegna'))).toBe('at_sdi');
    expect(status('pa', ...uncertain, resend, event('accettazione'), event('errore_consegna'))).toBe('queued');
  });

  it('does not say that nothing left while an older attempt is uncertain', () => {
    expect(status('pa', ...SENT.slice(0, 2), event('smtp_unknown'), resend, second('attempt_opened'), second('smtp_refused'))).toBe('uncertain');
    expect(status('pa', ...failed, resend, second('attempt_opened'), second('smtp_refused'))).toBe('send_failed');
  });
});

describe('second copies (incidents T3, 27 and 28: a duplicate refusal must not flip the valid invoice)', () => {
  const late = [...SENT, event('accettazione'), event('preavviso_errore_consegna', { hours: 24.2 }), event('resend_requested'), event('attempt_opened', { attempt: 2, hours: 31 }), event('smtp_accepted', { attempt: 2, hours: 31 })];
  const ns = (code: string, id = 'B', hours = 40) => event('NS', { identificativoSdi: id, codes: [code], hours });

  it.each(['00002', '00404'])('an NS %s of the copy leaves the delivered invoice delivered', (code) => {
    expect(fold('private', [...AT_SDI, event('RC'), ns(code)])).toMatchObject({ status: 'delivered', identificativoSdi: 'A', flags: ['duplicate_refused'], conflicting: [] });
    expect(fold('private', [...AT_SDI, event('MC'), ns(code)])).toMatchObject({ status: 'available', identificativoSdi: 'A', flags: ['duplicate_refused'] });
    expect(fold('private', [...AT_SDI, event('NS', { codes: ['00300'] }), ns(code)])).toMatchObject({ status: 'rejected', identificativoSdi: 'A', flags: ['duplicate_refused'] });
  });

  it('the NS of the copy may come first: the invoice waits at SdI for its own answer', () => {
    const waiting = fold('private', [...late, ns('00002')]);
    expect(waiting).toMatchObject({ status: 'at_sdi', flags: ['duplicate_refused'] });
    expect(waiting.identificativoSdi).toBeUndefined();
    expect(fold('private', [...late, ns('00002'), event('RC')])).toMatchObject({ status: 'delivered', identificativoSdi: 'A', flags: ['duplicate_refused'] });
    expect(fold('private', [...late, ns('00002'), event('MC')])).toMatchObject({ status: 'available', identificativoSdi: 'A' });
  });

  it('a duplicate that is the only copy is a rejection: the name or the number was used elsewhere', () => {
    expect(fold('private', [...AT_SDI, ns('00002')])).toMatchObject({ status: 'rejected', identificativoSdi: 'B', flags: [] });
    expect(fold('private', [...SENT.slice(0, 2), event('smtp_refused'), event('resend_requested'), event('attempt_opened', { attempt: 2 }), event('avvenuta_consegna', { attempt: 2 }), ns('00404')])).toMatchObject({ status: 'rejected' });
  });

  it('any NS under another id that follows the answer is the copy’s (sdi.md 5.3)', () => {
    expect(fold('private', [...AT_SDI, event('RC'), ns('00423')])).toMatchObject({ status: 'delivered', identificativoSdi: 'A', flags: ['duplicate_refused'], conflicting: [] });
  });

  it.each(FLOWS.flatMap((flow) => (['RC', 'MC'] as const).map((type) => [flow, type] as const)))('%s: an NS on the merits, then an %s under another id, is a conflict and no second copy', (flow, type) => {
    const refusal = ns('00423', 'B', 0.5);
    const answer = event(type);
    expect(fold(flow, [...AT_SDI, answer, refusal])).toMatchObject({ status: 'conflict', identificativoSdi: 'A', flags: [], conflicting: [answer.key, refusal.key].sort() });
    expect(fold(flow, [...AT_SDI, refusal, answer]).documents).toEqual([{ position: 1, status: 'conflict' }]);
    expect(fold(flow, [...AT_SDI, event('NS', { identificativoSdi: 'B', hours: 0.5 }), answer]).status).toBe('conflict');
    for (const code of ['00002', '00404']) expect(fold(flow, [...AT_SDI, ns(code, 'B', 0.5), answer])).toMatchObject({ flags: ['duplicate_refused'], conflicting: [] });
  });

  it('the same id refused and delivered is a conflict, and says which messages contradict', () => {
    const rc = event('RC');
    const refusal = event('NS', { codes: ['00002'] });
    expect(fold('private', [...AT_SDI, rc, refusal])).toMatchObject({ status: 'conflict', identificativoSdi: 'A', conflicting: [rc.key, refusal.key].sort() });
  });

  it('two copies that SdI both took are a conflict', () => {
    const first = event('RC');
    const other = event('MC', { identificativoSdi: 'B' });
    expect(fold('private', [...AT_SDI, first, other])).toMatchObject({ status: 'conflict', conflicting: [first.key, other.key].sort() });
  });
});

describe('lots (sdi.md 5.4)', () => {
  const lot = [...AT_SDI, event('RC')];
  const ne = (esito: 'EC01' | 'EC02', ...documents: number[]) => event('NE', { esito, documents });
  const statuses = (events: LifecycleEvent[], count = 3) => fold('pa', events, count).documents.map((document) => document.status);

  it('an answer acts on the documents that it names', () => {
    expect(statuses([...lot, ne('EC01', 1), ne('EC02', 3)])).toEqual(['accepted', 'delivered', 'refused']);
    expect(fold('pa', [...lot, ne('EC01', 1), ne('EC02', 3)], 3).status).toBe('delivered');
  });

  it('an NE without reference acts on all, a DT on those without an answer', () => {
    expect(statuses([...lot, event('NE', { esito: 'EC02' })])).toEqual(['refused', 'refused', 'refused']);
    expect(statuses([...lot, event('DT'), ne('EC01', 2)])).toEqual(['terms_expired', 'accepted', 'terms_expired']);
    expect(statuses([...lot, event('DT', { documents: [1] }), event('DT', { documents: [3] })])).toEqual(['terms_expired', 'delivered', 'terms_expired']);
  });

  it('a document that was refused is flagged while the file does not say so itself', () => {
    expect(fold('pa', [...lot, ne('EC02', 1)], 2)).toMatchObject({ status: 'delivered', flags: ['document_refused'] });
    expect(fold('pa', [...lot, ne('EC02', 1), event('NS', { identificativoSdi: 'B', codes: ['00404'] })], 2).flags).toEqual(['duplicate_refused', 'document_refused']);
    expect(fold('pa', [...lot, ne('EC02', 1), ne('EC01', 2)], 2)).toMatchObject({ status: 'refused', flags: [] });
    expect(fold('pa', [...lot, ne('EC01', 1)], 2).flags).toEqual([]);
  });

  it('a DT against documents that all have an answer contradicts them', () => {
    expect(statuses([...lot, event('DT'), ne('EC01', 1, 2, 3)])).toEqual(['conflict', 'conflict', 'conflict']);
    expect(statuses([...lot, event('DT', { documents: [2] }), ne('EC01', 1, 2)])).toEqual(['accepted', 'conflict', 'delivered']);
  });

  it.each([
    [[ne('EC01', 1, 2), ne('EC02', 3)], 'refused'],
    [[ne('EC01', 1, 2), event('DT', { documents: [3] })], 'terms_expired'],
    [[ne('EC02', 1), event('DT')], 'refused'],
    [[ne('EC01', 1, 2, 3)], 'accepted'],
    [[ne('EC01', 1), ne('EC02', 1), ne('EC01', 2)], 'conflict'],
    [[ne('EC02', 1)], 'delivered'],
  ] as const)('the file is what its most pressing document is (%#: %s)', (events, expected) => {
    expect(fold('pa', [...lot, ...events], 3).status).toBe(expected);
  });

  it('an answer about a document that the file does not hold is a conflict, not silence', () => {
    const stray = ne('EC02', 4);
    expect(fold('pa', [...lot, stray], 3)).toMatchObject({ status: 'conflict', conflicting: [stray.key] });
    expect(fold('pa', [...lot, event('NE', { documents: [] })], 1).status).toBe('conflict');
  });

  it('RC, MC and NS are about the whole file', () => {
    expect(statuses([...AT_SDI, event('MC')])).toEqual(['delivery_pending', 'delivery_pending', 'delivery_pending']);
    expect(statuses([...AT_SDI, event('NS')])).toEqual(['rejected', 'rejected', 'rejected']);
  });
});

/** Any history at all: several attempts, several copies, lots, whatever order of instants. */
const anyEvent = (types: readonly EventType[] = EVENT_TYPES): fc.Arbitrary<LifecycleEvent> =>
  fc
    .record({
      type: fc.constantFrom(...types),
      hours: fc.constantFrom(0, 0, 0.1, 1, 12.1, 24.1, 30),
      attempt: fc.constantFrom(1, 1, 1, 2, 3),
      identificativoSdi: fc.constantFrom('A', 'A', 'A', 'B', 'C'),
      codes: fc.constantFrom(['00002'], ['00404'], ['00423'], ['00300', '00404']),
      esito: fc.constantFrom('EC01' as const, 'EC02' as const),
      documents: fc.constantFrom(undefined, undefined, [1], [2], [1, 3], [9]),
    })
    .map(({ type, hours, ...facts }) => {
      const sdi = isSdiEvent(type);
      return event(type, {
        hours,
        ...(type !== 'queued' && !sdi && { attempt: facts.attempt }),
        ...(sdi && { identificativoSdi: facts.identificativoSdi }),
        ...(type === 'NS' && { codes: facts.codes }),
        ...(type === 'NE' && { esito: facts.esito }),
        ...((type === 'NE' || type === 'DT') && facts.documents && { documents: facts.documents }),
      });
    });

describe('properties of the fold', () => {
  it('any order and any repetition of the same events give the same state', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...FLOWS),
        fc.integer({ min: 1, max: 3 }),
        fc.array(anyEvent(), { maxLength: 12 }).chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length }), fc.subarray(events))),
        (flow, documents, [events, shuffled, again]) => {
          const state = foldLifecycle(flow, documents, events);
          expect(foldLifecycle(flow, documents, shuffled)).toEqual(state);
          expect(foldLifecycle(flow, documents, [...again, ...shuffled, ...again])).toEqual(state);
          expect(STATUSES_OF[flow]).toContain(state.status);
          expect(state.documents.map((document) => document.position)).toEqual(Array.from({ length: documents }, (_, index) => index + 1));
          expect(state.conflicting.length > 0).toBe(state.status === 'conflict');
          expect(state.flags.includes('document_refused')).toBe(state.status !== 'refused' && state.documents.some((document) => document.status === 'refused'));
          const keys = new Set(events.map((one) => one.key));
          expect(state.conflicting.every((key) => keys.has(key))).toBe(true);
        },
      ),
      { numRuns: 4000 },
    );
  });

  it('a person’s remark, wherever and however often it stands, changes nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FLOWS), fc.integer({ min: 1, max: 3 }), fc.array(anyEvent(), { maxLength: 10 }), (flow, documents, events) => {
        const told = events.filter((one) => one.type !== 'manual_note');
        const remark: LifecycleEvent = { type: 'manual_note', key: 'remark', at: new Date(T0).toISOString() };
        expect(foldLifecycle(flow, documents, [remark, ...told, remark])).toEqual(foldLifecycle(flow, documents, told));
      }),
      { numRuns: 1000 },
    );
  });

  it('whatever else happens, a copy refused on its merits before another was taken is a conflict, and no duplicate refusal before it is', () => {
    const answers: readonly EventType[] = ['RC', 'MC', 'NE', 'DT', 'AT'];
    const taken = fc.array(anyEvent(EVENT_TYPES.filter((type) => type !== 'NS')), { maxLength: 8 }).filter((events) => events.some((one) => answers.includes(one.type)));
    fc.assert(
      fc.property(fc.constantFrom(...FLOWS), fc.integer({ min: 1, max: 3 }), taken, fc.constantFrom('00423', '00300', '00002', '00404'), (flow, documents, events, code) => {
        const refusal = event('NS', { identificativoSdi: 'X', codes: [code], hours: -1 });
        const without = foldLifecycle(flow, documents, events);
        const state = foldLifecycle(flow, documents, [refusal, ...events]);
        if (code === '00002' || code === '00404') expect(state).toEqual({ ...without, flags: expect.arrayContaining([...without.flags, 'duplicate_refused']) as unknown });
        else expect(state).toMatchObject({ status: 'conflict', conflicting: expect.arrayContaining([refusal.key]) as unknown });
      }),
      { numRuns: 2000 },
    );
  });

  it('one attempt, one copy, one document: each arrival, in any order, is the step that the table says', () => {
    const single = EVENT_TYPES.filter((type) => type !== 'resend_requested' && type !== 'queued' && type !== 'attempt_opened');
    const oneLane = fc.uniqueArray(anyEvent(single), { maxLength: 10, selector: (one) => one.key }).map((events) =>
      events.map((one) =>
        isSdiEvent(one.type)
          ? event(one.type, { ...(one.esito && { esito: one.esito }), hours: 100 })
          : event(one.type, { ...(one.type === 'preavviso_errore_consegna' && { hours: Date.parse(one.at) - T0 > 20 * HOUR ? 24.1 : 12.1 }) }),
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(...FLOWS), oneLane, (flow, events) => {
        const told = SENT.slice(0, 2);
        for (const next of events) {
          const before = fold(flow, told);
          const attempt = [...told, next].filter((one) => !isSdiEvent(one.type));
          const name = caseOf(next, attempt)!;
          const stands = told.some((one) => one.key === next.key) || (!isSdiEvent(next.type) && attempt.some((one) => rankOf(caseOf(one, attempt)!) > rankOf(name)));
          const outranked = stands && (TRANSPORT as readonly Status[]).includes(before.status);
          told.push(next);
          expect(fold(flow, told).status).toBe(outranked ? before.status : TRANSITIONS[flow][before.status][name]);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('as things happen, resends included, each event is the step that the table says', () => {
    const FOLLOW: Partial<Record<Status, readonly EventType[]>> = {
      queued: ['attempt_opened'],
      sending: ['smtp_deferred', 'smtp_unknown', 'smtp_refused', 'smtp_accepted'],
      uncertain: ['accettazione', 'non_accettazione', 'avvenuta_consegna', 'RC', 'NS'],
      sent: ['accettazione', 'non_accettazione', 'avvenuta_consegna', 'MC'],
      pec_accepted: ['preavviso_errore_consegna', 'errore_consegna', 'avvenuta_consegna', 'RC'],
      send_failed: ['resend_requested', 'resend_requested', 'avvenuta_consegna'],
    };
    const seen = new Set<Status>();
    fc.assert(
      fc.property(fc.constantFrom(...FLOWS), fc.array(fc.tuple(fc.nat(7), fc.constantFrom(0.05, 2, 12, 13)), { maxLength: 25 }), (flow, choices) => {
        const told = [event('queued')];
        let hours = 0;
        for (const [choice, pause] of choices) {
          const before = fold(flow, told);
          seen.add(before.status);
          const possible = FOLLOW[before.status] ?? (['RC', 'MC', 'NE', 'DT', 'AT', 'NS', 'avvenuta_consegna', 'accettazione'] as const);
          const type = possible[choice % possible.length]!;
          hours += pause;
          const attempt = type === 'resend_requested' ? before.attempt + 1 : Math.max(1, before.attempt);
          const next = event(type, { hours, ...(!isSdiEvent(type) && { attempt }), ...(type === 'NE' && { esito: pause > 5 ? 'EC01' : 'EC02' }) });
          told.push(next);
          const name = caseOf(next, told.filter((one) => one.attempt === attempt))!;
          const after = fold(flow, told).status;
          seen.add(after);
          expect(after).toBe(TRANSITIONS[flow][before.status][name]);
        }
      }),
      { numRuns: 3000 },
    );
    expect([...seen].sort()).toEqual([...STATUSES].sort());
  });
});
