import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decimal, abs, add, compare, decimal, format, isZero, multiply, negate, parseDecimal, roundHalfAway, shift, subtract } from './decimal.js';

/** The oracle: a fraction of two BigInts, compared by cross products. */
interface Fraction {
  readonly top: bigint;
  readonly bottom: bigint;
}
function fraction(text: string): Fraction {
  const [, sign, whole = '', rest = ''] = /^([+-]?)([0-9]*)\.?([0-9]*)$/.exec(text)!;
  return { top: BigInt(whole + rest) * (sign === '-' ? -1n : 1n), bottom: 10n ** BigInt(rest.length) };
}
const same = (value: Decimal, { top, bottom }: Fraction): boolean => BigInt(value.digits) * bottom === top * 10n ** BigInt(value.scale);
/** What the type promises: a number is a safe integer and not -0, and a bigint is one only where a number would not do. */
const sound = ({ digits, scale }: Decimal): boolean => scale >= 0 && (typeof digits === 'number' ? Number.isSafeInteger(digits) && !Object.is(digits, -0) : !Number.isSafeInteger(Number(digits)));

const digitsText = (maxLength: number) => fc.string({ unit: fc.constantFrom(...'0123456789', '0', '9'), maxLength });
const number = fc
  .tuple(fc.constantFrom('', '-', '+'), digitsText(22), fc.boolean(), digitsText(12))
  .filter(([, whole, point, rest]) => whole.length + (point ? rest.length : 0) > 0)
  .map(([sign, whole, point, rest]) => `${sign}${whole}${point ? `.${rest}` : ''}`);

describe('decimal', () => {
  it('reads, adds, subtracts, multiplies and compares as fractions of whole numbers do', () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        const [x, y] = [decimal(a), decimal(b)];
        const [p, q] = [fraction(a), fraction(b)];
        const cross = p.top * q.bottom - q.top * p.bottom;
        expect(same(x, p)).toBe(true);
        expect(same(add(x, y), { top: p.top * q.bottom + q.top * p.bottom, bottom: p.bottom * q.bottom })).toBe(true);
        expect(same(subtract(x, y), { top: cross, bottom: p.bottom * q.bottom })).toBe(true);
        expect(same(multiply(x, y), { top: p.top * q.top, bottom: p.bottom * q.bottom })).toBe(true);
        expect(Math.sign(compare(x, y))).toBe(cross > 0n ? 1 : cross < 0n ? -1 : 0);
        expect(same(abs(x), { top: p.top < 0n ? -p.top : p.top, bottom: p.bottom })).toBe(true);
        expect(same(shift(x, 2), { top: p.top, bottom: p.bottom * 100n })).toBe(true);
        expect(isZero(x)).toBe(p.top === 0n);
        expect([x, y, add(x, y), subtract(x, y), multiply(x, y), negate(x), abs(x)].every(sound)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('rounds to the nearest, a half away from zero', () => {
    fc.assert(
      fc.property(number, fc.nat(10), (text, places) => {
        const value = decimal(text);
        const rounded = roundHalfAway(value, places);
        expect(sound(rounded)).toBe(true);
        expect(rounded.scale).toBe(Math.min(value.scale, places));
        // Twice the distance in units of the last place is at most one; where it is one, the rounded value is the farther from zero.
        const { top, bottom } = fraction(text);
        const unit = 10n ** BigInt(places);
        const wanted = BigInt(rounded.digits) * 10n ** BigInt(places - rounded.scale);
        const distance = 2n * (top * unit - wanted * bottom);
        expect(distance <= bottom && distance >= -bottom).toBe(true);
        if (distance === bottom || distance === -bottom) expect(distance > 0n).toBe(top < 0n);
      }),
      { numRuns: 2000 },
    );
  });

  it('writes what it reads', () => {
    fc.assert(
      fc.property(number, fc.nat(10), (text, places) => {
        const value = decimal(text);
        const written = format(value, places);
        expect(written).toMatch(/^-?[0-9]+(\.[0-9]+)?$/);
        expect((written.split('.')[1] ?? '').length).toBeGreaterThanOrEqual(places);
        expect(compare(decimal(written), value)).toBe(0);
      }),
    );
    expect(format(decimal('42092.05875000'), 2)).toBe('42092.05875');
    expect(format(decimal('-0.5'), 2)).toBe('-0.50');
    expect(format(decimal('-0.00'), 2)).toBe('0.00');
    expect(format(decimal('007'))).toBe('7');
  });

  it.each(['', '-', '+', '.', '-.', '1.2.3', '1,20', '1e3', ' 1', '1 ', '0x10', '--1', 'NaN', 'Infinity', '١', '9'.repeat(401)])('does not take %j for a number', (text) => expect(parseDecimal(text)).toBeUndefined());

  it('takes every form of xsd:decimal', () => {
    expect(parseDecimal('-12.50000000')).toEqual({ digits: -125, scale: 1 });
    expect(['0.', '.0', '100.00', '-0.000'].map(parseDecimal)).toEqual([{ digits: 0, scale: 0 }, { digits: 0, scale: 0 }, { digits: 100, scale: 0 }, { digits: 0, scale: 0 }]);
    expect(['+1.50', '.5', '5.', '-0', '00012'].map((text) => format(decimal(text)))).toEqual(['1.5', '0.5', '5', '0', '12']);
  });

  it('is exact on both sides of the last safe integer', () => {
    const edge = decimal('9007199254740991');
    const one = decimal('1');
    expect(format(add(edge, one))).toBe('9007199254740992');
    expect(format(add(add(edge, one), one))).toBe('9007199254740993');
    expect(format(subtract(add(add(edge, one), one), decimal('2')))).toBe('9007199254740991');
    expect(format(multiply(decimal('94906267'), decimal('94906267')))).toBe('9007199515875289');
    expect(compare(decimal('9007199254740993'), decimal('9007199254740992'))).toBeGreaterThan(0);
    expect(format(roundHalfAway(decimal('9007199254740992.5'), 0))).toBe('9007199254740993');
    expect(format(roundHalfAway(decimal('99999999999.99500000'), 2), 2)).toBe('100000000000.00');
  });
});
