import type { CodeTable, SimpleBase } from '../types.js';
import { isBase64 } from './base64.js';
import { isDate, isDateFrom, isDateTime } from './dates.js';
import { isDecimal, isInteger, withinBounds } from './numbers.js';
import { patternMatcher } from './pattern.js';

/** The facets that the schema itself states. Codes are those that it enumerates. */
export interface Facets {
  readonly base: SimpleBase;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minValue?: string;
  readonly maxValue?: string;
  readonly codes?: CodeTable;
}

type Predicate = (value: string) => boolean;

/** Whether a value has between `min` and `max` characters, a character outside the basic plane counted once. */
function lengthWithin(min: number, max: number): Predicate {
  return (value) => {
    const units = value.length;
    if (units < min) return false;
    if (units <= max && units >= 2 * min) return true;
    if (units > 2 * max) return false;
    let characters = 0;
    for (const _ of value) characters++;
    return characters >= min && characters <= max;
  };
}

function ofBase({ base, minValue, maxValue, pattern }: Facets): Predicate | undefined {
  switch (base) {
    case 'string':
      return undefined;
    case 'base64Binary':
      return isBase64;
    case 'date':
      return minValue === undefined ? isDate : isDateFrom(minValue);
    case 'dateTime':
      return isDateTime;
    case 'integer':
      return minValue === undefined && maxValue === undefined ? isInteger : both(isInteger, withinBounds(minValue, maxValue));
    case 'decimal':
      // The patterns of the schema's decimals admit decimals only.
      return both(pattern === undefined ? isDecimal : undefined, minValue === undefined && maxValue === undefined ? undefined : withinBounds(minValue, maxValue));
  }
}

const both = (one: Predicate | undefined, other: Predicate | undefined): Predicate | undefined => (one && other ? (value) => one(value) && other(value) : (one ?? other));

/** The predicate of a simple type. A pattern is asked before bounds: it holds the value to a few characters. */
export function acceptor(facets: Facets): Predicate {
  if (facets.codes) {
    const admitted = new Set(facets.codes.entries.filter((entry) => entry.inSchema).map((entry) => entry.code));
    return (value) => admitted.has(value);
  }
  const { minLength, maxLength, pattern } = facets;
  const lengths = minLength === undefined && maxLength === undefined ? undefined : lengthWithin(minLength ?? 0, maxLength ?? Infinity);
  const shape = pattern === undefined ? undefined : patternMatcher(pattern);
  return both(both(lengths, shape), ofBase(facets)) ?? (() => true);
}
