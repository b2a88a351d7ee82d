import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateOf, instantOf } from './rome.js';

describe('instants of SdI messages (sdi.md 4.2)', () => {
  it.each([
    ['2018-11-13T16:47:26.000+01:00', '2018-11-13T15:47:26.000Z'],
    ['2019-01-04T20:34:00Z', '2019-01-04T20:34:00.000Z'],
    ['2014-04-01T12:00:00', '2014-04-01T10:00:00.000Z'],
    ['2026-01-15T12:00:00', '2026-01-15T11:00:00.000Z'],
    ['2026-03-29T01:59:59', '2026-03-29T00:59:59.000Z'],
    ['2026-03-29T03:00:00', '2026-03-29T01:00:00.000Z'],
    ['2026-10-25T02:30:00', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T03:00:00', '2026-10-25T02:00:00.000Z'],
    [' 2026-07-01T00:00:00.123456 ', '2026-06-30T22:00:00.123Z'],
    ['2026-13-01T00:00:00', undefined],
    ['2026-07-01', undefined],
    ['ieri', undefined],
    ['', undefined],
  ])('%s is %s', (text, instant) => {
    expect(instantOf(text)).toBe(instant);
  });

  it('property: a time of Rome comes back to the same wall clock, but for the two odd hours of the year', () => {
    const rome = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome', dateStyle: 'short', timeStyle: 'medium' });
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2014, 0), max: Date.UTC(2040, 0) }), (milliseconds) => {
        const instant = Math.floor(milliseconds / 1000) * 1000;
        const back = instantOf(rome.format(instant).replace(' ', 'T'))!;
        expect([0, -3_600_000]).toContain(Date.parse(back) - instant);
        expect(rome.format(new Date(back))).toBe(rome.format(instant));
      }),
    );
  });

  it.each([
    ['2019-01-05', '2019-01-05'],
    ['2019-01-05+01:00', '2019-01-05'],
    ['2019-01-05T00:00:00', '2019-01-05'],
    ['2019-02-30', undefined],
    ['05/01/2019', undefined],
  ])('%s is the day %s', (text, day) => {
    expect(dateOf(text)).toBe(day);
  });
});
