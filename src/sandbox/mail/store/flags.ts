import type { FlagChange } from '../types.js';

const SYSTEM_FLAGS = new Map(['\\Seen', '\\Answered', '\\Flagged', '\\Deleted', '\\Draft'].map((flag) => [flag.toLowerCase(), flag]));

/** The flags that every folder permits, besides keywords. */
export const PERMANENT_FLAGS: readonly string[] = [...SYSTEM_FLAGS.values()];

/** Flags without repetition, system flags in their usual spelling; `\Recent` is not a client's to set (RFC 3501 §2.3.2) and falls away. */
export function canonicalFlags(flags: Iterable<string>): string[] {
  const unique = new Map<string, string>();
  for (const flag of flags) {
    const key = flag.toLowerCase();
    if (key !== '\\recent' && !unique.has(key)) unique.set(key, SYSTEM_FLAGS.get(key) ?? flag);
  }
  return [...unique.values()];
}

/** The flags after the change, or `undefined` when it changes nothing. */
export function changeFlags(before: readonly string[], change: FlagChange): string[] | undefined {
  const given = canonicalFlags(change.flags);
  const keys = new Set(given.map((flag) => flag.toLowerCase()));
  const after =
    change.action === 'replace'
      ? given
      : change.action === 'add'
        ? canonicalFlags([...before, ...given])
        : before.filter((flag) => !keys.has(flag.toLowerCase()));
  const old = new Set(before.map((flag) => flag.toLowerCase()));
  return after.length === old.size && after.every((flag) => old.has(flag.toLowerCase())) ? undefined : after;
}

/** Whether a flag is set, without regard to case. */
export function hasFlag(flags: readonly string[], flag: string): boolean {
  const key = flag.toLowerCase();
  return flags.some((each) => each.toLowerCase() === key);
}
