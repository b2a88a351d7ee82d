/**
 * Whether a folder's name fits a pattern of LIST: `*` stands for anything, `%` for anything within a level (RFC 3501 §6.3.8). Takes time in
 * proportion to the product of the lengths, however many wildcards there are.
 */
export function matchesPattern(pattern: string, name: string): boolean {
  // ends[i]: the pattern read so far fits the first i characters of the name.
  let ends = Array.from({ length: name.length + 1 }, (_, index) => index === 0);
  for (const wanted of pattern) {
    const next = ends.map(() => false);
    for (let index = 0; index <= name.length; index += 1) {
      if (wanted === '*' || wanted === '%') {
        const extended = index > 0 && next[index - 1] && (wanted === '*' || name[index - 1] !== '/');
        next[index] = ends[index] === true || extended === true;
      } else next[index] = index > 0 && ends[index - 1] === true && name[index - 1] === wanted;
    }
    ends = next;
  }
  return ends[name.length] === true;
}
