import { describe, expect, it } from 'vitest';
import { dayNumber, endOfRomeDay, romeDay, transmissionOn } from './days.js';

describe('dayNumber', () => {
  it('orders days as calendars do', () => {
    const days = ['-0044-03-15', '0001-01-01', '1970-01-01', '2025-12-31', '2026-01-01', '2026-01-02', '2026-02-01', '12026-01-01'];
    expect(days.map(dayNumber).toSorted((a, b) => a! - b!)).toEqual(days.map(dayNumber));
    expect(new Set(days.map(dayNumber)).size).toBe(days.length);
  });

  it('takes the day that is written, whatever the zone', () => {
    expect(['2026-01-31Z', '2026-01-31+14:00', '2026-01-31-12:00'].map(dayNumber)).toEqual([20260131, 20260131, 20260131]);
  });

  it.each([undefined, '', '26-01-01', '31/01/2026', '2026-1-1'])('is undefined for %j', (text) => expect(dayNumber(text)).toBeUndefined());
});

describe('romeDay', () => {
  it.each([
    ['2025-12-31T22:59:59.999Z', '2025-12-31'],
    ['2025-12-31T23:00:00Z', '2026-01-01'],
    ['2026-06-30T21:59:59.999Z', '2026-06-30'],
    ['2026-06-30T22:00:00Z', '2026-07-01'],
    ['2026-03-29T00:59:59Z', '2026-03-29'],
    ['2026-10-25T22:59:59Z', '2026-10-25'],
    ['2026-10-25T23:00:00Z', '2026-10-26'],
  ])('%s is %s in Italy', (instant, day) => expect(romeDay(new Date(instant))).toBe(day));
});

describe('the end of a day in Italy', () => {
  it.each([
    ['2026-01-31', '2026-01-31T22:59:59.999Z'],
    ['2026-06-01', '2026-06-01T21:59:59.999Z'],
    ['2026-03-28', '2026-03-28T22:59:59.999Z'],
    ['2026-03-29', '2026-03-29T21:59:59.999Z'],
    ['2026-10-24', '2026-10-24T21:59:59.999Z'],
    ['2026-10-25', '2026-10-25T22:59:59.999Z'],
    ['2025-12-31', '2025-12-31T22:59:59.999Z'],
    ['2024-02-29', '2024-02-29T22:59:59.999Z'],
  ])('of %s is %s', (day, instant) => {
    const end = endOfRomeDay(day);
    expect(end.toISOString()).toBe(instant);
    expect([romeDay(end), romeDay(new Date(end.getTime() + 1)) > day]).toEqual([day, true]);
  });

  it.each(['0001-01-01', '1850-06-30', '9999-12-31'])('is some instant even of %s', (day) => expect(endOfRomeDay(day).getTime()).not.toBeNaN());

  it('is when a file is judged by a day alone, unless that day is today', () => {
    const now = new Date('2026-06-01T22:30:00Z');
    expect(transmissionOn('2026-06-02', now)).toBe(now);
    expect(transmissionOn('2026-06-01', now).toISOString()).toBe('2026-06-01T21:59:59.999Z');
    expect(transmissionOn('2026-06-03', now).toISOString()).toBe('2026-06-03T21:59:59.999Z');
  });
});
