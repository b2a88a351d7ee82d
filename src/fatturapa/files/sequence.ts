import { PROGRESSIVI } from '../file-names.js';

/** How far a transmitter has used up its names. */
export interface SequenceState {
  readonly used: bigint;
  /** Names that can still be made. */
  readonly left: bigint;
  /** `low` from 90 % on: time to prepare another IdTrasmittente. */
  readonly level: 'ample' | 'low' | 'exhausted';
}

/** Of the names, in percent, from which on a transmitter is warned. */
export const WARN_AT_PERCENT = 90n;

/** Names that are left to a transmitter whose next number is `next` (sdi.md 2.1: five characters out of 36, each used once for ever). */
export function progressiviLeft(next: bigint): bigint {
  if (next < 0n) return PROGRESSIVI;
  return next >= PROGRESSIVI ? 0n : PROGRESSIVI - next;
}

/** @example sequenceState(54_419_559n).level // 'low' */
export function sequenceState(next: bigint): SequenceState {
  const left = progressiviLeft(next);
  const used = PROGRESSIVI - left;
  return { used, left, level: left === 0n ? 'exhausted' : used * 100n >= PROGRESSIVI * WARN_AT_PERCENT ? 'low' : 'ample' };
}
