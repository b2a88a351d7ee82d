import { type Decimal, ZERO, add } from '../../decimal/index.js';
import type { BodyFacts, Summary, Taxed } from './body-facts.js';
import { eachOncePerRun } from '../run-memo.js';
import { amountOf } from './values.js';

/** What one body has of one rate. The sums are undefined when an amount in them is missing or no number: nothing can be said of them then. */
export interface RateGroup {
  /** In hundredths of a percent. */
  readonly rate: number;
  /** The first line or cassa that uses the rate. */
  readonly firstUse: Taxed | undefined;
  readonly summaries: readonly Summary[];
  /** Sum of PrezzoTotale. */
  readonly lines: Decimal | undefined;
  /** Sum of ImportoContributoCassa. */
  readonly casse: Decimal | undefined;
  /** Sum of ImponibileImporto. */
  readonly imponibile: Decimal | undefined;
  /** Sum of Arrotondamento of the summaries. */
  readonly arrotondamento: Decimal | undefined;
}

export interface RateGroups {
  /** By rate, in the order of first use: lines, casse, summaries. */
  readonly groups: ReadonlyMap<number, RateGroup>;
  /** Whether every line and cassa has a rate that can be read; else any group may lack something. */
  readonly usesKnown: boolean;
  /** Whether every summary has one. */
  readonly summariesKnown: boolean;
}

type Growing = { -readonly [key in keyof RateGroup]: RateGroup[key] } & { readonly summaries: Summary[] };

const plus = (sum: Decimal | undefined, amount: Decimal | undefined): Decimal | undefined => sum && amount && add(sum, amount);

/** The rates of a body with their sums. */
export const ratesOf: (body: BodyFacts) => RateGroups = eachOncePerRun(gatherRates);

function gatherRates(body: BodyFacts): RateGroups {
  const groups = new Map<number, Growing>();
  let usesKnown = true;
  let summariesKnown = true;
  const groupOf = (rate: number): Growing => {
    let group = groups.get(rate);
    if (!group) groups.set(rate, (group = { rate, firstUse: undefined, summaries: [], lines: ZERO, casse: ZERO, imponibile: ZERO, arrotondamento: ZERO }));
    return group;
  };
  for (const line of body.lines) {
    if (line.rate === undefined) usesKnown = false;
    else {
      const group = groupOf(line.rate);
      group.firstUse ??= line;
      group.lines = plus(group.lines, line.total);
    }
  }
  for (const cassa of body.casse) {
    if (cassa.rate === undefined) usesKnown = false;
    else {
      const group = groupOf(cassa.rate);
      group.firstUse ??= cassa;
      group.casse = plus(group.casse, amountOf(cassa.importo));
    }
  }
  for (const summary of body.summaries) {
    if (summary.rate === undefined) summariesKnown = false;
    else {
      const group = groupOf(summary.rate);
      group.summaries.push(summary);
      group.imponibile = plus(group.imponibile, amountOf(summary.imponibile));
      group.arrotondamento = plus(group.arrotondamento, summary.arrotondamento ? amountOf(summary.arrotondamento) : ZERO);
    }
  }
  return { groups, usesKnown, summariesKnown };
}

/** What SdI reckons as the base of a rate: lines, casse and roundings (00422). */
export const expectedBase = ({ lines, casse, arrotondamento }: RateGroup): Decimal | undefined => plus(plus(lines, casse), arrotondamento);
