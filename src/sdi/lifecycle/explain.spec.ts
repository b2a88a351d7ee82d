import { describe, expect, it } from 'vitest';
import { eventTitle } from './event-titles.js';
import { explain } from './explain.js';
import { FINAL_STATUSES, STATUSES_OF } from './transitions.js';
import { EVENT_TYPES, FLOWS, STATUSES } from './types.js';

describe.each(FLOWS)('explanations: %s', (flow) => {
  it.each(STATUSES)('%s says who, what, what to do and what it means in law, in both languages', (status) => {
    const { who, meaning, todo, law, deadlineDays } = explain(status, flow);
    for (const text of [who, meaning, todo, law]) {
      expect(text.it.length).toBeGreaterThan(5);
      expect(text.en.length).toBeGreaterThan(5);
      expect(text.it === text.en && text !== who).toBe(false);
    }
    for (const text of [meaning, todo, law]) for (const language of [text.it, text.en]) expect(language).toMatch(/[.]$/);
    if (deadlineDays !== undefined) expect(deadlineDays).toBeGreaterThan(0);
  });

  it('every final state says whether the invoice is issued', () => {
    for (const status of FINAL_STATUSES(flow)) expect(explain(status, flow).law.it).toMatch(status === 'rejected' ? /non emessa/ : status === 'refused' ? /rifiuto è ammesso/ : /è emessa/);
  });
});

it('gives the terms of the field (sdi.md 3.5)', () => {
  const days = (flow: 'private' | 'pa') => Object.fromEntries(STATUSES_OF[flow].flatMap((status) => (explain(status, flow).deadlineDays === undefined ? [] : [[status, explain(status, flow).deadlineDays]])));
  expect(days('private')).toEqual({ uncertain: 1, sent: 1, pec_accepted: 1, at_sdi: 5, rejected: 5 });
  expect(days('pa')).toEqual({ uncertain: 1, sent: 1, pec_accepted: 1, at_sdi: 5, rejected: 5, delivered: 15, delivery_pending: 10 });
});

it('MC is no error for a private invoice (incidents T3, 20), and AT means issued (24)', () => {
  expect(explain('available', 'private').meaning.it).toContain('esito normale');
  expect(explain('undeliverable', 'pa').law.it).toContain('è emessa');
  expect(explain('delivered', 'pa').meaning.it).not.toBe(explain('delivered', 'private').meaning.it);
});

it('every event has a title', () => {
  const titles = EVENT_TYPES.map(eventTitle);
  expect(new Set(titles.map((title) => title.it)).size).toBe(EVENT_TYPES.length);
  expect(new Set(titles.map((title) => title.en)).size).toBe(EVENT_TYPES.length);
});
