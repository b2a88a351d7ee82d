import type { UidRange } from '../types.js';

/** Whether a number lies in one of the ranges. */
export function inRanges(ranges: readonly UidRange[], value: number): boolean {
  return ranges.some(({ first, last }) => value >= first && value <= last);
}
