import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from './duration.js';
import { romeTime } from './rome-time.js';

describe('durations', () => {
  it.each([
    ['15d', 15 * 86_400_000],
    ['36h', 36 * 3_600_000],
    ['10m', 600_000],
    ['1d12h', 36 * 3_600_000],
    ['250ms', 250],
  ])('%s', (text, milliseconds) => expect(parseDuration(text)).toBe(milliseconds));

  it.each(['', '15', 'd', '-1d', '1.5d', '0d', '12h1d', '1d1d', '99999999d', '1 d'])('refuses %j', (text) =>
    expect(parseDuration(text)).toBeUndefined(),
  );

  it('reads back what it writes', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 86_400_000 * 400 }), (ms) => parseDuration(formatDuration(ms)) === ms));
  });
});

describe('legal Italian time', () => {
  it('is one hour ahead in winter and two in summer', () => {
    expect(romeTime(new Date('2026-11-03T09:15:02.120Z'))).toEqual({
      giorno: '03/11/2026',
      ora: '10:15:02',
      zona: '+0100',
      date: '2026-11-03',
      stamp: '20261103101502',
      dateTime: '2026-11-03T10:15:02.120+01:00',
      header: 'Tue, 3 Nov 2026 10:15:02 +0100',
    });
    expect(romeTime(new Date('2026-07-31T22:30:00Z'))).toMatchObject({ giorno: '01/08/2026', ora: '00:30:00', zona: '+0200' });
  });

  it('tells the two autumn hours apart', () => {
    expect(romeTime(new Date('2026-10-25T00:30:00Z'))).toMatchObject({ ora: '02:30:00', zona: '+0200' });
    expect(romeTime(new Date('2026-10-25T01:30:00Z'))).toMatchObject({ ora: '02:30:00', zona: '+0100' });
  });

  it('always writes the same instant', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1990-01-01'), max: new Date('2099-01-01'), noInvalidDate: true }),
        (date) => new Date(romeTime(date).dateTime).getTime() === date.getTime(),
      ),
    );
  });
});
