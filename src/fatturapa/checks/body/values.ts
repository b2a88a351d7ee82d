import { type Decimal, compareAbs, format, parseDecimal } from '../../decimal/index.js';
import { type Element, child, valueOf } from '../../document/model.js';
import type { Text } from '../../schema/types.js';
import type { BodyFacts, Line, Taxed } from './body-facts.js';

/** The number that an element holds; undefined when it is missing or no number. */
export function amountOf(element: Element | undefined): Decimal | undefined {
  const value = valueOf(element);
  return value === undefined ? undefined : parseDecimal(value);
}

/** An amount as the document writes it. */
export const money = (amount: Decimal): string => format(amount, 2);

/** A rate in hundredths as the document writes it: 2200 is `22.00`. */
export const rateText = (rate: number): string => format({ digits: rate, scale: 2 }, 2);

/** How a line is called in texts: by its NumeroLinea, else by its place. */
export const lineNumber = ({ element }: Line): string => valueOf(child(element, 'NumeroLinea')) ?? String(element.index);

/** How far a difference is from its tolerance. At the tolerance itself the sources disagree: the list of 2017 passes only what is below it, Allegato A 1.9.1 refuses only what is above it. */
export function judge(difference: Decimal, tolerance: Decimal): 'within' | 'at' | 'beyond' {
  const order = compareAbs(difference, tolerance);
  return order < 0 ? 'within' : order === 0 ? 'at' : 'beyond';
}

const GENERIC = new Set(['N2', 'N3', 'N6']);

/** The one Natura that a body uses wherever it uses any: what is missing elsewhere can only be that. Undefined when there is none or several, or a generic one. */
export function onlyNaturaOf(body: BodyFacts): string | undefined {
  let only: string | undefined;
  for (const list of [body.lines, body.casse, body.summaries, body.goods] as readonly (readonly Taxed[])[]) {
    for (const { natura } of list) {
      if (!natura) continue;
      if (!natura.valid || GENERIC.has(natura.value) || (only !== undefined && only !== natura.value)) return undefined;
      only = natura.value;
    }
  }
  return only;
}

/** `one`, `a and b`, `a, b and c`. */
export function listed(values: readonly string[]): Text {
  const last = values.at(-1) ?? '';
  const first = values.slice(0, -1).join(', ');
  return first === '' ? { it: last, en: last } : { it: `${first} e ${last}`, en: `${first} and ${last}` };
}
