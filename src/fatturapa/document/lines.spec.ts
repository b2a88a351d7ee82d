import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lines } from './lines.js';

describe('Lines', () => {
  it('counts line feeds, carriage returns and both together as one end, and characters as columns', () => {
    const lines = new Lines('ab\ncd\r\ne\rf\u{1f600}g');
    expect([0, 1, 3, 4, 7, 9, 10, 12].map((offset) => lines.place(offset))).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 2 },
      { line: 2, column: 1 },
      { line: 2, column: 2 },
      { line: 3, column: 1 },
      { line: 4, column: 1 },
      { line: 4, column: 2 },
      { line: 4, column: 3 },
    ]);
  });

  it('property: the place leads back to the offset', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '\n', '\r\n', '\r', '\u20ac')), fc.nat(), (parts, seed) => {
        const text = parts.join('');
        const offset = seed % (text.length + 1);
        const { line, column } = new Lines(text).place(offset);
        const before = text.split(/(?<=\r\n|\n|\r(?!\n))/).slice(0, line - 1).join('');
        expect(before.length + column - 1).toBe(offset);
      }),
    );
  });
});
