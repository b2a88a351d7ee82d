import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestOrdered } from './longest-ordered.js';

describe('longestOrdered', () => {
  it.each([
    [[], []],
    [[1, 2, 3], [0, 1, 2]],
    [[2, 0, 1], [1, 2]],
    [[0, 2, 1, 1, 3], [0, 2, 3, 4]],
  ])('%j', (values, kept) => {
    expect([...longestOrdered(values)].sort((a, b) => a - b)).toEqual(kept);
  });

  it('property: in order, and none is longer', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(6), { maxLength: 10 }), (values) => {
        const kept = [...longestOrdered(values)].sort((a, b) => a - b).map((i) => values[i] ?? 0);
        expect(kept).toEqual([...kept].sort((a, b) => a - b));
        let best = 0;
        for (let subset = 0; subset < 1 << values.length; subset += 1) {
          const chosen = values.filter((_, i) => subset & (1 << i));
          if (chosen.every((one, i) => i === 0 || (chosen[i - 1] ?? 0) <= one)) best = Math.max(best, chosen.length);
        }
        expect(kept.length).toBe(best);
      }),
      { numRuns: 60 },
    );
  });
});
