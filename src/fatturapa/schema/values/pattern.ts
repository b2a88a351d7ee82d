import { runsMatcher, runsOf } from './runs.js';

/**
 * `.+@.+[.]+.+` of EmailContattiType, by hand: the general form tries every split of a hostile value.
 * `.` is any character but line feed and carriage return (XML Schema part 2, appendix F).
 */
function isContactEmail(value: string): boolean {
  if (/[\n\r]/.test(value)) return false;
  const sign = value.indexOf('@', 1);
  return sign > 0 && value.lastIndexOf('.', value.length - 2) > sign + 1;
}

const BY_HAND: Readonly<Record<string, (value: string) => boolean>> = { '.+@.+[.]+.+': isContactEmail };

/**
 * A predicate for a pattern facet. The patterns of the two schemas, save those of their character blocks, mean the same
 * in JavaScript as in XML Schema once they are anchored and read by code points.
 */
export function patternMatcher(pattern: string): (value: string) => boolean {
  const byHand = BY_HAND[pattern];
  if (byHand) return byHand;
  const runs = runsOf(pattern);
  if (runs) return runsMatcher(runs);
  if (/\\p|(?<![\\[])\./.test(pattern)) throw new Error(`a pattern that is not the same in JavaScript: ${pattern}`);
  const expression = new RegExp(`^(?:${pattern})$`, 'u');
  return (value) => expression.test(value);
}
