import type { SimpleType, Text } from '../schema/types.js';
import { replaceTypographic } from './charset.js';
import { isNumber, mendedNumber } from './value-repairs-numbers.js';

/** A mistake with exactly one right value. */
export interface Repair {
  readonly why: (text: string) => Text;
  /** What to do, where showing the right value is not the clearest; default is to write it. */
  readonly how?: (text: string) => Text;
  /** The right value, if this is the mistake. Whether it is of the type is asked afterwards. */
  readonly mend: (text: string, type: SimpleType) => string | undefined;
}

const said = (it: string, en: string) => (): Text => ({ it, en });
/** Codes and identifiers: their pattern is of letters and digits alone, and spaces or small letters in them say nothing. In a text for people both do. */
const isCode = (type: SimpleType): boolean => type.base === 'string' && (type.codes !== undefined || /^[A-Za-z0-9[\]{}(),-]+$/.test(type.pattern ?? ''));

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
    mend: (text, type) => (isNumber(type) && /[,\s\u00a0'\u2019]/.test(text.trim()) ? mendedNumber(text, type) : undefined),
  },
  { why: said('il numero va scritto senza simboli e con tutti i decimali previsti', 'a number is written without signs and with all decimals asked for'), mend: (text, type) => (isNumber(type) ? mendedNumber(text, type) : undefined) },
  { why: said('la data va scritta AAAA-MM-GG', 'a date is written YYYY-MM-DD'), mend: (text, type) => (type.base === 'date' ? plainDate(text) : undefined) },
  {
    why: said('l’allegato comincia con "data:", che non fa parte del base64', 'the attachment begins with "data:", which is no part of base64'),
    how: said('Togliere tutto ciò che precede la virgola, virgola compresa.', 'Remove everything before the comma, and the comma.'),
    mend: (text, type) => (type.base === 'base64Binary' ? text.replace(/^\s*data:[^,]{0,200},/, '') : undefined),
  },
  {
    why: said('va scritto in maiuscolo e senza spazi', 'it is written in capitals and without spaces'),
    mend: (text, type) => (isCode(type) && text.length <= 64 ? text.replace(/[\s\u00a0]/g, '').toUpperCase() : undefined),
  },
  { why: said('i codici non hanno punti, trattini o spazi', 'codes have no dots, hyphens or spaces'), mend: (text, type) => (type.codes ? text.toUpperCase().replace(/[^A-Z0-9]/g, '') : undefined) },
  {
    why: (text) => replaceTypographic(text).why,
    how: (text) => replaceTypographic(text).how,
    mend: (text, type) => (type.base === 'string' && type.pattern?.includes('\\p{Is') ? replaceTypographic(text).text : undefined),
  },
];
