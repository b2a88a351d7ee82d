/** Decimals and integers as text: exact, whatever their length. */

const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;

/** xs:integer: an optional sign and digits, as many as one likes. */
export function isInteger(value: string): boolean {
  const first = value.charCodeAt(0);
  let index = first === 0x2b || first === 0x2d ? 1 : 0;
  if (index === value.length) return false;
  for (; index < value.length; index++) {
    const unit = value.charCodeAt(index);
    if (unit < DIGIT_0 || unit > DIGIT_9) return false;
  }
  return true;
}

/** xs:decimal: an optional sign, digits, and an optional point with digits; at least one digit. */
export const isDecimal = (value: string): boolean => /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(value);

interface Parts {
  readonly negative: boolean;
  readonly whole: string;
  readonly fraction: string;
}

function partsOf(value: string): Parts {
  const [, sign = '', whole = '', fraction = ''] = /^([+-]?)0*(\d*)\.?(\d*?)0*$/.exec(value) ?? [];
  return { negative: sign === '-' && whole + fraction !== '', whole, fraction };
}

/** Negative when `one` is less, 0 when both are the same number, positive when it is more. Both must be decimals. */
export function compareDecimals(one: string, other: string): number {
  const a = partsOf(one);
  const b = partsOf(other);
  if (a.negative !== b.negative) return a.negative ? -1 : 1;
  const sign = a.negative ? -1 : 1;
  if (a.whole.length !== b.whole.length) return sign * (a.whole.length - b.whole.length);
  if (a.whole !== b.whole) return a.whole < b.whole ? -sign : sign;
  if (a.fraction === b.fraction) return 0;
  return a.fraction < b.fraction ? -sign : sign;
}

/** A plain number (no sign, up to nine digits, up to two decimals) as whole hundredths; undefined for any other form. */
function hundredths(value: string): number | undefined {
  if (value.length > 9) return undefined;
  let number = 0;
  let decimals = -1;
  for (let index = 0; index < value.length; index++) {
    const unit = value.charCodeAt(index);
    if (unit === 0x2e && decimals < 0) decimals = 0;
    else if (unit < DIGIT_0 || unit > DIGIT_9 || decimals === 2) return undefined;
    else {
      number = number * 10 + unit - DIGIT_0;
      if (decimals >= 0) decimals++;
    }
  }
  return decimals === 2 ? number : decimals === 1 ? number * 10 : number * 100;
}

/** A predicate for inclusive bounds. The plain numbers that nearly every value is are compared as hundredths, the rest as text. */
export function withinBounds(min: string | undefined, max: string | undefined): (value: string) => boolean {
  const low = min === undefined ? -Infinity : (hundredths(min) ?? NaN);
  const high = max === undefined ? Infinity : (hundredths(max) ?? NaN);
  if (Number.isNaN(low) || Number.isNaN(high)) throw new Error(`bounds that are no plain numbers: ${min} ${max}`);
  return (value) => {
    const plain = hundredths(value);
    if (plain !== undefined) return plain >= low && plain <= high;
    return (min === undefined || compareDecimals(value, min) >= 0) && (max === undefined || compareDecimals(value, max) <= 0);
  };
}
