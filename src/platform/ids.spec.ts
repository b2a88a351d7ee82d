import { describe, expect, it } from 'vitest';
import { isId, newId } from './ids.js';

const timeOf = (id: string): number => parseInt(id.replaceAll('-', '').slice(0, 12), 16);

describe('newId', () => {
  it('is a UUID version 7 that sorts by the order in which it was made', () => {
    const ids = Array.from({ length: 10_000 }, () => newId());
    expect(ids.every(isId)).toBe(true);
    expect(ids.every((id) => id.charAt(14) === '7')).toBe(true);
    expect([...ids].sort()).toEqual(ids);
  });

  it('keeps its order when the clock stumbles, and follows it when it was set back', () => {
    const now = Date.now() + 1_000_000;
    const first = newId(now);
    expect(newId(now - 5) > first).toBe(true);
    expect(timeOf(newId(now + 90 * 86_400_000))).toBe(now + 90 * 86_400_000);
    expect(timeOf(newId(now))).toBe(now);
    expect(Math.abs(timeOf(newId()) - Date.now())).toBeLessThan(1_000);
  });
});
