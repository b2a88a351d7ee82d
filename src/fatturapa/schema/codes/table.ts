import type { CodeEntry, CodeTable } from '../types.js';

/** Code, Italian label as the specification words it, English label, version of the format that brought it (empty where none is known), and until when it is taken. */
export type CodeRow = readonly [code: string, it: string, en: string, since: string, until?: string];

const entryOf = ([code, it, en, since, until]: CodeRow, inSchema: boolean): CodeEntry =>
  Object.freeze({ code, label: Object.freeze({ it, en }), ...(since === '' ? {} : { since }), ...(until === undefined ? {} : { until }), inSchema });

/**
 * @param name the element that the codes are of
 * @param rows what the schema in force admits, in its order
 * @param former what older schemas admitted, for reading old files
 */
export function codeTable(name: string, rows: readonly CodeRow[], former: readonly CodeRow[] = []): CodeTable {
  const entries = Object.freeze([...rows.map((row) => entryOf(row, true)), ...former.map((row) => entryOf(row, false))]);
  const byCode = new Map(entries.map((entry) => [entry.code, entry]));
  return Object.freeze({ name, entries, get: (code: string) => byCode.get(code) });
}
