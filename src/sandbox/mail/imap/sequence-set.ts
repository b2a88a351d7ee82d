/** Ranges as written; `*` is Infinity. */
export type SequenceSet = readonly { readonly first: number; readonly last: number }[];

/** Positions in `uids` (from 0, ascending, without repetition) that a set of UIDs names; numbers that are not there name nothing (RFC 3501 §6.4.8). */
export function positionsOfUids(set: SequenceSet, uids: readonly number[]): number[] {
  const max = uids.at(-1);
  if (max === undefined) return [];
  return merge(
    set.map((range) => {
      const { low, high } = ordered(range, max);
      return { from: lowerBound(uids, low), to: lowerBound(uids, high + 1) - 1 };
    }),
  );
}

/**
 * Positions that a set of message sequence numbers names, or `undefined` when it names a number beyond the last message, which is an error
 * (RFC 3501 §9 seq-number), but for `n:*`, where the order of the two does not matter.
 */
export function positionsOfNumbers(set: SequenceSet, count: number): number[] | undefined {
  const star = set.some(({ first, last }) => first === Infinity || last === Infinity);
  if (count === 0) return star ? [] : undefined;
  const ranges = [];
  for (const range of set) {
    const open = range.first === Infinity || range.last === Infinity;
    const { low, high } = ordered(range, count);
    if (!open && high > count) return undefined;
    ranges.push({ from: Math.min(low, count) - 1, to: Math.min(high, count) - 1 });
  }
  return merge(ranges);
}

/** `1:3,7`, from ascending numbers. */
export function formatSet(numbers: readonly number[]): string {
  const ranges: { first: number; last: number }[] = [];
  for (const number of numbers) {
    const current = ranges.at(-1);
    if (current && number === current.last + 1) current.last = number;
    else ranges.push({ first: number, last: number });
  }
  return ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}:${last}`)).join(',');
}

/** First index whose value is at least `value`. */
export function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? Infinity) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** `*` is the last one; the two ends come in any order, so `n:*` always includes the last one. */
function ordered({ first, last }: { first: number; last: number }, max: number): { low: number; high: number } {
  const [a, b] = [first, last].map((end) => (end === Infinity ? max : end)) as [number, number];
  return { low: Math.min(a, b), high: Math.max(a, b) };
}

/** However much ranges overlap, the result is no longer than the folder. */
function merge(ranges: { from: number; to: number }[]): number[] {
  const positions: number[] = [];
  let next = 0;
  for (const { from, to } of ranges.sort((a, b) => a.from - b.from)) {
    for (let position = Math.max(from, next); position <= to; position += 1) positions.push(position);
    next = Math.max(next, to + 1);
  }
  return positions;
}
