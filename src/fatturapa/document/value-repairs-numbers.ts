import { format, parseDecimal, roundHalfAway } from '../decimal/index.js';
import type { SimpleType } from '../schema/types.js';

export const isNumber = (type: SimpleType): boolean => type.base === 'decimal' || type.base === 'integer';
/** The fewest decimals that a decimal's pattern asks for: `\.[0-9]{2,8}`. */
const leastDecimals = (type: SimpleType): number => Number(/\\\.\[0-9\]\{(\d+)/.exec(type.pattern ?? '')?.[1] ?? '0');
/** The most; undefined where the pattern does not say. */
export function mostDecimals(type: SimpleType): number | undefined {
  const most = /\\\.\[0-9\]\{(?:\d+,)?(\d+)\}/.exec(type.pattern ?? '')?.[1];
  return most === undefined ? undefined : Number(most);
}

/** `1234`, `1234.5` with as many zeros as the type asks for; the amount stays the same. */
function padded(number: string, type: SimpleType): string | undefined {
  const match = /^(-?\d+)(?:\.(\d*))?$/.exec(number);
  if (!match) return undefined;
  const [, whole = '', fraction = ''] = match;
  const least = leastDecimals(type);
  if (type.base === 'integer') return /^0*$/.test(fraction) ? whole : undefined;
  // Zeros beyond what is asked say nothing.
  let kept = fraction;
  while (kept.length > least && kept.endsWith('0') && !type.accepts(`${whole}.${kept}`)) kept = kept.slice(0, -1);
  return `${whole}.${kept.padEnd(least, '0')}`;
}

/** Nobody writes a longer one, and what a text of megabytes costs is then known. */
const MAX_NUMBER_TEXT = 64;

/** Without what people write beside a number. A percent sign belongs to percentages alone. */
function bared(text: string, type: SimpleType): string {
  if (text.length > MAX_NUMBER_TEXT) return text;
  const bare = text.replace(/^[\s\u00a0]*(?:€|EUR|euro)?[\s\u00a0]*|[\s\u00a0]*(?:€|EUR|euro)?[\s\u00a0]*$/gi, '').replace(/^\+/, '').replace(/^[\u2212\u2013]/, '-');
  return type.name === 'RateType' ? bare.replace(/[\s\u00a0]*%$/, '') : bare;
}

/** A number as people write it, with a dot and no division of thousands; undefined where it is none. A single sign is read as that of the decimals: whether it could divide thousands, `readings` tells. */
export function plainNumber(text: string, type: SimpleType): string | undefined {
  const bare = bared(text, type);
  if (/^-?\d+(?:\.\d*)?$/.test(bare)) return bare;
  if (/^-?\d*\.\d+$/.test(bare)) return bare.replace('.', '0.');
  if (/^-?\d+,\d+$/.test(bare)) return bare.replace(',', '.');
  // Both signs: the last one divides the decimals.
  if (/^-?\d{1,3}(?:[.\s\u00a0'\u2019]\d{3})+,\d+$/.test(bare)) return bare.replace(/[.\s\u00a0'\u2019]/g, '').replace(',', '.');
  if (/^-?\d{1,3}(?:,\d{3})+\.\d+$/.test(bare)) return bare.replace(/,/g, '');
  return undefined;
}

/** What a number may be whose one sign stands before three digits. */
export interface Readings {
  readonly sign: '.' | ',';
  /** If the sign divides thousands; absent where that is not of the type. */
  readonly thousands?: string;
  /** If it divides decimals; absent where it cannot (it stands there twice), or that is not of the type. */
  readonly decimals?: string;
  /** The places to which `decimals` had to be rounded. */
  readonly rounded?: number;
}

/**
 * Both readings of `1.000` and `1,250`: dots divide thousands in Italian writing and decimals in the schema, commas the other way round in English writing. Undefined where there
 * is one only, as in `0,125` and in percentages, which never reach a thousand.
 */
export function readings(text: string, type: SimpleType): Readings | undefined {
  const bare = bared(text, type);
  const match = /^-?[1-9]\d{0,2}(?:(\.)\d{3}(?:\.\d{3})*|(,)\d{3}(?:,\d{3})*)$/.exec(bare);
  if (!match || !isNumber(type)) return undefined;
  const sign = match[1] === undefined ? ',' : '.';
  const ofType = (number: string | undefined): string | undefined => (number !== undefined && type.accepts(number) ? number : undefined);
  const thousands = ofType(padded(bare.replaceAll(sign, ''), type));
  if (thousands === undefined && type.base === 'decimal') return undefined;
  const point = bare.replace(sign, '.');
  const exact = ofType(padded(point, type));
  const most = mostDecimals(type);
  const amount = exact === undefined && most !== undefined ? parseDecimal(point) : undefined;
  const rounded = amount && most !== undefined ? ofType(format(roundHalfAway(amount, most), most)) : undefined;
  const decimals = exact === undefined ? rounded : shortest(exact, type);
  return { sign, ...(thousands !== undefined && { thousands }), ...(decimals !== undefined && { decimals }), ...(exact === undefined && rounded !== undefined && { rounded: most }) };
}

/** Without zeros at the end, as far as the type lets them go: two decimals cannot be taken for thousands again. */
function shortest(number: string, type: SimpleType): string {
  let short = number;
  while (short.includes('.') && short.endsWith('0') && type.accepts(short.slice(0, -1))) short = short.slice(0, -1);
  return short;
}

/** The one number that a text can be, in the form of its type. */
export function mendedNumber(text: string, type: SimpleType): string | undefined {
  return readings(text, type) ? undefined : padded(plainNumber(text, type) ?? '', type);
}
