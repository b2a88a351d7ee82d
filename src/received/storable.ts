/** What comes from strangers' files, as columns hold it: PostgreSQL takes no NUL in text, and no NUL nor half a surrogate pair in jsonb. */

const UNSTORABLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text of at most this many characters; null when there is none. */
export function text(value: string | undefined, most: number): string | null {
  return value === undefined ? null : value.slice(0, most).replace(UNSTORABLE, '\ufffd');
}

/** JSON with every text in it storable. */
export function json(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? part.replace(UNSTORABLE, '\ufffd') : part));
}

/** A calendar day that there is, of years that may be asked for; a schema violation may say anything. */
export function day(value: string): string | null {
  if (!/^(?:19|[2-9]\d)\d{2}-\d{2}-\d{2}$/.test(value)) return null;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value) ? value : null;
}

/** An amount that fits numeric(15, 2). */
export function amount(value: string | undefined): string | null {
  return value !== undefined && /^[-+]?\d{1,13}(?:\.\d{1,2})?$/.test(value) ? value : null;
}
