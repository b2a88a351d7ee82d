/**
 * The UIDs of a set such as `4,7:9` (RFC 3501 §9, `sequence-set`), ascending, each once. It comes from a server: what is no UID is left out, and of a set that names more messages
 * than the folder has only as many are taken, so that `1:4294967295` fills no memory.
 */
export function uidsOf(set: string, exists: number): number[] {
  const found = new Set<number>();
  for (const part of set.split(',')) {
    const range = /^(\d{1,10})(?::(\d{1,10}))?$/.exec(part.trim());
    if (!range) continue;
    const [a, b] = [Number(range[1]), Number(range[2] ?? range[1])];
    for (let uid = Math.max(1, Math.min(a, b)); uid <= Math.max(a, b) && found.size < exists; uid += 1) found.add(uid);
  }
  return [...found].sort((a, b) => a - b);
}
