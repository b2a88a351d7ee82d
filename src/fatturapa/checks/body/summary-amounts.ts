import { type Decimal, ZERO, abs, compare, decimal, isZero, multiply, roundHalfAway, shift, subtract } from '../../decimal/index.js';
import { child, xpathOf } from '../../document/model.js';
import type { Patch } from '../../types.js';
import type { Check } from '../types.js';
import { type BodyRun, bodyCheck } from './body-check.js';
import type { BodyFacts } from './body-facts.js';
import { type RateGroup, expectedBase, ratesOf } from './groups.js';
import { APPENDIX_AND_LIST, ORDINARY_FORMATS } from './sources.js';
import { amountOf, judge, money, rateText } from './values.js';
import { baseAgrees, linesAreRight, ratesMatch } from './witnesses.js';

const CENT = decimal('0.01');
const HALF_CENT = decimal('0.005');
const EURO = decimal('1.00');

/** Rate (in hundredths) times base, over 100, before rounding. */
const exactTax = (rate: number, base: Decimal): Decimal => shift(multiply({ digits: rate, scale: 2 }, base), 2);

/** A negative half may be rounded away from zero or up (UNCERTAIN): a tax that is too high by one reading is not so by the other. */
function isNegativeHalf(exact: Decimal, rounded: Decimal): boolean {
  return exact.digits < 0 && compare(subtract(exact, rounded), HALF_CENT) === 0;
}

const tax: BodyRun = (body, report) => {
  for (const { rate, imponibile, imposta } of body.summaries) {
    const base = amountOf(imponibile);
    const found = amountOf(imposta);
    if (rate === undefined || !base || !found || !imposta) continue;
    const exact = exactTax(rate, base);
    const expected = roundHalfAway(exact, 2);
    const difference = subtract(found, expected);
    const verdict = judge(difference, CENT);
    if (verdict === 'within') continue;
    const other = isNegativeHalf(exact, expected) ? judge(subtract(difference, CENT), CENT) : verdict;
    report({
      at: imposta,
      doubtful: verdict === 'at' || other !== 'beyond',
      texts: () => ({ rate: rateText(rate), base: money(base), expected: money(expected), difference: money(abs(difference)) }),
      // Of a negative half cent nobody knows the right rounding.
      patch: () => (!isNegativeHalf(exact, expected) && baseAgrees(body, rate) && linesAreRight(body) ? [{ op: 'replace', path: xpathOf(imposta), value: money(expected) }] : undefined),
    });
  }
};

interface Disagreement {
  readonly group: RateGroup;
  readonly found: Decimal;
  readonly expected: Decimal;
  readonly difference: Decimal;
  readonly verdict: 'at' | 'beyond';
}

function disagreements(body: BodyFacts): readonly Disagreement[] {
  const { groups, usesKnown, summariesKnown } = ratesOf(body);
  const found: Disagreement[] = [];
  if (!usesKnown || !summariesKnown) return found;
  for (const group of groups.values()) {
    const expected = expectedBase(group);
    // A rate without summary is what 00419 and 00443 say.
    if (group.summaries.length === 0 || !group.imponibile || !expected) continue;
    const difference = subtract(group.imponibile, expected);
    const verdict = judge(difference, EURO);
    if (verdict !== 'within') found.push({ group, found: group.imponibile, expected, difference, verdict });
  }
  return found;
}

/**
 * The base is wrong, and not what is held against it, where everything else bears the other amount out: every line follows from its price, each rate has its one summary, nothing stands
 * outside the lines that may be meant to be in the base, and the tax is that of the lines and not that of the base.
 */
function rightBase(body: BodyFacts, all: readonly Disagreement[], { group, found, expected }: Disagreement): readonly Patch[] | undefined {
  const [summary] = group.summaries;
  const { element, imponibile, imposta } = summary ?? {};
  const tax = amountOf(imposta);
  if (all.length > 1 || body.sconti.length > 0 || !imponibile || !tax || child(element, 'SpeseAccessorie') || !ratesMatch(body) || !linesAreRight(body)) return undefined;
  const right = roundHalfAway(expected, 2);
  const taxBeside = (one: Decimal): Decimal => abs(subtract(tax, roundHalfAway(exactTax(group.rate, one), 2)));
  if (!isZero(taxBeside(right)) || judge(taxBeside(found), CENT) !== 'beyond') return undefined;
  return [{ op: 'replace', path: xpathOf(imponibile), value: money(right) }];
}

const base: BodyRun = (body, report) => {
  const all = disagreements(body);
  for (const one of all) {
    const { group, found, expected, difference, verdict } = one;
    report({
      at: group.summaries[0]?.imponibile,
      value: money(found),
      doubtful: verdict === 'at',
      texts: () => ({
        rate: rateText(group.rate),
        lines: money(group.lines ?? ZERO),
        casse: money(group.casse ?? ZERO),
        rounding: money(group.arrotondamento ?? ZERO),
        expected: money(expected),
        difference: money(abs(difference)),
      }),
      patch: () => rightBase(body, all, one),
    });
  }
};

