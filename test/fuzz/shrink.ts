const MAX_TRIES = 6000;

/** The smallest text found that still has the property: elements are taken out first, then characters. */
export function shrink(text: string, holds: (candidate: string) => boolean): string {
  let best = text;
  let tries = 0;
  const attempt = (candidate: string): boolean => {
    if (candidate.length >= best.length || tries >= MAX_TRIES) return false;
    tries += 1;
    if (!holds(candidate)) return false;
    best = candidate;
    return true;
  };
  let smaller = true;
  while (smaller && tries < MAX_TRIES) {
    smaller = false;
    for (const [from, to] of elements(best).sort((a, b) => b[1] - b[0] - (a[1] - a[0]))) {
      if (attempt(best.slice(0, from) + best.slice(to))) {
        smaller = true;
        break;
      }
    }
  }
  for (let size = best.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at < best.length; ) if (!attempt(best.slice(0, at) + best.slice(at + size))) at += size;
  }
  return best;
}

/** Begin and end of everything that looks like an element. */
function elements(text: string): [number, number][] {
  const found: [number, number][] = [];
  const open: { name: string; from: number }[] = [];
  for (const match of text.matchAll(/<(\/?)([^\s<>/!?]+)[^<>]*?(\/?)>/g)) {
    const [whole, end, name = '', empty] = match;
    if (empty) found.push([match.index, match.index + whole.length]);
    else if (!end) open.push({ name, from: match.index });
    else {
      const start = open.pop();
      if (start?.name === name) found.push([start.from, match.index + whole.length]);
    }
  }
  return found;
}
