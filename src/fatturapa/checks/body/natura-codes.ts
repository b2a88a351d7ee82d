import { valueOf } from '../../document/model.js';
import { dayNumber } from '../days.js';
import type { Check } from '../types.js';
import { type BodyRun, bodyCheck } from './body-check.js';
import type { Taxed } from './body-facts.js';
import { ALL_FORMATS, APPENDIX, APPENDIX_AND_LIST, ORDINARY_FORMATS } from './sources.js';

/** Generic codes, with the sub-codes that took their place in version 1.2.1 of the format. */
const SUB_CODES: Readonly<Record<string, string>> = { N2: 'N2.1, N2.2', N3: 'N3.1 - N3.6', N6: 'N6.1 - N6.9' };
const FIRST_OBLIGED_DATE = 20_210_101;

const generic: BodyRun = (body, report) => {
  const isOld = (): boolean => (dayNumber(valueOf(body.data)) ?? FIRST_OBLIGED_DATE) < FIRST_OBLIGED_DATE;
  let doubtful: boolean | undefined;
  for (const list of [body.casse, body.lines, body.summaries, body.goods] as readonly (readonly Taxed[])[]) {
    for (const { natura } of list) {
      const subCodes = natura && SUB_CODES[natura.value];
      if (!subCodes) continue;
      doubtful ??= isOld();
      report({ at: natura, doubtful, texts: { subCodes, date: valueOf(body.data) ?? '' } });
    }
  }
};

const splitPayment: BodyRun = (body, report) => {
  for (const { natura, esigibilita } of body.summaries) {
    if (esigibilita?.value === 'S' && natura?.valid && /^N6(\.|$)/.test(natura.value)) report({ at: esigibilita, texts: { natura: natura.value } });
  }
};

export const NATURA_CODES: readonly Check[] = [
  bodyCheck({
    code: '00420',
    severity: 'error',
    formati: ORDINARY_FORMATS,
    title: { it: 'Un riepilogo con Natura N6 (inversione contabile) non può avere EsigibilitaIVA S.', en: 'A DatiRiepilogo with Natura N6 (reverse charge) must not have EsigibilitaIVA S.' },
    reason: {
      it: 'Il riepilogo ha Natura {natura} (inversione contabile) ed EsigibilitaIVA S (scissione dei pagamenti): sono incompatibili.',
      en: 'The summary has Natura {natura} (reverse charge) and EsigibilitaIVA S (split payment): they exclude each other.',
    },
    mend: {
      it: 'Con l’inversione contabile scrivere EsigibilitaIVA I, oppure togliere l’elemento; se l’operazione è in scissione dei pagamenti, togliere Natura e indicare aliquota e imposta.',
      en: 'With reverse charge write EsigibilitaIVA I, or remove the element; if the operation is under split payment, remove Natura and give rate and tax.',
    },
    source: APPENDIX_AND_LIST,
    run: splitPayment,
  }),
  bodyCheck({
    code: '00445',
    severity: 'error',
    formati: ALL_FORMATS,
    since: '2021-01-01',
    title: { it: 'I codici generici di Natura N2, N3 e N6 non sono più ammessi.', en: 'The generic Natura codes N2, N3 and N6 are no longer admitted.' },
    reason: { it: 'Natura {found} è un codice generico, non più ammesso dal 1° gennaio 2021.', en: 'Natura {found} is a generic code, not admitted since 1 January 2021.' },
    mend: { it: 'Sostituire {found} con il codice di dettaglio dell’operazione ({subCodes}), nello stesso modo in righe, casse e riepiloghi.', en: 'Replace {found} by the detailed code of the operation ({subCodes}), alike in lines, funds and summaries.' },
    doubt: {
      reason: {
        it: 'Natura {found} è un codice generico, non più ammesso dal 1° gennaio 2021. Il documento è del {date}: non è certo che SdI faccia eccezione per le date precedenti.',
        en: 'Natura {found} is a generic code, not admitted since 1 January 2021. The document is of {date}: whether SdI exempts earlier dates is not certain.',
      },
      mend: { it: 'Sostituire {found} con il codice di dettaglio dell’operazione ({subCodes}): è accettato in ogni caso.', en: 'Replace {found} by the detailed code of the operation ({subCodes}): it is accepted in any case.' },
    },
    practice: {
      it: 'Le fonti non dicono se i documenti con data anteriore al 2021 siano esentati: per questi è un avviso.',
      en: 'The sources do not say whether documents dated before 2021 are exempt: for those it is a warning.',
    },
    source: `${APPENDIX} (dalla versione 1.6, applicato dal 1° gennaio 2021)`,
    run: generic,
  }),
];
