import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uidsOf } from './uid-set.js';

describe('uidsOf', () => {
  it.each([
    ['', 5, []],
    ['3', 5, [3]],
    ['4,7:9', 5, [4, 7, 8, 9]],
    ['9:7,8,7', 5, [7, 8, 9]],
    ['*,0,-1,1e3,x:y,2:*', 5, []],
    ['1:4294967295', 3, [1, 2, 3]],
  ])('%j in a folder of %i', (set, exists, uids) => expect(uidsOf(set, exists)).toEqual(uids));

  it('gives back what was written, in whatever order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 32 - 1 }), { maxLength: 50 }), (uids) => {
        expect(uidsOf(uids.join(','), uids.length)).toEqual([...uids].sort((a, b) => a - b));
      }),
    );
  });
});
