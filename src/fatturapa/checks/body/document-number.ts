import { valueOf } from '../../document/model.js';
import type { Check } from '../types.js';
import { bodyCheck } from './body-check.js';
import { ALL_FORMATS, APPENDIX_AND_LIST } from './sources.js';

const DIGIT = /[0-9]/;

export const DOCUMENT_NUMBER: readonly Check[] = [
  bodyCheck({
    code: '00425',
    severity: 'error',
    formati: ALL_FORMATS,
    title: { it: 'Numero deve contenere almeno una cifra.', en: 'Numero must contain at least one digit.' },
    reason: { it: 'Il numero del documento "{found}" non contiene alcuna cifra.', en: 'The number of the document "{found}" contains no digit.' },
    mend: { it: 'Indicare in Numero il numero progressivo della fattura, con almeno una cifra da 0 a 9 (per esempio 12 oppure 12/A).', en: 'Give the number of the invoice in Numero, with at least one digit 0 to 9 (for example 12 or 12/A).' },
    source: APPENDIX_AND_LIST,
    run: ({ numero }, report) => {
      const value = valueOf(numero);
      if (value !== undefined && !DIGIT.test(value)) report({ at: numero });
    },
  }),
];
