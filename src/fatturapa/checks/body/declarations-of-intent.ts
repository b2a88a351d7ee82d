import { child } from '../../document/model.js';
import { firstDayOf } from '../rule-versions.js';
import type { Check } from '../types.js';
import { type BodyRun, bodyCheck } from './body-check.js';
import { APPENDIX, ORDINARY_FORMATS } from './sources.js';
import { lineNumber } from './values.js';

/** Protocol of the declaration (17 digits), - or /, its progressive (6 digits). */
const PROTOCOL = /^[0-9]{17}[-/][0-9]{6}$/;

const intent: BodyRun = (body, report) => {
  for (const line of body.lines) {
    for (const block of line.altriDati) {
      if (child(block, 'TipoDato')?.value !== 'INTENTO') continue;
      const text = child(block, 'RiferimentoTesto');
      const texts = { line: lineNumber(line) };
      if (!text) report({ at: block, missing: 'RiferimentoTesto', texts: { ...texts, fault: { it: 'manca RiferimentoTesto, il protocollo della dichiarazione', en: 'RiferimentoTesto, the protocol of the declaration, is missing' } } });
      else if (text.valid && !PROTOCOL.test(text.value)) report({ at: text, texts: { ...texts, fault: { it: `il protocollo "${text.value}" non ha la forma richiesta`, en: `the protocol "${text.value}" has not the form asked for` } } });
      if (!child(block, 'RiferimentoData')) report({ at: block, missing: 'RiferimentoData', texts: { ...texts, fault: { it: 'manca RiferimentoData, la data della ricevuta telematica', en: 'RiferimentoData, the date of the telematic receipt, is missing' } } });
    }
  }
};

export const DECLARATIONS_OF_INTENT: readonly Check[] = [
  bodyCheck({
    code: '00477',
    severity: 'warning',
    formati: ORDINARY_FORMATS,
    since: firstDayOf('1.8'),
    title: {
      it: 'Il blocco INTENTO deve citare il protocollo della dichiarazione d’intento e la data della ricevuta.',
      en: 'The INTENTO block must quote the protocol of the declaration of intent and the date of its receipt.',
    },
    reason: { it: 'Riga {line}, dichiarazione d’intento (blocco INTENTO): {fault}.', en: 'Line {line}, declaration of intent (block INTENTO): {fault}.' },
    mend: {
      it: 'In AltriDatiGestionali con TipoDato INTENTO indicare RiferimentoTesto (17 cifre di protocollo, - oppure /, 6 cifre di progressivo) e RiferimentoData (data della ricevuta telematica).',
      en: 'In AltriDatiGestionali with TipoDato INTENTO give RiferimentoTesto (17 digits of protocol, - or /, 6 digits of progressive) and RiferimentoData (date of the telematic receipt).',
    },
    practice: {
      it: 'SdI verifica che la dichiarazione non sia stata invalidata, e questo si sa solo all’Agenzia delle Entrate: qui si controlla la forma. Se il controllo valga anche per FPA12 non è certo.',
      en: 'SdI verifies that the declaration was not invalidated, which only the tax agency knows: the shape is checked here. Whether the check is made on FPA12 too is not certain.',
    },
    source: `${APPENDIX} (dalla versione 1.8)`,
    run: intent,
  }),
];
