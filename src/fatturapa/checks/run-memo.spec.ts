import { describe, expect, it, vi } from 'vitest';
import { oncePerRun, withRunMemory } from './run-memo.js';

describe('oncePerRun', () => {
  it('makes once per argument in a run, and anew in the next', () => {
    const make = vi.fn((of: { n: number }) => ({ made: of.n }));
    const once = oncePerRun(make);
    const one = { n: 1 };
    const first = withRunMemory(() => {
      expect(once(one)).toBe(once(one));
      // A run inside a run does not empty the memory of the outer one.
      expect(withRunMemory(() => once(one))).toBe(once(one));
      return once(one);
    });
    expect(make).toHaveBeenCalledTimes(1);
    expect(withRunMemory(() => once(one))).not.toBe(first);
    expect(withRunMemory(() => [once(one), once({ n: 2 })])).toEqual([{ made: 1 }, { made: 2 }]);
  });

  it('keeps nothing outside of a run, nor after one that fails', () => {
    const make = vi.fn(() => ({}));
    const once = oncePerRun(make);
    const one = {};
    expect(once(one)).not.toBe(once(one));
    expect(() =>
      withRunMemory(() => {
        once(one);
        throw new Error('a fault');
      }),
    ).toThrow('a fault');
    make.mockClear();
    once(one);
    expect(make).toHaveBeenCalledTimes(1);
  });
});
