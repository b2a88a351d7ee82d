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
let known = { hour: Number.NaN, day: '' };

/** The calendar day in Italy (Europe/Rome) at an instant, as YYYY-MM-DD. Rome differs from UTC by whole hours, so one hour has one day. */
export function romeDay(instant: Date): string {
  const hour = Math.floor(instant.getTime() / HOUR);
  if (hour !== known.hour) known = { hour, day: ROME.format(instant) };
  return known.day;
}
