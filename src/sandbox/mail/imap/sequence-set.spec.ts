import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSet, positionsOfNumbers, positionsOfUids, type SequenceSet } from './sequence-set.js';

const set: fc.Arbitrary<SequenceSet> = fc.array(
  fc.record({
    first: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant(Infinity)),
    last: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant(Infinity)),
  }),
  { minLength: 1, maxLength: 5 },
);
const uids = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 20 }).map((numbers) => numbers.sort((a, b) => a - b));

/** RFC 3501 in plain words: a value is named when it lies between the two ends of some range, `*` being the biggest value there is. */
const named = (value: number, ranges: SequenceSet, max: number): boolean =>
  ranges.some(({ first, last }) => {
    const ends = [first, last].map((end) => (end === Infinity ? max : end));
    return value >= Math.min(...ends) && value <= Math.max(...ends);
  });

describe('sequence sets', () => {
  it('name the UIDs that are there', () => {
    fc.assert(
      fc.property(set, uids, (ranges, list) => {
        const expected = list.filter((uid) => named(uid, ranges, list.at(-1) ?? 0));
        expect(positionsOfUids(ranges, list).map((position) => list[position])).toEqual(expected);
      }),
    );
  });

  it('name the numbers up to the last, and none beyond it but by *', () => {
    fc.assert(
      fc.property(set, fc.integer({ min: 1, max: 30 }), (ranges, count) => {
        const positions = positionsOfNumbers(ranges, count);
        const beyond = ranges.some(({ first, last }) => Number.isFinite(first) && Number.isFinite(last) && Math.max(first, last) > count);
        if (beyond) expect(positions).toBeUndefined();
        else {
          const numbers = Array.from({ length: count }, (_, index) => index + 1);
          expect(positions?.map((position) => position + 1)).toEqual(numbers.filter((number) => named(number, ranges, count)));
        }
      }),
    );
  });

  it('of an empty folder name nothing', () => {
    expect(positionsOfUids([{ first: 1, last: Infinity }], [])).toEqual([]);
    expect(positionsOfNumbers([{ first: 1, last: Infinity }], 0)).toEqual([]);
    expect(positionsOfNumbers([{ first: 1, last: 1 }], 0)).toBeUndefined();
  });

  it('take no longer for ranges that overlap', () => {
    const many = Array.from({ length: 30_000 }, () => ({ first: 1, last: Infinity }));
    const begin = performance.now();
    expect(positionsOfNumbers(many, 30_000)).toHaveLength(30_000);
    expect(performance.now() - begin).toBeLessThan(3_000);
  });

  it('are written shortly and read back', () => {
    expect(formatSet([1, 2, 3, 7, 9, 10])).toBe('1:3,7,9:10');
    fc.assert(
      fc.property(uids, (list) => {
        const ranges = formatSet(list)
          .split(',')
          .filter(Boolean)
          .map((range) => range.split(':').map(Number))
          .map(([first = 0, last = first]) => ({ first, last }));
        expect(list.every((uid) => named(uid, ranges, 0))).toBe(true);
        expect(ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0)).toBe(list.length);
      }),
    );
  });
});
