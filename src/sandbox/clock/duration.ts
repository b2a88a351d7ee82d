const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Milliseconds of a span written as people write it: `15d`, `36h`, `10m`, `30s`, `250ms`, or several after one another, the larger unit first (`1d12h`).
 * Undefined when it is not such a text, is zero or less, or is more than ten years.
 */
export function parseDuration(text: string): number | undefined {
  const trimmed = text.trim();
  if (!/^(\d{1,9}(ms|s|m|h|d))+$/.test(trimmed)) return undefined;
  let total = 0;
  let last = Infinity;
  for (const [, digits, unit] of trimmed.matchAll(/(\d+)(ms|s|m|h|d)/g)) {
    const factor = UNITS[unit ?? ''] ?? 0;
    if (factor >= last) return undefined;
    last = factor;
    total += Number(digits) * factor;
  }
  return total > 0 && total <= 3660 * 86_400_000 ? total : undefined;
}

/** The shortest exact text of a span, as {@link parseDuration} reads it. */
export function formatDuration(milliseconds: number): string {
  let rest = Math.round(milliseconds);
  if (rest <= 0) return '0s';
  let text = '';
  for (const [unit, factor] of Object.entries(UNITS).sort((a, b) => b[1] - a[1])) {
    const count = Math.floor(rest / factor);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * factor;
  }
  return text;
}
