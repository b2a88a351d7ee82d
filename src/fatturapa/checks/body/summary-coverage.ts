import { firstDayOf } from '../rule-versions.js';
import type { Check } from '../types.js';
import { type BodyRun, bodyCheck } from './body-check.js';
import type { BodyFacts } from './body-facts.js';
import { type RateGroup, ratesOf } from './groups.js';
import { APPENDIX, APPENDIX_AND_LIST, ORDINARY_FORMATS } from './sources.js';
import { listed, rateText } from './values.js';

const isUsed = ({ firstUse }: RateGroup): boolean => firstUse !== undefined;
const texts = (groups: readonly RateGroup[]) => listed(groups.map(({ rate }) => rateText(rate)));

const enoughSummaries: BodyRun = (body, report) => {
  const { groups } = ratesOf(body);
  // As many blocks as there are rates: without this look, every body would make lists of its rates.
  if (!body.beniServizi || groups.size <= body.summaries.length) return;
  const used = [...groups.values()].filter(isUsed);
  if (used.length <= body.summaries.length) return;
  const missing = used.filter(({ summaries }) => summaries.length === 0);
  report({ at: body.beniServizi, missing: 'DatiRiepilogo', texts: { rates: texts(used), count: String(used.length), blocks: String(body.summaries.length), missing: texts(missing) } });
};

const everyRate: BodyRun = (body, report) => {
  const { groups, summariesKnown } = ratesOf(body);
  if (!summariesKnown) return;
  for (const { rate, firstUse, summaries } of groups.values()) {
    if (firstUse && summaries.length === 0) report({ at: firstUse.aliquota, texts: { rate: rateText(rate) } });
  }
};

function summaryNaturas({ summaries }: BodyFacts): ReadonlySet<string> | undefined {
  const naturas = new Set<string>();
  for (const { natura } of summaries) {
    if (natura && !natura.valid) return undefined;
    if (natura) naturas.add(natura.value);
  }
  return naturas;
}

const everyNatura: BodyRun = (body, report) => {
  let known: Set<string> | undefined;
  for (const list of [body.casse, body.lines]) {
    for (const { natura } of list) {
      if (!natura?.valid) continue;
      if (!known) {
        const naturas = summaryNaturas(body);
        if (!naturas) return;
        known = new Set(naturas);
      }
      if (known.has(natura.value)) continue;
      // Said once, at its first use.
      known.add(natura.value);
      report({ at: natura });
    }
  }
};

export const SUMMARY_COVERAGE: readonly Check[] = [
  bodyCheck({
    code: '00419',
    severity: 'error',
    formati: ORDINARY_FORMATS,
    title: { it: 'I blocchi DatiRiepilogo non possono essere meno delle aliquote usate da righe e casse previdenziali.', en: 'There must not be fewer DatiRiepilogo blocks than rates used by lines and social security funds.' },
    reason: { it: 'Righe e casse previdenziali usano {count} aliquote ({rates}), ma i blocchi DatiRiepilogo sono {blocks}.', en: 'Lines and social security funds use {count} rates ({rates}), but there are {blocks} DatiRiepilogo blocks.' },
    mend: {
      it: 'Aggiungere un blocco DatiRiepilogo, con ImponibileImporto e Imposta, per ogni aliquota che non ne ha: {missing}.',
      en: 'Add a DatiRiepilogo block, with ImponibileImporto and Imposta, for every rate that has none: {missing}.',
    },
    source: APPENDIX_AND_LIST,
    run: enoughSummaries,
  }),
  bodyCheck({
    code: '00443',
    severity: 'error',
    formati: ORDINARY_FORMATS,
    since: firstDayOf('1.6'),
    title: { it: 'Ogni aliquota di righe e casse previdenziali deve comparire in DatiRiepilogo.', en: 'Every rate of lines and social security funds must occur in DatiRiepilogo.' },
    reason: { it: 'L’aliquota {rate}, usata qui, non compare in alcun blocco DatiRiepilogo.', en: 'The rate {rate}, used here, occurs in no DatiRiepilogo block.' },
    mend: {
      it: 'Aggiungere un blocco DatiRiepilogo con AliquotaIVA {rate}, ImponibileImporto e Imposta; oppure correggere l’aliquota indicata qui.',
      en: 'Add a DatiRiepilogo block with AliquotaIVA {rate}, ImponibileImporto and Imposta; or correct the rate given here.',
    },
    source: `${APPENDIX} (dalla versione 1.6)`,
    run: everyRate,
  }),
  bodyCheck({
    code: '00444',
    severity: 'error',
    formati: ORDINARY_FORMATS,
    since: firstDayOf('1.6'),
    title: { it: 'Ogni Natura di righe e casse previdenziali deve comparire in DatiRiepilogo.', en: 'Every Natura of lines and social security funds must occur in DatiRiepilogo.' },
    reason: { it: 'Natura {found}, usata qui, non compare in alcun blocco DatiRiepilogo.', en: 'Natura {found}, used here, occurs in no DatiRiepilogo block.' },
    mend: {
      it: 'Aggiungere un blocco DatiRiepilogo con AliquotaIVA 0.00, Natura {found} e il totale delle righe con questa Natura; oppure usare lo stesso codice di Natura nelle righe e nel riepilogo.',
      en: 'Add a DatiRiepilogo block with AliquotaIVA 0.00, Natura {found} and the total of the lines of this Natura; or use the same Natura code in lines and summary.',
    },
    source: `${APPENDIX} (dalla versione 1.6)`,
    run: everyNatura,
  }),
];
