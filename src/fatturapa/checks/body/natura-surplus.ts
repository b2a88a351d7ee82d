import { isZero } from '../../decimal/index.js';
import { type Element, xpathOf } from '../../document/model.js';
import type { Text } from '../../schema/types.js';
import { firstDayOf, lastDayBefore } from '../rule-versions.js';
import type { Check } from '../types.js';
import { type BodyRun, bodyCheck } from './body-check.js';
import type { BodyFacts, Taxed } from './body-facts.js';
import { ALL_FORMATS, APPENDIX_AND_LIST, ORDINARY_FORMATS } from './sources.js';
import { amountOf, rateText } from './values.js';

const TD16 = 'TD16';

/**
 * Tells of a rate with a Natura whether it is the Natura that is wrong: the summaries charge tax at this rate, and nothing of rate zero has this Natura. What has a tax of its own
 * must charge one.
 */
function naturaIsWrongIn({ lines, casse, summaries }: BodyFacts): (one: Surplus) => boolean {
  const charged = new Set<number>();
  const untaxed = new Set<string>();
  const charges = (imposta: Element | undefined): boolean => {
    const tax = amountOf(imposta);
    return tax !== undefined && !isZero(tax);
  };
  for (const list of [lines, casse, summaries] as readonly (readonly Taxed[])[]) for (const { rate, natura } of list) if (rate === 0 && natura) untaxed.add(natura.value);
  for (const { rate, imposta } of summaries) if (rate !== undefined && rate !== 0 && charges(imposta)) charged.add(rate);
  return ({ rate, natura, imposta }) => rate !== undefined && natura !== undefined && charged.has(rate) && !untaxed.has(natura.value) && (!imposta || charges(imposta));
}

type Surplus = Taxed & { readonly imposta?: Element | undefined };

const surplus =
  (listOf: (body: BodyFacts) => readonly Surplus[], admitted?: string): BodyRun =>
  (body, report) => {
    if (admitted !== undefined && (body.tipo === undefined || body.tipo === admitted)) return;
    let naturaIsWrong: ((one: Surplus) => boolean) | undefined;
    for (const one of listOf(body)) {
      const { natura, rate } = one;
      if (!natura?.valid || rate === undefined || rate === 0) continue;
      report({
        at: natura,
        texts: () => ({ rate: rateText(rate), place: String(one.element.index) }),
        patch: () => ((naturaIsWrong ??= naturaIsWrongIn(body))(one) ? [{ op: 'remove', path: xpathOf(natura) }] : undefined),
      });
    }
  };

const MEND: Text = {
  it: 'Togliere Natura se l’IVA al {rate} % è dovuta; se invece l’operazione è senza IVA, lasciare Natura e scrivere l’aliquota 0.00.',
  en: 'Remove Natura if VAT at {rate} % is due; if the operation is without VAT, keep Natura and write the rate as 0.00.',
};

interface SurplusRow {
  readonly code: string;
  readonly formati: Check['formati'];
  readonly title: Text;
  readonly reason: Text;
  readonly listOf: (body: BodyFacts) => readonly Surplus[];
}

const always = ({ listOf, ...data }: SurplusRow): Check => bodyCheck({ ...data, severity: 'error', mend: MEND, source: APPENDIX_AND_LIST, run: surplus(listOf) });

/** Version 1.7.1 lets a TD16, which shows the tax of a reverse charge, have both. */
const exceptTd16 = ({ listOf, title, ...data }: SurplusRow): readonly Check[] => [
  bodyCheck({ ...data, title, severity: 'error', until: lastDayBefore('1.7.1'), mend: MEND, source: 'Elenco controlli 1.5 (2017)', run: surplus(listOf) }),
  bodyCheck({
    ...data,
    title: { it: title.it.replace(/\.$/, ', tranne che in un documento TD16.'), en: title.en.replace(/\.$/, ', except in a TD16 document.') },
    severity: 'error',
    since: firstDayOf('1.7.1'),
    mend: MEND,
    source: APPENDIX_AND_LIST,
    run: surplus(listOf, TD16),
  }),
];

export const NATURA_SURPLUS: readonly Check[] = [
  ...exceptTd16({
    code: '00401',
    formati: ALL_FORMATS,
    title: { it: 'Una riga con aliquota diversa da zero non deve avere Natura.', en: 'A line with a rate other than zero must not have Natura.' },
    reason: { it: 'La voce n. {place} ha l’aliquota {rate} e anche Natura {found}: l’una esclude l’altra.', en: 'Item no. {place} has the rate {rate} and also Natura {found}: one excludes the other.' },
    listOf: (body) => (body.goods.length > 0 ? body.goods : body.lines),
  }),
  always({
    code: '00414',
    formati: ORDINARY_FORMATS,
    title: { it: 'Una cassa previdenziale con aliquota diversa da zero non deve avere Natura.', en: 'A DatiCassaPrevidenziale with a rate other than zero must not have Natura.' },
    reason: { it: 'Il blocco DatiCassaPrevidenziale n. {place} ha l’aliquota {rate} e anche Natura {found}: l’una esclude l’altra.', en: 'DatiCassaPrevidenziale no. {place} has the rate {rate} and also Natura {found}: one excludes the other.' },
    listOf: (body) => body.casse,
  }),
  ...exceptTd16({
    code: '00430',
    formati: ORDINARY_FORMATS,
    title: { it: 'Un riepilogo con aliquota diversa da zero non deve avere Natura.', en: 'A DatiRiepilogo with a rate other than zero must not have Natura.' },
    reason: { it: 'Il blocco DatiRiepilogo n. {place} ha l’aliquota {rate} e anche Natura {found}: l’una esclude l’altra.', en: 'DatiRiepilogo no. {place} has the rate {rate} and also Natura {found}: one excludes the other.' },
    listOf: (body) => body.summaries,
  }),
];
