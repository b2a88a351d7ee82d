import { describe, expect, it } from 'vitest';
import { StatementNames } from './statements.js';

describe('StatementNames', () => {
  it('names a statement once it is hot, always the same', () => {
    const names = new StatementNames();
    const given = Array.from({ length: 8 }, () => names.nameOf('SELECT $1', 1));
    expect(given.slice(0, 4)).toEqual([undefined, undefined, undefined, undefined]);
    expect(new Set(given.slice(4))).toEqual(new Set(['c0']));
  });

  it('gives no name to a statement without parameters, which may be several in one text', () => {
    const names = new StatementNames();
    expect(Array.from({ length: 20 }, () => names.nameOf('SELECT 1; SELECT 2', 0)).every((name) => name === undefined)).toBe(true);
  });

  it('remembers a bounded number of texts, and keeps the names it has given', () => {
    const names = new StatementNames();
    for (let use = 0; use < 5; use++) names.nameOf('hot $1', 1);
    const named = new Set<string>();
    for (let text = 0; text < 5_000; text++) {
      for (let use = 0; use < 6; use++) {
        const name = names.nameOf(`SELECT ${text} + $1`, 1);
        if (name !== undefined) named.add(name);
      }
    }
    expect(named.size).toBeLessThan(401);
    expect(names.nameOf('hot $1', 1)).toBe('c0');
    expect(named.has('c0')).toBe(false);
  });
});
