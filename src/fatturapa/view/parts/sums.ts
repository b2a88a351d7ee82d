import { add, decimal, format, parseDecimal } from '../../decimal/index.js';
import { type Element, valueOf } from '../../document/model.js';

/** The exact sum of amounts; undefined when there are none, or one of them is no number. */
export function sumOf(elements: readonly (Element | undefined)[]): string | undefined {
  let sum = decimal('0');
  let count = 0;
  for (const element of elements) {
    if (!element) continue;
    const amount = parseDecimal(valueOf(element) ?? '');
    if (!amount) return undefined;
    sum = add(sum, amount);
    count++;
  }
  return count === 0 ? undefined : format(sum, 2);
}
