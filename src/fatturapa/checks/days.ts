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
