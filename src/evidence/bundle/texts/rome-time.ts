const HOUR_MS = 3_600_000;

/** The last Sunday of a month, 01:00 UTC: when the Union's clocks change (Directive 2000/84/EC). */
function lastSunday(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month + 1, 0));
  return Date.UTC(year, month, last.getUTCDate() - last.getUTCDay(), 1);
}

/**
 * An instant on the clock of Europe/Rome with its distance from UTC, `20/11/2026 10:00:00 (UTC+01:00)`. By the rule itself and not by the platform's time zone data: the same
 * bundle must read the same on every machine, and with its distance told the time is right whatever becomes of the rule.
 */
export function romeTime(instant: string): string {
  const at = Date.parse(instant);
  if (Number.isNaN(at)) return instant;
  const year = new Date(at).getUTCFullYear();
  const hours = at >= lastSunday(year, 2) && at < lastSunday(year, 9) ? 2 : 1;
  const [day = '', time = ''] = new Date(at + hours * HOUR_MS).toISOString().split('T');
  return `${day.split('-').reverse().join('/')} ${time.slice(0, 8)} (UTC+0${hours}:00)`;
}
