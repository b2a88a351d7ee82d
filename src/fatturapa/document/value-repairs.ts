import type { SimpleType, Text } from '../schema/types.js';
import { replaceTypographic } from './charset.js';

/** A mistake with exactly one right value. */
export interface Repair {
  readonly why: (text: string) => Text;
  /** What to do, where showing the right value is not the clearest; default is to write it. */
  readonly how?: (text: string) => Text;
  /** The right value, if this is the mistake. Whether it is of the type is asked afterwards. */
  readonly mend: (text: string, type: SimpleType) => string | undefined;
}

const said = (it: string, en: string) => (): Text => ({ it, en });
const isNumber = (type: SimpleType): boolean => type.base === 'decimal' || type.base === 'integer';
/** The fewest decimals that a decimal's pattern asks for: `\.[0-9]{2,8}`. */
const decimalsOf = (type: SimpleType): number => Number(/\\\.\[0-9\]\{(\d+)/.exec(type.pattern ?? '')?.[1] ?? '0');

/** `1234`, `1234.5` with as many zeros as the type asks for; the amount stays the same. */
function padded(number: string, type: SimpleType): string | undefined {
  const match = /^(-?\d+)(?:\.(\d*))?$/.exec(number);
  if (!match) return undefined;
  const [, whole = '', fraction = ''] = match;
  const least = decimalsOf(type);
  if (type.base === 'integer') return /^0*$/.test(fraction) ? whole : undefined;
  // Zeros beyond what is asked say nothing.
  let kept = fraction;
  while (kept.length > least && kept.endsWith('0') && !type.accepts(`${whole}.${kept}`)) kept = kept.slice(0, -1);
  return `${whole}.${kept.padEnd(least, '0')}`;
}

/** A number as people write it, in the form of the schema; undefined where it could mean two amounts. */
function plainNumber(text: string): string | undefined {
  const bare = text.replace(/^[\s\u00a0]*(?:€|EUR|euro)?[\s\u00a0]*|[\s\u00a0]*(?:€|EUR|euro|%)?[\s\u00a0]*$/gi, '').replace(/^\+/, '').replace(/^[\u2212\u2013]/, '-');
  if (/^-?\d+(?:\.\d*)?$/.test(bare)) return bare;
  if (/^-?\d*\.\d+$/.test(bare)) return bare.replace('.', '0.');
  if (/^-?\d+,\d+$/.test(bare)) return bare.replace(',', '.');
  // Both signs: the last one divides the decimals. Dots alone between threes could be either.
  if (/^-?\d{1,3}(?:[.\s\u00a0'\u2019]\d{3})+,\d+$/.test(bare)) return bare.replace(/[.\s\u00a0'\u2019]/g, '').replace(',', '.');
  if (/^-?\d{1,3}(?:,\d{3})+\.\d+$/.test(bare)) return bare.replace(/,/g, '');
  return undefined;
}

const two = (digits: string): string => digits.padStart(2, '0');

/** A day as people write it; undefined where day and month could change places. In Italy the day comes first. */
function plainDate(text: string): string | undefined {
  const value = text.trim();
  const italian = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(value);
  if (italian) return `${italian[3] ?? ''}-${two(italian[2] ?? '')}-${two(italian[1] ?? '')}`;
  const yearFirst = /^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})$/.exec(value) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(value);
  if (yearFirst) return `${yearFirst[1] ?? ''}-${two(yearFirst[2] ?? '')}-${two(yearFirst[3] ?? '')}`;
  return /^(\d{4}-\d{2}-\d{2})[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d{2}:\d{2})?$/.exec(value)?.[1];
}

/** Tried in this order; the first that makes a value of the type is the one. */
export const REPAIRS: readonly Repair[] = [
  { why: said('ha spazi o a capo all’inizio o alla fine', 'it has spaces or line breaks at its beginning or end'), mend: (text) => text.trim() },
  {
    why: said('i decimali si separano con il punto e le migliaia non si separano', 'decimals are divided by a dot, and thousands are not divided'),
    mend: (text, type) => (isNumber(type) && /[,\s\u00a0'\u2019]/.test(text.trim()) ? padded(plainNumber(text) ?? '', type) : undefined),
  },
  { why: said('il numero va scritto senza simboli e con tutti i decimali previsti', 'a number is written without signs and with all decimals asked for'), mend: (text, type) => (isNumber(type) ? padded(plainNumber(text) ?? '', type) : undefined) },
  { why: said('la data va scritta AAAA-MM-GG', 'a date is written YYYY-MM-DD'), mend: (text, type) => (type.base === 'date' ? plainDate(text) : undefined) },
  {
    why: said('l’allegato comincia con "data:", che non fa parte del base64', 'the attachment begins with "data:", which is no part of base64'),
    how: said('Togliere tutto ciò che precede la virgola, virgola compresa.', 'Remove everything before the comma, and the comma.'),
    mend: (text, type) => (type.base === 'base64Binary' ? text.replace(/^\s*data:[^,]{0,200},/, '') : undefined),
  },
  {
    why: said('va scritto in maiuscolo e senza spazi', 'it is written in capitals and without spaces'),
    mend: (text, type) => (type.base === 'string' && text.length <= 64 ? text.replace(/[\s\u00a0]/g, '').toUpperCase() : undefined),
  },
  { why: said('i codici non hanno punti, trattini o spazi', 'codes have no dots, hyphens or spaces'), mend: (text, type) => (type.codes ? text.toUpperCase().replace(/[^A-Z0-9]/g, '') : undefined) },
  {
    why: (text) => replaceTypographic(text).why,
    how: (text) => replaceTypographic(text).how,
    mend: (text, type) => (type.base === 'string' && type.pattern?.includes('\\p{Is') ? replaceTypographic(text).text : undefined),
  },
];
