import { describe, expect, it } from 'vitest';
import { EVENT_CASES, isSdiEvent } from './cases.js';
import { ATTENTION_STATUSES, FINAL_STATUSES, flowOf, STATUSES_OF, TRANSITIONS, TRANSPORT } from './transitions.js';
import { EVENT_TYPES, type EventType, FLOWS, STATUSES, type Status } from './types.js';

const typeOf = (name: string): EventType => EVENT_TYPES.find((type) => name === type || name.startsWith(`${type}_`) || (type === 'preavviso_errore_consegna' && name.startsWith('preavviso')))!;

describe.each(FLOWS)('the table as a graph: %s', (flow) => {
  const table = TRANSITIONS[flow];
  const targets = (status: Status): Status[] => EVENT_CASES.map((name) => table[status][name]);

  it('says of every event in every state where it leads', () => {
    for (const status of STATUSES) for (const name of EVENT_CASES) expect(STATUSES).toContain(table[status][name]);
    expect(new Set(EVENT_CASES.map(typeOf))).toEqual(new Set(EVENT_TYPES));
  });

  it('reaches every state of the flow from queued, and no other', () => {
    const reached = new Set<Status>(['queued']);
    for (const status of reached) for (const target of targets(status)) reached.add(target);
    expect([...reached].sort()).toEqual([...STATUSES_OF[flow]].sort());
  });

  it('leaves a final state only by contradiction, or from available to delivered', () => {
    for (const status of FINAL_STATUSES(flow)) {
      const out = new Set(targets(status).filter((target) => target !== status));
      expect([...out]).toEqual(status === 'available' ? expect.arrayContaining(['delivered', 'conflict']) : ['conflict']);
    }
  });

  it('has a way to an end out of every state that is not final, and none out of conflict', () => {
    for (const status of STATUSES_OF[flow].filter((one) => one !== 'conflict')) {
      const reached = new Set<Status>([status]);
      for (const one of reached) for (const target of targets(one)) reached.add(target);
      expect(FINAL_STATUSES(flow).some((final) => reached.has(final))).toBe(true);
    }
    expect(new Set(targets('conflict'))).toEqual(new Set(['conflict']));
  });

  it('lets no transport event change what SdI has said (sdi.md 5.2, last row)', () => {
    for (const status of STATUSES_OF[flow].filter((one) => !TRANSPORT.includes(one as never))) {
      for (const name of EVENT_CASES.filter((one) => !isSdiEvent(typeOf(one)))) expect(table[status][name]).toBe(status);
    }
  });

  it('gives no answer of SdI a different sense by when it comes: two in either order end alike', () => {
    const answers = EVENT_CASES.filter((one) => isSdiEvent(typeOf(one)));
    for (const start of [...TRANSPORT, 'at_sdi'] as const) for (const a of answers) for (const b of answers) expect(table[table[start][a]][b]).toBe(table[table[start][b]][a]);
  });
});

it('agrees with the states that the flows end in (house plan, section 3)', () => {
  expect(FINAL_STATUSES('private')).toEqual(['rejected', 'delivered', 'available']);
  expect(FINAL_STATUSES('pa')).toEqual(['rejected', 'undeliverable', 'accepted', 'refused', 'terms_expired']);
  expect(ATTENTION_STATUSES).not.toContain('available');
  expect((['FPA12', 'FPR12', 'FSM10'] as const).map(flowOf)).toEqual(['pa', 'private', 'private']);
});

// Written out from sdi.md 5.3 and 5.4 by hand, so that an error in the table cannot hide in the table.
const PRIVATE_ROWS = `
at_sdi NS rejected | queued NS rejected | uncertain NS rejected | send_failed NS rejected
at_sdi RC delivered | sent RC delivered | at_sdi MC available | pec_accepted MC available
available RC delivered | delivered MC delivered | delivered RC delivered | available MC available
delivered NS conflict | available NS conflict | rejected RC conflict | rejected MC conflict`;
const PA_ROWS = `
at_sdi NS rejected | at_sdi RC delivered | delivery_pending RC delivered | sent RC delivered
at_sdi MC delivery_pending | delivered MC delivered | accepted MC accepted | terms_expired MC terms_expired
at_sdi NE_EC01 accepted | delivery_pending NE_EC01 accepted | delivered NE_EC01 accepted
at_sdi NE_EC02 refused | delivery_pending NE_EC02 refused | delivered NE_EC02 refused
at_sdi DT terms_expired | delivery_pending DT terms_expired | delivered DT terms_expired
at_sdi AT undeliverable | delivery_pending AT undeliverable | queued AT undeliverable
accepted RC accepted | refused RC refused | terms_expired RC terms_expired
accepted DT conflict | refused DT conflict | terms_expired NE_EC01 conflict | terms_expired NE_EC02 conflict | refused NE_EC01 conflict | accepted NE_EC02 conflict
delivered AT conflict | undeliverable RC conflict
delivered NS conflict | delivery_pending NS conflict | accepted NS conflict | refused NS conflict | terms_expired NS conflict | undeliverable NS conflict`;
const TRANSPORT_ROWS = `
queued attempt_opened sending | sending smtp_accepted sent | sending smtp_refused send_failed | sending smtp_unknown uncertain | sending smtp_deferred queued
queued accettazione pec_accepted | sent accettazione pec_accepted | uncertain accettazione pec_accepted
sent non_accettazione send_failed | pec_accepted non_accettazione send_failed | uncertain non_accettazione send_failed
pec_accepted preavviso_12h pec_accepted | pec_accepted preavviso_24h send_failed | pec_accepted errore_consegna send_failed
send_failed avvenuta_consegna at_sdi | queued avvenuta_consegna at_sdi | uncertain avvenuta_consegna at_sdi | pec_accepted avvenuta_consegna at_sdi
send_failed resend_requested queued | uncertain resend_requested queued | pec_accepted resend_requested pec_accepted | at_sdi resend_requested at_sdi
delivered errore_consegna delivered | rejected avvenuta_consegna rejected`;
const rows = (text: string): string[][] => text.trim().split(/\s*[|\n]\s*/).map((row) => row.split(' '));
it.each([...rows(PRIVATE_ROWS).map((row) => ['private', ...row]), ...rows(PA_ROWS).map((row) => ['pa', ...row]), ...FLOWS.flatMap((flow) => rows(TRANSPORT_ROWS).map((row) => [flow, ...row]))])(
  '%s: %s + %s = %s',
  (flow, from, name, to) => {
    expect(TRANSITIONS[flow as 'pa'][from as Status][name as 'RC']).toBe(to);
  },
);
