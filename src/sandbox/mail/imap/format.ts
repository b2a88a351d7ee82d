const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const two = (value: number): string => String(value).padStart(2, '0');

/** `date-time` of RFC 3501 §9, in UTC. */
export function formatDateTime(date: Date): string {
  const day = `${two(date.getUTCDate())}-${MONTHS[date.getUTCMonth()]}-${String(date.getUTCFullYear()).padStart(4, '0')}`;
  return `"${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000"`;
}

/** Reads a `date-time`; `undefined` when it is none. */
export function parseDateTime(text: string): Date | undefined {
  const parts = /^([ \d]?\d)-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/.exec(text);
  if (!parts) return undefined;
  const midnight = parseDate(`${parts[1]?.trim()}-${parts[2]}-${parts[3]}`);
  if (!midnight) return undefined;
  const [hours = 0, minutes = 0, seconds = 0, , zoneHours = 0, zoneMinutes = 0] = parts
    .slice(4)
    .map((part) => (/\d/.test(part) ? Number(part) : 0));
  if (hours > 23 || minutes > 59 || seconds > 60 || zoneMinutes > 59) return undefined;
  const zone = (zoneHours * 60 + zoneMinutes) * (parts[7] === '-' ? -1 : 1);
  return new Date(midnight.getTime() + ((hours * 60 + minutes - zone) * 60 + seconds) * 1000);
}

/** Reads a `date` (`1-Feb-2025`) as its midnight in UTC; `undefined` when it is none. */
export function parseDate(text: string): Date | undefined {
  const parts = /^(\d{1,2})-([A-Za-z]{3})-(\d{4})$/.exec(text);
  const month = MONTHS.findIndex((name) => name.toLowerCase() === parts?.[2]?.toLowerCase());
  if (!parts || month < 0) return undefined;
  const date = new Date(Date.UTC(Number(parts[3]), month, Number(parts[1])));
  return date.getUTCDate() === Number(parts[1]) ? date : undefined;
}

/** A `string` of RFC 3501 §9 from latin1: quoted where that is legal and short, else a literal. */
export function formatString(text: string): string {
  return text.length <= 1000 && /^[\x20-\x7e]*$/.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : `{${text.length}}\r\n${text}`;
}

export function formatNstring(text: string | undefined): string {
  return text === undefined ? 'NIL' : formatString(text);
}

/** A folder's name as clients expect it. */
export function formatFolder(name: string): string {
  return name === 'INBOX' ? name : formatString(Buffer.from(name, 'utf8').toString('latin1'));
}

export function formatFlags(flags: readonly string[]): string {
  return `(${flags.join(' ')})`;
}
