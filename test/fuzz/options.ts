/** `--count N --seed S`, in any order. */
export function options(args: readonly string[], defaults: { readonly count: number; readonly seed: number }): { count: number; seed: number } {
  const number = (name: string, otherwise: number): number => {
    const at = args.indexOf(name);
    if (at < 0) return otherwise;
    const value = Number(args[at + 1]);
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${name} takes a whole number`);
    return value;
  };
  return { count: number('--count', defaults.count), seed: number('--seed', defaults.seed) };
}