export const SUMMARY_AMOUNTS: readonly Check[] = [
  bodyCheck({
    code: '00421',
    severity: 'error',
    formati: ORDINARY_FORMATS,
    tolerance: '0.01',
    title: { it: 'In ogni riepilogo Imposta deve essere AliquotaIVA × ImponibileImporto / 100, arrotondata al centesimo.', en: 'In every DatiRiepilogo Imposta must be AliquotaIVA × ImponibileImporto / 100, rounded to the cent.' },
    reason: {
      it: 'Imposta è {found}, ma il {rate} % di {base} è {expected}: la differenza di {difference} supera la tolleranza di 0.01.',
      en: 'Imposta is {found}, but {rate} % of {base} is {expected}: the difference of {difference} is beyond the tolerance of 0.01.',
    },
    mend: {
      it: 'Scrivere Imposta {expected}; se è l’imponibile o l’aliquota a essere sbagliato, correggere quello. Adeguare poi ImportoTotaleDocumento.',
      en: 'Write Imposta {expected}; if it is the base or the rate that is wrong, correct that. Then adapt ImportoTotaleDocumento.',
    },
    doubt: {
      reason: {
        it: 'Imposta è {found}, ma il {rate} % di {base} è {expected}: la differenza di {difference} è al limite della tolleranza, e SdI potrebbe scartare il file.',
        en: 'Imposta is {found}, but {rate} % of {base} is {expected}: the difference of {difference} is at the limit of the tolerance, and SdI may reject the file.',
      },
      mend: { it: 'Scrivere Imposta {expected}.', en: 'Write Imposta {expected}.' },
    },
    practice: {
      it: 'L’elenco del 2017 accetta solo differenze inferiori a 0.01, l’Allegato A 1.9.1 rifiuta quelle superiori: una differenza di esattamente 0.01 è un avviso. Così pure l’arrotondamento di un mezzo centesimo negativo, di cui le fonti non dicono il verso.',
      en: 'The list of 2017 takes only differences below 0.01, Allegato A 1.9.1 refuses those above: a difference of exactly 0.01 is a warning. So is the rounding of a negative half cent, whose direction the sources do not tell.',
    },
    source: APPENDIX_AND_LIST,
    run: tax,
  }),
  bodyCheck({
    code: '00422',
    severity: 'error',
    formati: ORDINARY_FORMATS,
    tolerance: '1.00',
    title: {
      it: 'Per ogni aliquota, la somma di ImponibileImporto dei riepiloghi deve essere la somma di righe (PrezzoTotale), casse previdenziali (ImportoContributoCassa) e Arrotondamento.',
      en: 'For each rate, the sum of ImponibileImporto of the summaries must be the sum of lines (PrezzoTotale), social security funds (ImportoContributoCassa) and Arrotondamento.',
    },
    reason: {
      it: 'Per l’aliquota {rate} l’imponibile dei riepiloghi è {found}, ma righe ({lines}), casse ({casse}) e arrotondamenti ({rounding}) danno {expected}: la differenza di {difference} supera 1.00 euro.',
      en: 'For the rate {rate} the base of the summaries is {found}, but lines ({lines}), funds ({casse}) and roundings ({rounding}) give {expected}: the difference of {difference} is more than 1.00 euro.',
    },
    mend: {
      it: 'Scrivere ImponibileImporto {expected} e ricalcolare Imposta, oppure correggere le righe di aliquota {rate}. Sconti e spese che valgono per tutto il documento vanno indicati come righe: SdI non li conta altrove.',
      en: 'Write ImponibileImporto {expected} and reckon Imposta anew, or correct the lines of rate {rate}. Discounts and charges of the whole document must be given as lines: SdI does not count them elsewhere.',
    },
    doubt: {
      reason: {
        it: 'Per l’aliquota {rate} l’imponibile dei riepiloghi è {found}, ma righe ({lines}), casse ({casse}) e arrotondamenti ({rounding}) danno {expected}: la differenza di {difference} euro è al limite della tolleranza, e SdI potrebbe scartare il file.',
        en: 'For the rate {rate} the base of the summaries is {found}, but lines ({lines}), funds ({casse}) and roundings ({rounding}) give {expected}: the difference of {difference} euro is at the limit of the tolerance, and SdI may reject the file.',
      },
      mend: { it: 'Scrivere ImponibileImporto {expected} e ricalcolare Imposta, oppure correggere le righe di aliquota {rate}.', en: 'Write ImponibileImporto {expected} and reckon Imposta anew, or correct the lines of rate {rate}.' },
    },
    practice: {
      it: 'L’elenco del 2017 accetta solo differenze inferiori a 1.00, l’Allegato A 1.9.1 rifiuta quelle superiori: una differenza di esattamente 1.00 è un avviso.',
      en: 'The list of 2017 takes only differences below 1.00, Allegato A 1.9.1 refuses those above: a difference of exactly 1.00 is a warning.',
    },
    source: APPENDIX_AND_LIST,
    run: base,
  }),
];
