/**
 * JSON in one form only: members by their names' UTF-16 code units, no white space, numbers and strings as ECMAScript writes them (as RFC 8785). What JSON cannot hold
 * (`undefined`, functions) is left out of objects and `null` in arrays, as `JSON.stringify` does; a lone surrogate becomes U+FFFD, as every encoder of UTF-8 makes it.
 * PostgreSQL's `jsonb` reorders members and rewrites numbers, yet what it gives back has the same canonical form.
 *
 * @throws RangeError for what is nested deeper than {@link MAX_DEPTH}
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0) ?? 'null';
}

/** Facts of an event have two or three levels; what comes from a stranger's file may have any number. */
export const MAX_DEPTH = 100;

function write(value: unknown, depth: number): string | undefined {
  if (depth > MAX_DEPTH) throw new RangeError('nested too deep');
  if (typeof value === 'string') return JSON.stringify(wellFormed(value));
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => write(item, depth + 1) ?? 'null').join(',')}]`;
  const members = Object.entries(value)
    .map(([name, item]) => [wellFormed(name), write(item, depth + 1)] as const)
    .filter(([, text]) => text !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${members.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
}

/** Text as UTF-8 can hold it. */
function wellFormed(text: string): string {
  return /[\ud800-\udfff]/.test(text) ? Buffer.from(text, 'utf8').toString('utf8') : text;
}
