import { describe, expect, it } from 'vitest';
import { STATUSES } from '../../sdi/lifecycle/types.js';
import { parseDuration } from '../clock/duration.js';
import { OUTCOMES, outcomeOf, rejectionCode } from './outcomes.js';

describe('the table of endings', () => {
  it('has one row per ending and flow, and the first is the one without', () => {
    const keys = OUTCOMES.flatMap(({ ending, flow }) =>
      (flow === 'both' ? ['private', 'pa'] : [flow]).map((each) => `${each} ${ending.toUpperCase()}`),
    );
    expect(new Set(keys).size).toBe(keys.length);
    expect(OUTCOMES[0]?.ending).toBe('');
  });

  it.each(OUTCOMES.map((row) => [`${row.ending || 'none'} ${row.flow}`, row] as const))('%s is coherent', (_, row) => {
    expect(row.statuses.at(-1)).toBe(row.final);
    expect(row.statuses.every((status) => STATUSES.includes(status))).toBe(true);
    expect(row.statuses.slice(0, 2)).toEqual(['queued', 'sending']);
    const reaches = row.transport.some(({ act }) => act === 'arrival');
    const last =
      Math.max(0, ...row.transport.map(({ after }) => after)) + (reaches ? Math.max(0, ...row.answers.map(({ after }) => after)) : 0);
    expect(last > 60_000).toBe(row.advance !== undefined);
    if (row.advance) expect(parseDuration(row.advance)).toBeGreaterThan(last);
    // Twenty characters is all that an invoice number may have.
    expect(row.ending.length).toBeLessThanOrEqual(12);
    if (row.ending) expect(row.description.it).not.toBe(row.description.en);
  });

  it.each([
    ['2026/1', 'private', ''],
    ['2026/1-MC', 'pa', '-MC'],
    ['2026/1-mcrc', 'private', '-MCRC'],
    ['2026/1-NS00423', 'private', '-NSnnnnn'],
    ['2026/1-NS423', 'private', ''],
    ['2026/1-DT', 'private', ''],
    ['2026/1-DT', 'pa', '-DT'],
    ['2026/1-LOST', 'private', '-LOST'],
    ['2026/1-LOSTGONE', 'private', '-LOSTGONE'],
    ['MC', 'private', ''],
  ] as const)('%s of a %s invoice asks for "%s"', (numero, flow, ending) => expect(outcomeOf(numero, flow).ending).toBe(ending));

  it('distinguishes the flows of one ending', () => {
    expect(outcomeOf('1-MC', 'private').final).toBe('available');
    expect(outcomeOf('1-MC', 'pa').final).toBe('delivery_pending');
  });

  it('reads the error code of a rejection', () => {
    expect(rejectionCode('1-ns00404 ')).toBe('00404');
    expect(rejectionCode('1-NS0040')).toBeUndefined();
  });
});
