import { type Element, child } from '../../document/model.js';
import type { Text } from '../../schema/types.js';
import type { Check, Report } from '../types.js';
import { bodyCheck } from './body-check.js';
import { APPENDIX_AND_LIST, ORDINARY_FORMATS } from './sources.js';
import { lineNumber } from './values.js';

const MEND: Text = {
  it: 'Indicare Percentuale oppure Importo nel blocco ScontoMaggiorazione, o togliere il blocco se non c’è sconto né maggiorazione.',
  en: 'Give Percentuale or Importo in the ScontoMaggiorazione block, or remove the block if there is neither discount nor surcharge.',
};

function reportEmpty(blocks: readonly Element[], report: (what: Report) => void, line = ''): void {
  for (const block of blocks) if (!child(block, 'Percentuale') && !child(block, 'Importo')) report({ at: block, texts: { line } });
}

export const DISCOUNT_BLOCKS: readonly Check[] = [
  bodyCheck({
    code: '00437',
    severity: 'error',
    formati: ORDINARY_FORMATS,
    title: { it: 'Uno ScontoMaggiorazione del documento deve avere Percentuale o Importo.', en: 'A ScontoMaggiorazione of the document must have Percentuale or Importo.' },
    reason: { it: 'Lo ScontoMaggiorazione del documento non ha né Percentuale né Importo.', en: 'The ScontoMaggiorazione of the document has neither Percentuale nor Importo.' },
    mend: MEND,
    source: APPENDIX_AND_LIST,
    run: ({ sconti }, report) => reportEmpty(sconti, report),
  }),
  bodyCheck({
    code: '00438',
    severity: 'error',
    formati: ORDINARY_FORMATS,
    title: { it: 'Uno ScontoMaggiorazione di una riga deve avere Percentuale o Importo.', en: 'A ScontoMaggiorazione of a line must have Percentuale or Importo.' },
    reason: { it: 'Uno ScontoMaggiorazione della riga {line} non ha né Percentuale né Importo.', en: 'A ScontoMaggiorazione of line {line} has neither Percentuale nor Importo.' },
    mend: MEND,
    source: APPENDIX_AND_LIST,
    run: ({ lines }, report) => {
      for (const line of lines) if (line.sconti.length > 0) reportEmpty(line.sconti, report, lineNumber(line));
    },
  }),
];
