import { SHORT } from './white-space.js';

/**
 * Most patterns of the schema are a row of character classes, each so many times: `[A-Z]{2}`, `[\-]?[0-9]{1,11}\.[0-9]{2}`.
 * These are matched by one loop over a
 * table of the characters up to U+00FF, which is several times faster than a regular expression on the short values of an invoice.
 */

export interface Run {
  /** Index: character up to U+00FF; 1 when it belongs to the class. */
  readonly allowed: Uint8Array;
  readonly min: number;
  readonly max: number;
}

const BLOCKS: Readonly<Record<string, readonly [number, number]>> = { 'IsBasicLatin': [0, 0x7f], 'IsLatin-1Supplement': [0x80, 0xff] };

const ITEM = /\\p\{([\w-]+)\}|\\([.\-])|([A-Za-z0-9])-([A-Za-z0-9])|([A-Za-z0-9])/y;

/** The characters of `[A-Z0-9]`, `\p{IsBasicLatin}`, `\.`; undefined for anything that this small grammar does not know. */
function classOf(source: string): Uint8Array | undefined {
  const allowed = new Uint8Array(256);
  ITEM.lastIndex = 0;
  while (ITEM.lastIndex < source.length) {
    const match = ITEM.exec(source);
    if (!match) return undefined;
    const [, block, escaped, from, to, single] = match;
    const range = block === undefined ? undefined : BLOCKS[block];
    if (block !== undefined && !range) return undefined;
    const first = range ? range[0] : (escaped ?? from ?? single ?? '').charCodeAt(0);
    const last = range ? range[1] : (escaped ?? to ?? single ?? '').charCodeAt(0);
    allowed.fill(1, first, last + 1);
  }
  return allowed;
}

const PIECE = /(?:\[((?:\\.\{[\w-]+\}|\\.|[A-Za-z0-9-])+)\]|(\\p\{[\w-]+\}|\\\.))(?:\{(\d+)(?:,(\d+))?\}|(\?))?/y;

const disjoint = (one: Uint8Array, other: Uint8Array): boolean => one.every((allowed, unit) => !allowed || !other[unit]);

/** Whether taking as many characters as a run allows is always right: it takes a fixed number, or none that a later run could need. */
function isGreedy(runs: readonly Run[]): boolean {
  return runs.every((run, index) => {
    if (run.min === run.max) return true;
    for (const next of runs.slice(index + 1)) {
      if (!disjoint(run.allowed, next.allowed)) return false;
      if (next.min > 0) return true;
    }
    return true;
  });
}

/** The runs of a schema pattern, or undefined when it is more than a row of classes. */
export function runsOf(pattern: string): readonly Run[] | undefined {
  const source = pattern.replace(/^\((\\p\{[\w-]+\}\{\d+,\d+\})\)$/, '$1');
  const runs: Run[] = [];
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < source.length) {
    const match = PIECE.exec(source);
    const allowed = match ? classOf(match[1] ?? match[2] ?? '') : undefined;
    if (!match || !allowed) return undefined;
    const min = match[5] === '?' ? 0 : Number(match[3] ?? 1);
    runs.push({ allowed, min, max: match[5] === '?' ? 1 : Number(match[4] ?? match[3] ?? 1) });
  }
  return isGreedy(runs) ? runs : undefined;
}

/** What lies beyond a block that begins at U+0000. The engine answers the second at once for strings that it holds with one byte for each character. */
const BEYOND: ReadonlyMap<number, RegExp> = new Map([
  [0x80, /[^\0-\x7f]/],
  [0x100, /[^\0-\xff]/],
]);

/** The expression for what is beyond the class, when the class is a whole block. */
function beyondBlock({ allowed }: Run): RegExp | undefined {
  const end = allowed.lastIndexOf(1) + 1;
  return allowed.subarray(0, end).every((one) => one === 1) ? BEYOND.get(end) : undefined;
}

/** Matches the values that are the runs one after another. */
export function runsMatcher(runs: readonly Run[]): (value: string) => boolean {
  const [run] = runs;
  const beyond = run && runs.length === 1 ? beyondBlock(run) : undefined;
  if (!run || !beyond) return (value) => matchesRuns(runs, value);
  return (value) => (value.length <= SHORT ? matchesRuns(runs, value) : value.length <= run.max && value.length >= run.min && !beyond.test(value));
}

function matchesRuns(runs: readonly Run[], value: string): boolean {
  let index = 0;
  for (const run of runs) {
    const end = Math.min(value.length, index + run.max);
    const start = index;
    while (index < end) {
      const unit = value.charCodeAt(index);
      if (unit > 0xff || run.allowed[unit] === 0) break;
      index++;
    }
    if (index - start < run.min) return false;
  }
  return index === value.length;
}
