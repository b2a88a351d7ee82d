import type { Text } from '../../schema/types.js';
import type { Check } from '../types.js';
import { type BodyRun, bodyCheck } from './body-check.js';
import type { BodyFacts, Cassa, Line } from './body-facts.js';
import { APPENDIX_AND_LIST, ORDINARY_FORMATS } from './sources.js';

const MEND: Text = {
  it: 'Aggiungere DatiRitenuta in DatiGeneraliDocumento, con TipoRitenuta, ImportoRitenuta, AliquotaRitenuta e CausalePagamento; se non c’è ritenuta d’acconto, togliere gli elementi Ritenuta.',
  en: 'Add DatiRitenuta in DatiGeneraliDocumento, with TipoRitenuta, ImportoRitenuta, AliquotaRitenuta and CausalePagamento; if no tax is withheld, remove the Ritenuta elements.',
};

/** Said once, where DatiRitenuta should be. */
const needsDatiRitenuta =
  (listOf: (body: BodyFacts) => readonly (Line | Cassa)[]): BodyRun =>
  (body, report) => {
    if (body.ritenute.length > 0 || !body.documento) return;
    const first = listOf(body).find(({ ritenuta }) => ritenuta?.value === 'SI');
    if (first) report({ at: body.documento, missing: 'DatiRitenuta', texts: { place: String(first.element.index) } });
  };

export const WITHHOLDING: readonly Check[] = [
  bodyCheck({
    code: '00411',
    severity: 'error',
    formati: ORDINARY_FORMATS,
    title: { it: 'Se una riga ha Ritenuta SI, il documento deve avere DatiRitenuta.', en: 'If a line has Ritenuta SI, the document must have DatiRitenuta.' },
    reason: { it: 'La riga n. {place} ha Ritenuta SI, ma il documento non ha il blocco DatiRitenuta.', en: 'Line no. {place} has Ritenuta SI, but the document has no DatiRitenuta.' },
    mend: MEND,
    source: APPENDIX_AND_LIST,
    run: needsDatiRitenuta(({ lines }) => lines),
  }),
  bodyCheck({
    code: '00415',
    severity: 'error',
    formati: ORDINARY_FORMATS,
    title: { it: 'Se una cassa previdenziale ha Ritenuta SI, il documento deve avere DatiRitenuta.', en: 'If a DatiCassaPrevidenziale has Ritenuta SI, the document must have DatiRitenuta.' },
    reason: { it: 'Il blocco DatiCassaPrevidenziale n. {place} ha Ritenuta SI, ma il documento non ha il blocco DatiRitenuta.', en: 'DatiCassaPrevidenziale no. {place} has Ritenuta SI, but the document has no DatiRitenuta.' },
    mend: MEND,
    source: APPENDIX_AND_LIST,
    run: needsDatiRitenuta(({ casse }) => casse),
  }),
];
