/** Clock of Europe/Rome, from the platform's time zone data. */
const ROME = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Rome', hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** Milliseconds that Rome's clock is ahead of UTC at an instant. */
function offsetAt(instant: number): number {
  const parts = Object.fromEntries(ROME.formatToParts(instant).map(({ type, value }) => [type, value]));
  const wall = Date.UTC(Number(parts['year']), Number(parts['month']) - 1, Number(parts['day']), Number(parts['hour']), Number(parts['minute']), Number(parts['second']));
  return wall - Math.floor(instant / 1000) * 1000;
}

const DATE_TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:[.,](\d{1,9}))?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * An xs:dateTime as ISO 8601 in UTC, undefined when it is none. Without a zone it is Rome's wall clock (sdi.md 4.2); of the hour that comes twice in
 * October the first is meant, one that does not exist in March is read as an hour earlier.
 */
export function instantOf(text: string): string | undefined {
  const [, date = '', time = '', fraction = '', zone] = DATE_TIME.exec(text.trim()) ?? [];
  if (date === '') return undefined;
  const stated = Date.parse(`${date}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}${zone ?? 'Z'}`);
  if (Number.isNaN(stated)) return undefined;
  if (zone) return new Date(stated).toISOString();
  // Summer time is the greater offset: the day before tells whether it was in force until now.
  const early = stated - offsetAt(stated - 86_400_000);
  const instant = offsetAt(early) === stated - early ? early : stated - offsetAt(early);
  return new Date(instant).toISOString();
}

/** A calendar date `YYYY-MM-DD` out of an xs:date or xs:dateTime. */
export function dateOf(text: string): string | undefined {
  const day = /^(\d{4}-\d{2}-\d{2})(?:$|[TZ+-])/.exec(text.trim())?.[1];
  return day !== undefined && !Number.isNaN(Date.parse(`${day}T00:00:00Z`)) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day) ? day : undefined;
}
