/**
 * An exact decimal number: `digits` / 10^`scale`. No part of it is ever a fraction or rounded by the machine: `digits` is a whole number, as `number` when it is a safe
 * integer (every sum and product is tested for that, and a result that passes the test is exact, since beyond 2^53 rounding cannot lead back below it) and as `bigint` when it is not.
 */
export interface Decimal {
  readonly digits: number | bigint;
  /** Decimal places, 0 or more. */
  readonly scale: number;
}

/** More characters than any number of the format has (21): a bound for what strangers write, as conversion takes the square of the length. */
const MAX_LENGTH = 400;
/** Whole numbers of so many digits are safe integers. */
const SAFE_DIGITS = 15;
const POWERS: readonly number[] = Array.from({ length: SAFE_DIGITS + 1 }, (_, exponent) => Number(`1e${exponent}`));

const MINUS = 45;
const PLUS = 43;
const DIGIT_0 = 48;

const power = (exponent: number): bigint => 10n ** BigInt(exponent);

function fromBig(digits: bigint, scale: number): Decimal {
  const small = Number(digits);
  return { digits: Number.isSafeInteger(small) ? small : digits, scale };
}

/** `digits` as a whole number of `scale` decimal places, at least its own. */
function bigAt({ digits, scale }: Decimal, wanted: number): bigint {
  return BigInt(digits) * power(wanted - scale);
}

/** The same when it is a safe integer, else NaN, which no later test lets pass. */
function smallAt({ digits, scale }: Decimal, wanted: number): number {
  if (typeof digits !== 'number') return Number.NaN;
  if (wanted === scale) return digits;
  const factor = POWERS[wanted - scale];
  if (factor === undefined) return Number.NaN;
  const scaled = digits * factor;
  return Number.isSafeInteger(scaled) ? scaled : Number.NaN;
}

export const ZERO: Decimal = { digits: 0, scale: 0 };

/**
 * Reads a number as the document writes it: a sign, digits, a point, digits (the lexical form of xsd:decimal). Zeros at the end of the fraction are dropped: files write
 * prices with eight places of which two count, and products of short numbers stay safe integers.
 * @returns undefined for anything else, and for more than 400 characters
 * @example parseDecimal('-12.50') // { digits: -125, scale: 1 }
 */
export function parseDecimal(text: string): Decimal | undefined {
  const { length } = text;
  const sign = text.charCodeAt(0);
  const start = sign === MINUS || sign === PLUS ? 1 : 0;
  const point = text.indexOf('.');
  if (length > MAX_LENGTH || length - start - (point < 0 ? 0 : 1) < 1) return undefined;
  let end = length;
  if (point >= 0) {
    while (text.charCodeAt(end - 1) === DIGIT_0) end--;
    if (end - 1 === point) end = point;
  }
  let digits = 0;
  for (let index = start; index < end; index++) {
    const digit = text.charCodeAt(index) - DIGIT_0;
    if (digit >= 0 && digit <= 9) digits = digits * 10 + digit;
    else if (index !== point) return undefined;
  }
  const scale = point >= 0 && end > point ? end - point - 1 : 0;
  const isNegative = sign === MINUS && digits !== 0;
  if (end - start > SAFE_DIGITS) return fromBig(BigInt(text.slice(start, end).replace('.', '')) * (isNegative ? -1n : 1n), scale);
  return { digits: isNegative ? -digits : digits, scale };
}

/** A constant of the program. @throws RangeError when it is no decimal */
export function decimal(text: string): Decimal {
  const value = parseDecimal(text);
  if (!value) throw new RangeError(`no decimal: ${text}`);
  return value;
}

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = a.scale > b.scale ? a.scale : b.scale;
  const sum = smallAt(a, scale) + smallAt(b, scale);
  return Number.isSafeInteger(sum) ? { digits: sum, scale } : fromBig(bigAt(a, scale) + bigAt(b, scale), scale);
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  const scale = a.scale > b.scale ? a.scale : b.scale;
  const difference = smallAt(a, scale) - smallAt(b, scale);
  return Number.isSafeInteger(difference) ? { digits: difference, scale } : fromBig(bigAt(a, scale) - bigAt(b, scale), scale);
}

export const negate = ({ digits, scale }: Decimal): Decimal => ({ digits: digits === 0 ? 0 : -digits, scale });

export const abs = (value: Decimal): Decimal => (value.digits < 0 ? negate(value) : value);

export function multiply(a: Decimal, b: Decimal): Decimal {
  const scale = a.scale + b.scale;
  if (typeof a.digits === 'number' && typeof b.digits === 'number') {
    const product = a.digits * b.digits;
    if (Number.isSafeInteger(product)) return { digits: product === 0 ? 0 : product, scale };
  }
  return fromBig(BigInt(a.digits) * BigInt(b.digits), scale);
}

/** Divides by 10^`places`, exactly. */
export const shift = ({ digits, scale }: Decimal, places: number): Decimal => ({ digits, scale: scale + places });

/** Below, at or above zero as `a` is less than, equal to or greater than `b`. */
export function compare(a: Decimal, b: Decimal): number {
  const scale = a.scale > b.scale ? a.scale : b.scale;
  const left = smallAt(a, scale);
  const right = smallAt(b, scale);
  // Neither is NaN: a comparison with NaN is false both ways.
  if (left >= right || left < right) return left - right;
  const bigLeft = bigAt(a, scale);
  const bigRight = bigAt(b, scale);
  return bigLeft < bigRight ? -1 : bigLeft > bigRight ? 1 : 0;
}

/** The same of their distances from zero. */
export const compareAbs = (a: Decimal, b: Decimal): number => compare(abs(a), abs(b));

export const equal = (a: Decimal, b: Decimal): boolean => compare(a, b) === 0;

export const isZero = ({ digits }: Decimal): boolean => digits === 0;

/** To `places` decimal places, a half away from zero: 0.125 gives 0.13, -0.125 gives -0.13. With no more places than that it stays as it is. */
export function roundHalfAway(value: Decimal, places: number): Decimal {
  const excess = value.scale - places;
  if (excess <= 0) return value;
  const factor = POWERS[excess];
  if (typeof value.digits === 'number' && factor !== undefined) {
    const rest = value.digits % factor;
    const whole = (value.digits - rest) / factor;
    const away = 2 * Math.abs(rest) >= factor ? Math.sign(rest) : 0;
    return { digits: whole + away, scale: places };
  }
  const big = BigInt(value.digits);
  const bigFactor = power(excess);
  const rest = big % bigFactor;
  const away = 2n * (rest < 0n ? -rest : rest) < bigFactor ? 0n : rest < 0n ? -1n : 1n;
  return fromBig(big / bigFactor + away, places);
}

/**
 * As the document writes it: no exponent, a point, and at least `places` decimal places; zeros beyond them are left out.
 * @example format(decimal('42092.05875000'), 2) // '42092.05875'
 */
export function format({ digits, scale }: Decimal, places = 0): string {
  const negative = digits < 0;
  const all = String(negative ? -digits : digits).padStart(scale + 1, '0');
  const whole = all.slice(0, all.length - scale);
  const fraction = all.slice(all.length - scale).replace(/0+$/, '').padEnd(places, '0');
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
