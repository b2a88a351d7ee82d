import { type Decimal, ZERO, add, compare, decimal } from '../../decimal/index.js';
import type { Text } from '../../schema/types.js';
import { firstDayOf, lastDayBefore } from '../rule-versions.js';
import type { Check } from '../types.js';
import { type BodyRun, bodyCheck } from './body-check.js';
import type { BodyFacts } from './body-facts.js';
import { regimeFiscaleOf } from './facts.js';
import { APPENDIX, SIMPLIFIED_FORMAT } from './sources.js';
import { amountOf, money } from './values.js';

/** Regimi that version 1.9.1 frees from the limit: RF19 flat rate, RF20 exempt across borders. */
const FREE_REGIMI = ['RF19', 'RF20'];

function sumOf({ goods }: BodyFacts): Decimal | undefined {
  let sum = ZERO;
  for (const { importo } of goods) {
    const amount = amountOf(importo);
    if (!amount) return undefined;
    sum = add(sum, amount);
  }
  return sum;
}

const within = (limit: Decimal, freeRegimi: readonly string[]): BodyRun => {
  return (body, report, _context, document) => {
    const sum = sumOf(body);
    if (!sum || body.rettificata || compare(sum, limit) <= 0) return;
    const regime = regimeFiscaleOf(document);
    if (freeRegimi.length > 0 && (!regime?.valid || freeRegimi.includes(regime.value))) return;
    report({ at: body.goods[0]?.importo, value: money(sum) });
  };
};

const exceeding = (limit: string): Text => ({
  it: `La somma degli importi (Importo) del documento è {found} euro: la fattura semplificata arriva al massimo a ${limit} euro.`,
  en: `The sum of the amounts (Importo) of the document is {found} euro: a simplified invoice goes up to ${limit} euro at most.`,
});
const title = (limit: string, freed: Text): Text => ({
  it: `Una fattura semplificata non può superare ${limit} euro, tranne quando rettifica un’altra fattura${freed.it}.`,
  en: `A simplified invoice must not exceed ${limit} euro, unless it corrects another invoice${freed.en}.`,
});

const MEND: Text = {
  it: 'Emettere una fattura ordinaria (FPR12); se il documento ne rettifica un altro, indicare DatiFatturaRettificata.',
  en: 'Issue an ordinary invoice (FPR12); if the document corrects another one, give DatiFatturaRettificata.',
};

const SAME = { code: '00460', severity: 'error', formati: SIMPLIFIED_FORMAT, mend: MEND } as const;
const NOBODY: Text = { it: '', en: '' };

export const SIMPLIFIED_LIMIT: readonly Check[] = [
  bodyCheck({
    ...SAME,
    since: firstDayOf('1.2'),
    until: lastDayBefore('1.4.1'),
    title: title('100.00', NOBODY),
    reason: exceeding('100.00'),
    source: 'Allegato A 1.2',
    run: within(decimal('100.00'), []),
  }),
  bodyCheck({
    ...SAME,
    since: firstDayOf('1.4.1'),
    until: lastDayBefore('1.9.1'),
    title: title('400.00', NOBODY),
    reason: exceeding('400.00'),
    source: 'Allegato A 1.4.1',
    run: within(decimal('400.00'), []),
  }),
  bodyCheck({
    ...SAME,
    since: firstDayOf('1.9.1'),
    title: title('400.00', { it: ' o quando il regime del cedente è RF19 o RF20', en: ' or the seller’s regime is RF19 or RF20' }),
    reason: exceeding('400.00'),
    source: APPENDIX,
    run: within(decimal('400.00'), FREE_REGIMI),
  }),
];
