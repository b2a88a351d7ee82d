const LONGEST = 64;

/** Edits (insert, delete, replace) that turn `a` into `b`. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(change, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}

/** The name that was most likely meant: at most a third of it differs, capitals not counted. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  if (name.length > LONGEST) return undefined;
  const sought = name.toLowerCase();
  let best: string | undefined;
  let least = Infinity;
  for (const one of known) {
    const edits = distance(sought, one.toLowerCase());
    if (edits < least && edits <= Math.max(1, Math.floor(one.length / 3))) {
      best = one;
      least = edits;
    }
  }
  return best;
}
