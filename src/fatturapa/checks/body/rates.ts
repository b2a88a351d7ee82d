import { xpathOf } from '../../document/model.js';
import { firstDayOf } from '../rule-versions.js';
import type { Check } from '../types.js';
import { type BodyRun, bodyCheck } from './body-check.js';
import type { BodyFacts, Taxed } from './body-facts.js';
import { ALL_FORMATS, APPENDIX, APPENDIX_AND_LIST, ORDINARY_FORMATS } from './sources.js';
import { lineNumber, rateText } from './values.js';

const ONE_PERCENT = 100;

/** In hundredths: the rates in force. */
const IN_FORCE: readonly number[] = [400, 500, 1000, 2200];

const listsOf = (body: BodyFacts): readonly (readonly Taxed[])[] => [body.casse, body.lines, body.summaries, body.goods];

/** The rate that a fraction can only mean: one in force, or one that the document has elsewhere. What has a Natura may be a mistyped zero. */
function meant(body: BodyFacts, { rate = 0, natura }: Taxed): number | undefined {
  if (natura) return undefined;
  const percentage = rate * 100;
  return IN_FORCE.includes(percentage) || listsOf(body).some((list) => list.some((one) => one.rate === percentage)) ? percentage : undefined;
}

const isPercentage: BodyRun = (body, report) => {
  for (const list of listsOf(body)) {
    for (const one of list) {
      const { rate, aliquota } = one;
      if (rate === undefined || rate === 0 || rate >= ONE_PERCENT || !aliquota) continue;
      report({
        at: aliquota,
        texts: () => {
          const right = meant(body, one);
          const rates = IN_FORCE.map(rateText);
          return { percentage: right === undefined ? { it: `le aliquote in vigore sono ${rates.join(', ')} (0.00 se l’IVA non è dovuta)`, en: `the rates in force are ${rates.join(', ')} (0.00 where no VAT is due)` } : rateText(right) };
        },
        patch: () => {
          const right = meant(body, one);
          return right === undefined ? undefined : [{ op: 'replace', path: xpathOf(aliquota), value: rateText(right) }];
        },
      });
    }
  }
};

const noZeroRate: BodyRun = (body, report) => {
  for (const line of body.lines) if (line.rate === 0) report({ at: line.aliquota, texts: () => ({ line: lineNumber(line) }) });
};

export const RATES: readonly Check[] = [
  bodyCheck({
    code: '00424',
    severity: 'error',
    formati: ALL_FORMATS,
    title: { it: 'Un’aliquota diversa da zero è una percentuale: almeno 1.00 (il 10 per cento è 10.00, e non 0.10).', en: 'A rate other than zero is a percentage: at least 1.00 (10 per cent is 10.00, not 0.10).' },
    reason: { it: 'L’aliquota {found} è inferiore a 1.00: è scritta come frazione, e non in percentuale.', en: 'The rate {found} is below 1.00: it is written as a fraction, not in per cent.' },
    mend: { it: 'Scrivere l’aliquota in percentuale: {percentage}.', en: 'Write the rate in per cent: {percentage}.' },
    source: APPENDIX_AND_LIST,
    run: isPercentage,
  }),
  bodyCheck({
    code: '00474',
    severity: 'error',
    formati: ORDINARY_FORMATS,
    tipiDocumento: ['TD21'],
    since: firstDayOf('1.6'),
    title: { it: 'Un’autofattura per splafonamento (TD21) non può avere righe con aliquota zero.', en: 'A self-invoice for exceeding the plafond (TD21) must have no line with rate zero.' },
    reason: { it: 'La riga {line} ha AliquotaIVA {found}, ma il documento è un’autofattura per splafonamento (TD21).', en: 'Line {line} has AliquotaIVA {found}, but the document is a self-invoice for exceeding the plafond (TD21).' },
    mend: {
      it: 'Indicare l’aliquota dell’operazione e togliere Natura; se il documento non è un’autofattura per splafonamento, correggere TipoDocumento.',
      en: 'Give the rate of the operation and remove Natura; if the document is no self-invoice for exceeding the plafond, correct TipoDocumento.',
    },
    source: `${APPENDIX} (dalla versione 1.6)`,
    run: noZeroRate,
  }),
];
