/** Indexes of a longest subsequence that never falls. Of several it takes one that ends lowest. O(n log n). */
export function longestOrdered(values: readonly number[]): ReadonlySet<number> {
  /** For each length, the index of the least value that a sequence of it ends with. */
  const ends: number[] = [];
  const before = new Array<number>(values.length).fill(-1);
  values.forEach((value, i) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[ends[middle] ?? 0] ?? 0) <= value) low = middle + 1;
      else high = middle;
    }
    before[i] = low > 0 ? (ends[low - 1] ?? -1) : -1;
    ends[low] = i;
  });
  const chosen = new Set<number>();
  for (let i = ends.at(-1) ?? -1; i >= 0; i = before[i] ?? -1) chosen.add(i);
  return chosen;
}
