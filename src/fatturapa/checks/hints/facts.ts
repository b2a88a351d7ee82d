import { type Decimal, ZERO, add } from '../../decimal/index.js';
import { type Element, child } from '../../document/model.js';
import type { BodyFacts } from '../body/body-facts.js';
import { amountOf } from '../body/values.js';
import { eachOncePerRun } from '../run-memo.js';

/** DettaglioPagamento. */
export interface Payment {
  readonly importo: Element | undefined;
  readonly scadenza: Element | undefined;
  readonly iban: Element | undefined;
}

/** What several hints ask of one body, found once. */
export interface HintFacts {
  /** DatiPagamento. */
  readonly blocks: readonly Element[];
  /** Whether one of them is an advance (TP03). */
  readonly isAdvance: boolean;
  readonly payments: readonly Payment[];
  /** Taxable amounts plus VAT of the summary; undefined where one of them is no number. */
  readonly summaryTotal: Decimal | undefined;
}

export const hintFactsOf: (body: BodyFacts) => HintFacts = eachOncePerRun(gather);

function gather(body: BodyFacts): HintFacts {
  const blocks: Element[] = [];
  const payments: Payment[] = [];
  let isAdvance = false;
  for (const block of body.element.children) {
    if (block.def.name !== 'DatiPagamento') continue;
    blocks.push(block);
    for (const one of block.children) {
      if (one.def.name === 'DettaglioPagamento') payments.push({ importo: child(one, 'ImportoPagamento'), scadenza: child(one, 'DataScadenzaPagamento'), iban: child(one, 'IBAN') });
      else if (one.value === 'TP03') isAdvance = true;
    }
  }
  return { blocks, isAdvance, payments, summaryTotal: summaryTotal(body) };
}

function summaryTotal({ summaries }: BodyFacts): Decimal | undefined {
  let total = ZERO;
  for (const { imponibile, imposta } of summaries) {
    const base = amountOf(imponibile);
    const tax = amountOf(imposta);
    if (!base || !tax) return undefined;
    total = add(total, add(base, tax));
  }
  return summaries.length > 0 ? total : undefined;
}
