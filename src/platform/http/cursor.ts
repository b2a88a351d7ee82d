import { z } from 'zod';
import { Problem } from './problem.js';
import { PROBLEMS } from './problems.js';

/** One part of the place in a list: the values of the columns by which it is ordered. */
export type CursorValue = string | number;

/**
 * The place after an entry of a list, as an opaque text for `next`. Instants go in as ISO 8601, bigints as text; make instants with microseconds in SQL
 * (`to_char(created_at AT TIME ZONE 'UTC', …)` or a `::text`), because a Date drops them and would repeat or skip rows.
 */
export function encodeCursor(values: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** The values of a cursor; 400 `invalid-cursor` unless it decodes to what `shape` describes. Undefined in, undefined out. */
export function decodeCursor<Shape extends z.ZodType<readonly CursorValue[]>>(text: string | undefined, shape: Shape): z.output<Shape> | undefined {
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw invalidCursor();
  }
  const result = shape.safeParse(value);
  if (!result.success || result.data.some(unstorable)) throw invalidCursor();
  return result.data;
}

/** Text that PostgreSQL takes in no parameter: NUL, or half of a surrogate pair. No list of ours gives such a place. */
function unstorable(value: CursorValue): boolean {
  return typeof value === 'string' && /\0|\p{Surrogate}/u.test(value);
}

function invalidCursor(): Problem {
  return new Problem(
    PROBLEMS.invalidCursor,
    { it: 'Il cursore non proviene da questa lista.', en: 'The cursor does not come from this list.' },
    { mend: { it: 'Usare il valore "next" dell\'ultima pagina, oppure ricominciare senza "cursor".', en: 'Use the "next" of the last page, or begin again without "cursor".' } },
  );
}

/** The usual parameters of a list: spread into the `z.object` of the query. */
export const pageQuery = {
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

/** A page from `limit + 1` rows: the extra row only tells that there is more. */
export function page<Row, Item>(rows: readonly Row[], limit: number, toItem: (row: Row) => Item, cursorOf: (row: Row) => readonly CursorValue[]): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(toItem), next: rows.length > limit && last !== undefined ? encodeCursor(cursorOf(last)) : null };
}
