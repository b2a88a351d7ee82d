export const PERIODS = ['all', 'today', 'week', 'month', 'lastMonth', 'year'] as const;
export type Period = (typeof PERIODS)[number];

export interface Days {
  readonly from: string;
  readonly to: string;
}

const DAY_MS = 86_400_000;

/** Days of the Italian calendar, first and last; an open end is empty. */
export function daysOf(period: Period, now: number): Days {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Rome' }).format(now);
  const noon = new Date(`${today}T12:00:00Z`).getTime();
  const [year = '', month = ''] = today.split('-');
  switch (period) {
    case 'all':
      return { from: '', to: '' };
    case 'today':
      return { from: today, to: '' };
    case 'week':
      return { from: isoDay(noon - 6 * DAY_MS), to: '' };
    case 'month':
      return { from: `${year}-${month}-01`, to: '' };
    case 'lastMonth': {
      const last = Date.UTC(Number(year), Number(month) - 1, 0, 12);
      return { from: `${isoDay(last).slice(0, 7)}-01`, to: isoDay(last) };
    }
    case 'year':
      return { from: `${year}-01-01`, to: '' };
  }
}

/** Which of the named periods these days are, if any. */
export function periodOf(days: Days, now: number): Period | undefined {
  return PERIODS.find((period) => {
    const named = daysOf(period, now);
    return named.from === days.from && named.to === days.to;
  });
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** A day as people write it in Italy (31/12/2026, 31.12.26) or as machines do; undefined when it is none. */
export function readDay(text: string): string | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim());
  const written = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})$/.exec(text.trim());
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : written ? [written[3], written[2], written[1]] : [];
  if (!year || !month || !day) return undefined;
  const time = Date.UTC(Number(year.length === 2 ? `20${year}` : year), Number(month) - 1, Number(day), 12);
  const read = isoDay(time);
  return Number(read.slice(8)) === Number(day) && Number(read.slice(5, 7)) === Number(month) ? read : undefined;
}

export function writeDay(day: string): string {
  return day.split('-').reverse().join('/');
}
