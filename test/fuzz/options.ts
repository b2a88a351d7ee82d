/** `--count N --seed S --seconds T`, in any order; no seconds: as long as it takes. */
export function options(args: readonly string[], defaults: { readonly count: number; readonly seed: number }): { count: number; seed: number; seconds: number } {
  const number = (name: string, otherwise: number): number => {
    const at = args.indexOf(name);
    if (at < 0) return otherwise;
    const value = Number(args[at + 1]);
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${name} takes a whole number`);
    return value;
  };
  return { count: number('--count', defaults.count), seed: number('--seed', defaults.seed), seconds: number('--seconds', 0) };
}
