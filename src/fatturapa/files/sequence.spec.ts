import { describe, expect, it } from 'vitest';
import { PROGRESSIVI } from '../file-names.js';
import { progressiviLeft, sequenceState } from './sequence.js';

describe('names that are left to a transmitter', () => {
  it.each([
    [0n, 'ample'],
    [(PROGRESSIVI * 9n) / 10n, 'ample'],
    [(PROGRESSIVI * 9n) / 10n + 1n, 'low'],
    [PROGRESSIVI - 1n, 'low'],
    [PROGRESSIVI, 'exhausted'],
    [PROGRESSIVI + 5n, 'exhausted'],
  ])('next number %s: %s', (next, level) => {
    expect(sequenceState(next)).toMatchObject({ level });
  });

  it('counts what is used and what is left', () => {
    expect(sequenceState(1n)).toEqual({ used: 1n, left: 60_466_175n, level: 'ample' });
    expect([progressiviLeft(-3n), progressiviLeft(PROGRESSIVI - 1n), progressiviLeft(PROGRESSIVI)]).toEqual([PROGRESSIVI, 1n, 0n]);
  });
});
