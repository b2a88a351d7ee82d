import { isBlank } from './white-space.js';

/**
 * xs:date and xs:dateTime as libxml2 reads them, which is the measure of our verdict: years of four or more digits, no year 0000,
 * time zones up to 14:00, 24:00:00 at the end of a day. Like there, and unlike the letter of XML Schema, no white
 * space is taken around them.
 */

/** Years are held in 32 bits there. */
const MAX_YEAR = 2_147_483_647;
/** Beyond this year it cannot count the days, and any comparison fails. */
const MAX_COMPARABLE_YEAR = Math.floor(MAX_YEAR / 366);

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Two digits at `index` as a number; NaN when they are not digits. */
function two(value: string, index: number): number {
  const tens = value.charCodeAt(index) - 0x30;
  const ones = value.charCodeAt(index + 1) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Where the rest of the value begins. */
  readonly end: number;
}

function readDay(value: string): Day | undefined {
  const negative = value.charCodeAt(0) === 0x2d;
  const start = negative ? 1 : 0;
  let index = start;
  let year = 0;
  for (; index < value.length; index++) {
    const digit = value.charCodeAt(index) - 0x30;
    if (digit < 0 || digit > 9) break;
    year = year * 10 + digit;
    if (year > MAX_YEAR) return undefined;
  }
  const digits = index - start;
  if (digits < 4 || year === 0 || (digits > 4 && value.charCodeAt(start) === 0x30)) return undefined;
  const month = two(value, index + 1);
  const day = two(value, index + 4);
  if (value.charCodeAt(index) !== 0x2d || value.charCodeAt(index + 3) !== 0x2d) return undefined;
  if (!(month >= 1 && month <= 12 && day >= 1)) return undefined;
  const last = month === 2 && isLeap(year) ? 29 : (DAYS[month - 1] ?? 0);
  return day <= last ? { year: negative ? -year : year, month, day, end: index + 6 } : undefined;
}

/** Minutes east of Greenwich of what stands from `index` to the end; `none` for nothing, undefined for anything else. */
function readZone(value: string, index: number): number | 'none' | undefined {
  if (index === value.length) return 'none';
  const first = value.charCodeAt(index);
  if (first === 0x5a) return index + 1 === value.length ? 0 : undefined;
  if ((first !== 0x2b && first !== 0x2d) || value.length !== index + 6 || value.charCodeAt(index + 3) !== 0x3a) return undefined;
  const hours = two(value, index + 1);
  const minutes = two(value, index + 4);
  if (!(minutes <= 59 && hours * 60 + minutes <= 14 * 60)) return undefined;
  return (first === 0x2d ? -1 : 1) * (hours * 60 + minutes);
}

export function isDate(value: string): boolean {
  const day = readDay(value);
  return day !== undefined && readZone(value, day.end) !== undefined;
}

/** Seconds are added up in binary floating point there, so a long enough row of nines is 60 and refused. */
function readSeconds(value: string, index: number): { readonly seconds: number; readonly end: number } | undefined {
  let seconds = two(value, index);
  if (Number.isNaN(seconds)) return undefined;
  let end = index + 2;
  if (value.charCodeAt(end) !== 0x2e) return { seconds, end };
  let scale = 1;
  const first = ++end;
  for (; end < value.length; end++) {
    const digit = value.charCodeAt(end) - 0x30;
    if (digit < 0 || digit > 9) break;
    scale /= 10;
    seconds += digit * scale;
  }
  return end > first ? { seconds, end } : undefined;
}

export function isDateTime(value: string): boolean {
  const day = readDay(value);
  if (!day || value.charCodeAt(day.end) !== 0x54) return false;
  const hours = two(value, day.end + 1);
  const minutes = two(value, day.end + 4);
  const rest = readSeconds(value, day.end + 7);
  if (!rest || value.charCodeAt(day.end + 3) !== 0x3a || value.charCodeAt(day.end + 6) !== 0x3a) return false;
  const inDay = hours <= 23 && minutes <= 59 && rest.seconds < 60;
  const endOfDay = hours === 24 && minutes === 0 && rest.seconds === 0;
  return (inDay || endOfDay) && endsInZone(value, rest.end);
}

/** After a time zone, and there alone, blanks are passed over. */
function endsInZone(value: string, index: number): boolean {
  let end = value.length;
  while (end > index && isBlank(value.charCodeAt(end - 1))) end--;
  return end === value.length ? readZone(value, index) !== undefined : end > index && readZone(value.slice(0, end), index) !== undefined;
}

/**
 * A predicate for dates on or after `min` (a plain day). A day with a time zone is the instant at which it begins there: on the first day itself
 * only zones west of Greenwich begin after the bound for certain.
 */
export function isDateFrom(min: string): (value: string) => boolean {
  const bound = readDay(min);
  if (!bound || bound.end !== min.length) throw new Error(`no plain day: ${min}`);
  return (value) => {
    const day = readDay(value);
    const zone = day ? readZone(value, day.end) : undefined;
    if (!day || zone === undefined || day.year > MAX_COMPARABLE_YEAR) return false;
    const after = day.year - bound.year || day.month - bound.month || day.day - bound.day;
    return after > 0 || (after === 0 && (zone === 'none' || zone < 0));
  };
}
