import { isZero } from '../../decimal/index.js';
import { type Element, xpathOf } from '../../document/model.js';
import type { Text } from '../../schema/types.js';
import type { Report } from '../types.js';
import { type BodyRun, bodyCheck } from './body-check.js';
import type { BodyFacts, Goods, Line, Taxed } from './body-facts.js';
import { APPENDIX_AND_LIST, ORDINARY_FORMATS, SIMPLIFIED_FORMAT } from './sources.js';
import { amountOf, lineNumber, onlyNaturaOf } from './values.js';
import { baseAgrees } from './witnesses.js';

const CODES: Text = {
  it: 'Indicare Natura con il codice del motivo per cui l’IVA non è applicata (N1 escluse, N2.x non soggette, N3.x non imponibili, N4 esenti, N5 regime del margine, N6.x inversione contabile, N7 IVA in altro stato UE){suggestion}; se invece l’IVA è dovuta, scrivere l’aliquota al posto di 0.00.',
  en: 'Give Natura with the code of why no VAT is charged (N1 excluded, N2.x not subject, N3.x not taxable, N4 exempt, N5 margin scheme, N6.x reverse charge, N7 VAT in another EU state){suggestion}; if VAT is due after all, write the rate in place of 0.00.',
};

const suggestion = (natura: string | undefined): string | Text => (natura === undefined ? '' : { it: `: nel resto del documento è sempre ${natura}`, en: `: in the rest of the document it is always ${natura}` });

/** A rate of zero that is a mistyped rate lacks no Natura: it shows in a base or a tax that is none of rate zero. */
const rateIsZero = (body: BodyFacts, { imposta }: { readonly imposta?: Element | undefined }): boolean => {
  const tax = amountOf(imposta);
  return (!imposta || (tax !== undefined && isZero(tax))) && (body.goods.length > 0 || baseAgrees(body, 0));
};

/** Reports what has rate zero and no Natura. */
function reportMissing<T extends Taxed & { readonly imposta?: Element | undefined }>(body: BodyFacts, list: readonly T[], report: (what: Report) => void, textsOf: (one: T) => Readonly<Record<string, string>>): void {
  let known: { readonly natura: string | undefined } | undefined;
  const only = (): string | undefined => (known ??= { natura: onlyNaturaOf(body) }).natura;
  for (const one of list) {
    if (one.rate !== 0 || one.natura) continue;
    report({
      at: one.element,
      missing: 'Natura',
      texts: () => ({ ...textsOf(one), suggestion: suggestion(only()) }),
      patch: () => {
        const natura = only();
        return natura === undefined || !rateIsZero(body, one) ? undefined : [{ op: 'add', path: `${xpathOf(one.element)}/Natura`, value: natura }];
      },
    });
  }
}

const byLine = (line: Line): Readonly<Record<string, string>> => ({ line: lineNumber(line) });
const byPlace = ({ element }: Taxed): Readonly<Record<string, string>> => ({ place: String(element.index) });

const simplified: BodyRun = (body, report) => {
  reportMissing(body, body.goods, report, byPlace);
  for (const one of body.goods) if (isUntaxed(one)) report({ at: one.element, missing: 'Natura', doubtful: true, texts: { ...byPlace(one), suggestion: '' } });
};

/** No rate, a tax of zero and no Natura: no source says what SdI makes of it. */
function isUntaxed({ aliquota, imposta, natura }: Goods): boolean {
  const tax = aliquota || natura ? undefined : amountOf(imposta);
  return tax !== undefined && isZero(tax);
}

export const NATURA_MISSING = [
  bodyCheck({
    code: '00400',
    severity: 'error',
    formati: ORDINARY_FORMATS,
    title: { it: 'Una riga con AliquotaIVA 0.00 deve avere Natura.', en: 'A line with AliquotaIVA 0.00 must have Natura.' },
    reason: { it: 'La riga {line} ha AliquotaIVA 0.00 ma non ha Natura.', en: 'Line {line} has AliquotaIVA 0.00 but no Natura.' },
    mend: CODES,
    source: APPENDIX_AND_LIST,
    run: (body, report) => reportMissing(body, body.lines, report, byLine),
  }),
  bodyCheck({
    code: '00400',
    severity: 'error',
    formati: SIMPLIFIED_FORMAT,
    title: { it: 'Nella fattura semplificata, beni e servizi con Aliquota 0.00 devono avere Natura.', en: 'In a simplified invoice, goods and services with Aliquota 0.00 must have Natura.' },
    reason: { it: 'Il blocco DatiBeniServizi n. {place} ha Aliquota 0.00 ma non ha Natura.', en: 'DatiBeniServizi no. {place} has Aliquota 0.00 but no Natura.' },
    mend: CODES,
    doubt: {
      reason: { it: 'Il blocco DatiBeniServizi n. {place} non ha Aliquota, ha Imposta 0.00 e non ha Natura: SdI potrebbe scartarlo.', en: 'DatiBeniServizi no. {place} has no Aliquota, an Imposta of 0.00 and no Natura: SdI may reject it.' },
      mend: {
        it: 'Indicare Natura con il codice del motivo per cui l’IVA non è applicata; se invece l’IVA è dovuta, indicare l’Imposta o l’Aliquota.',
        en: 'Give Natura with the code of why no VAT is charged; if VAT is due after all, give Imposta or Aliquota.',
      },
    },
    practice: {
      it: 'Il testo parla solo di Aliquota pari a zero. Quando Aliquota manca e Imposta è zero le fonti non dicono se SdI scarta: è un avviso.',
      en: 'The text speaks of an Aliquota of zero only. Where Aliquota is missing and Imposta is zero the sources do not say whether SdI rejects: it is a warning.',
    },
    source: APPENDIX_AND_LIST,
    run: simplified,
  }),
  bodyCheck({
    code: '00413',
    severity: 'error',
    formati: ORDINARY_FORMATS,
    title: { it: 'Una cassa previdenziale con AliquotaIVA 0.00 deve avere Natura.', en: 'A DatiCassaPrevidenziale with AliquotaIVA 0.00 must have Natura.' },
    reason: { it: 'Il blocco DatiCassaPrevidenziale n. {place} ha AliquotaIVA 0.00 ma non ha Natura.', en: 'DatiCassaPrevidenziale no. {place} has AliquotaIVA 0.00 but no Natura.' },
    mend: CODES,
    source: APPENDIX_AND_LIST,
    run: (body, report) => reportMissing(body, body.casse, report, byPlace),
  }),
  bodyCheck({
    code: '00429',
    severity: 'error',
    formati: ORDINARY_FORMATS,
    title: { it: 'Un riepilogo con AliquotaIVA 0.00 deve avere Natura.', en: 'A DatiRiepilogo with AliquotaIVA 0.00 must have Natura.' },
    reason: { it: 'Il blocco DatiRiepilogo n. {place} ha AliquotaIVA 0.00 ma non ha Natura.', en: 'DatiRiepilogo no. {place} has AliquotaIVA 0.00 but no Natura.' },
    mend: CODES,
    source: APPENDIX_AND_LIST,
    run: (body, report) => reportMissing(body, body.summaries, report, byPlace),
  }),
];
