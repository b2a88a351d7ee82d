import { LOCALES, type Language } from '../i18n/locales.js';

const ZONE = 'Europe/Rome';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STYLES = {
  /** 21 nov 2026, 20:34:07 */
  exact: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  /** 21 nov, 20:34 */
  short: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  /** 21 nov 2026 */
  day: { day: 'numeric', month: 'short', year: 'numeric' },
  /** sabato 21 novembre 2026 */
  longDay: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  /** 20:34 */
  clock: { hour: '2-digit', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

export type TimeStyle = keyof typeof STYLES;

const formats = new Map<string, Intl.DateTimeFormat>();

/** An instant in Italian time, whatever the zone of the browser. */
export function formatInstant(language: Language, instant: string | number, style: TimeStyle): string {
  const key = `${language} ${style}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(LOCALES[language], { ...STYLES[style], timeZone: ZONE });
    formats.set(key, format);
  }
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? String(instant) : format.format(date);
}

/** A calendar date (`YYYY-MM-DD`), which has no zone. */
export function formatDay(language: Language, day: string): string {
  const date = new Date(`${day.slice(0, 10)}T12:00:00Z`);
  return Number.isNaN(date.getTime()) ? day : new Intl.DateTimeFormat(LOCALES[language], { ...STYLES.day, timeZone: 'UTC' }).format(date);
}

/** "3 minuti fa", "in 2 days"; undefined within half a minute of now. */
export function formatRelative(language: Language, instant: string, now: number): string | undefined {
  const distance = new Date(instant).getTime() - now;
  const size = Math.abs(distance);
  if (Number.isNaN(size) || size < MINUTE / 2) return undefined;
  const [unit, length]: [Intl.RelativeTimeFormatUnit, number] =
    size < HOUR ? ['minute', MINUTE] : size < DAY ? ['hour', HOUR] : size < 60 * DAY ? ['day', DAY] : size < 730 * DAY ? ['month', 30.44 * DAY] : ['year', 365.25 * DAY];
  const count = Math.trunc(distance / length) || Math.sign(distance);
  return new Intl.RelativeTimeFormat(LOCALES[language], { numeric: 'auto', style: 'long' }).format(count, unit);
}

/** Whole days from now until an instant, by the Italian calendar: 0 is today, negative is past. */
export function daysUntil(instant: string, now: number): number {
  const day = (time: number) => {
    const [year, month, date] = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(time).split('-').map(Number);
    return Date.UTC(year ?? 0, (month ?? 1) - 1, date) / DAY;
  };
  return day(new Date(instant).getTime()) - day(now);
}

/** A length of time in its largest whole unit. */
export function splitSpan(milliseconds: number): { unit: 'minutes' | 'hours' | 'days'; n: number } {
  if (milliseconds >= 2 * DAY) return { unit: 'days', n: Math.round(milliseconds / DAY) };
  if (milliseconds >= 2 * HOUR) return { unit: 'hours', n: Math.round(milliseconds / HOUR) };
  return { unit: 'minutes', n: Math.max(0, Math.round(milliseconds / MINUTE)) };
}
