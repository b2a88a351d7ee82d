/** The value under a name that may come from a stranger: never one that every object has (`constructor`). */
export const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined => (Object.hasOwn(table, name) ? table[name] : undefined);
