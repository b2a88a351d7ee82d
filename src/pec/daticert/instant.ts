const DAY = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;
const HOUR = /^(\d{1,2}):(\d{2}):(\d{2})$/;
const ZONE = /^([+-])(\d{2}):?(\d{2})$/;

/** `dd/mm/yyyy`, `hh:mm:ss` and `+hhmm` as an instant; the offset decides, also in the hour that autumn repeats (pec.md 3.1). Undefined when it is no date. */
export function instantOf(giorno: string, ora: string, zona: string): Date | undefined {
  const [, day, month, year] = DAY.exec(giorno) ?? [];
  const [, hour, minute, second] = HOUR.exec(ora) ?? [];
  const [, sign, zoneHours, zoneMinutes] = ZONE.exec(zona) ?? [];
  if (!day || !month || !year || !hour || !minute || !second || !sign || !zoneHours || !zoneMinutes) return undefined;
  const local = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)));
  const real = local.getUTCFullYear() === Number(year) && local.getUTCMonth() === Number(month) - 1 && local.getUTCDate() === Number(day) && local.getUTCHours() === Number(hour) && local.getUTCMinutes() === Number(minute);
  const offset = (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === '-' ? -1 : 1);
  return real && Math.abs(offset) <= 14 * 60 && Number(zoneMinutes) < 60 ? new Date(local.getTime() - offset * 60_000) : undefined;
}
