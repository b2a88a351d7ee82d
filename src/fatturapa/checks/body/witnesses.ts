import { equal, roundHalfAway } from '../../decimal/index.js';
import { eachOncePerRun } from '../run-memo.js';
import type { BodyFacts } from './body-facts.js';
import { expectedBase, ratesOf } from './groups.js';
import { isRight } from './line-amounts.js';

/** What a patch of an amount or rate rests on: the rest of the body must agree without any tolerance, for what a tolerance lets pass may be the very mistake. */

/** Every line's total follows from its price (00423). */
export const linesAreRight: (body: BodyFacts) => boolean = eachOncePerRun(({ lines }: BodyFacts) => lines.every(isRight));

/** Lines and summaries of a rate make the same base, to the cent. */
export function baseAgrees(body: BodyFacts, rate: number): boolean {
  const { groups, usesKnown, summariesKnown } = ratesOf(body);
  const group = groups.get(rate);
  const expected = group && expectedBase(group);
  return usesKnown && summariesKnown && expected !== undefined && group?.imponibile !== undefined && equal(group.imponibile, roundHalfAway(expected, 2));
}

/** Every rate has one summary, and something that it sums. */
export function ratesMatch(body: BodyFacts): boolean {
  const { groups, usesKnown, summariesKnown } = ratesOf(body);
  return usesKnown && summariesKnown && [...groups.values()].every(({ firstUse, summaries }) => firstUse !== undefined && summaries.length === 1);
}
