/** Calendar days as they are compared by checks: whole numbers, `20260131` for 31 January 2026. */

const DATE = /^(-?)([0-9]{4,})-([0-9]{2})-([0-9]{2})/;

/** The day that an xsd:date names, as written: a zone does not move it. Undefined when it is no date. */
export function dayNumber(date: string | undefined): number | undefined {
  const match = date === undefined ? null : DATE.exec(date);
  if (!match) return undefined;
  const year = Number(match[2]) * (match[1] === '-' ? -1 : 1);
  return year * 10_000 + Number(match[3]) * 100 + Number(match[4]);
}

const ROME = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome', year: 'numeric', month: '2-digit', day: '2-digit' });
const HOUR = 3_600_000;
let known: { readonly hour: number; readonly day: string; readonly number: number } = { hour: Number.NaN, day: '', number: Number.NaN };

/** Rome differs from UTC by whole hours, so one hour has one day. */
function dayOf(instant: Date): typeof known {
  const hour = Math.floor(instant.getTime() / HOUR);
  if (hour !== known.hour) {
    const day = ROME.format(instant);
    known = { hour, day, number: dayNumber(day) ?? Number.NaN };
  }
  return known;
}

/** The calendar day in Italy (Europe/Rome) at an instant, as YYYY-MM-DD. */
export const romeDay = (instant: Date): string => dayOf(instant).day;

/** The same as a number, to be compared with `dayNumber`. */
export const romeDayNumber = (instant: Date): number => dayOf(instant).number;

const OFFSETS = ['+02:00', '+01:00'];

/**
 * The last millisecond of a day in Italy: the instant to judge by where only the day of transmission is known, so that nothing of that day lies in the future.
 *
 * @param day YYYY-MM-DD, a day that exists
 */
export function endOfRomeDay(day: string): Date {
  const ends = OFFSETS.map((offset) => new Date(`${day}T23:59:59.999${offset}`));
  // Clocks change in the small hours, so of the two only one is of that day with the next day right behind it.
  return ends.find((end) => romeDay(end) === day && romeDay(new Date(end.getTime() + 1)) !== day) ?? new Date(`${day}T23:59:59.999+01:00`);
}

/** The instant of transmission on a day that was asked for: now, when that is today. */
export const transmissionOn = (day: string, now: Date): Date => (day === romeDay(now) ? now : endOfRomeDay(day));
