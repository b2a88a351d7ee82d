import { NOT_XML } from '../build/escape.js';
import type { SimpleType } from '../schema/types.js';
import { expectedKind, jsonFindings } from './findings.js';
import { JsonNumber } from './json-number.js';
import type { JsonElement } from './place.js';
import type { FatturapaFinding } from '../types.js';

/** A double holds every decimal of so many digits exactly, and prints the same again (IEEE 754 binary64, DBL_DIG). */
const EXACT_DIGITS = 15;

/** No type of the schema has more decimals. */
const MOST_DECIMALS = 8;

const PLAIN_NUMBER = /^-?\d+(?:\.\d+)?$/;

/**
 * A decimal as its type writes it: `22` becomes `22.00` where the type asks for two decimals at least. Only zeros are added, and only
 * where the value becomes one of its type by it; whatever else stays as it was given, for the validator to judge.
 */
export function padDecimals(type: SimpleType, text: string): string {
  if (type.base !== 'decimal' || !PLAIN_NUMBER.test(text) || type.accepts(text)) return text;
  const point = text.indexOf('.');
  let longer = point < 0 ? `${text}.` : text;
  for (let decimals = point < 0 ? 0 : text.length - point - 1; decimals < MOST_DECIMALS; decimals++) {
    longer += '0';
    if (type.accepts(longer)) return longer;
  }
  return text;
}

export type SimpleReading = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly finding: FatturapaFinding };

/** The text of one simple element, from a JSON string or from a number that says exactly what was written. */
export function readSimple(element: JsonElement, type: SimpleType, given: unknown, inArray: boolean): SimpleReading {
  const { name } = element.def;
  if (typeof given === 'string') {
    const bad = NOT_XML.exec(given);
    if (bad) return { ok: false, finding: jsonFindings.character(element.where(), name, bad[0]) };
    return { ok: true, value: padDecimals(type, given) };
  }
  if ((typeof given === 'number' || given instanceof JsonNumber) && (type.base === 'decimal' || type.base === 'integer')) {
    const text = given instanceof JsonNumber ? given.text : String(given);
    if (!PLAIN_NUMBER.test(text) || text.replace(/\D/g, '').replace(/^0+/, '').length > EXACT_DIGITS) return { ok: false, finding: jsonFindings.inexactNumber(element.where(), name, text) };
    return { ok: true, value: padDecimals(type, text) };
  }
  const expected = inArray ? { it: 'una stringa', en: 'a string' } : expectedKind(element.def);
  return { ok: false, finding: jsonFindings.wrongKind(element.where(), name, given, expected) };
}
