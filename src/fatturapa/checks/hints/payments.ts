import { valueOf } from '../../document/model.js';
import { bodyCheck } from '../body/body-check.js';
import { ORDINARY_FORMATS } from '../body/sources.js';
import { dayNumber } from '../days.js';
import { hintFactsOf } from './facts.js';
import { isIban } from './iban.js';
import type { Check } from '../types.js';

const IBAN = bodyCheck({
  code: 'iban-check-digit',
  severity: 'hint',
  formati: ORDINARY_FORMATS,
  title: { it: 'L’IBAN deve avere lunghezza e cifre di controllo giuste', en: 'The IBAN should have the right length and check digits' },
  reason: { it: 'L’IBAN {found} è sbagliato: lunghezza o cifre di controllo non tornano, e il bonifico non partirebbe.', en: 'The IBAN {found} is wrong: length or check digits do not fit, and a transfer to it would fail.' },
  mend: { it: 'Ricopiare l’IBAN dall’estratto conto o dalla banca.', en: 'Copy the IBAN again from the bank statement or the bank.' },
  source: 'ISO 13616 (cifre di controllo modulo 97); SdI non lo controlla',
  run: (body, report) => {
    for (const { iban } of hintFactsOf(body).payments) {
      const value = valueOf(iban);
      if (value !== undefined && !isIban(value)) report({ at: iban });
    }
  },
});

const DUE_DATE = bodyCheck({
  code: 'due-before-date',
  severity: 'hint',
  formati: ORDINARY_FORMATS,
  title: { it: 'La scadenza del pagamento non dovrebbe precedere la data del documento', en: 'The due date should not precede the document’s date' },
  reason: { it: 'DataScadenzaPagamento {found} è anteriore alla Data del documento ({date}).', en: 'DataScadenzaPagamento {found} lies before the document’s Data ({date}).' },
  mend: { it: 'Correggere la scadenza, oppure toglierla se il pagamento è già avvenuto.', en: 'Mend the due date, or remove it if payment has already been made.' },
  source: 'Prassi; SdI non lo controlla',
  run: (body, report) => {
    const { payments } = hintFactsOf(body);
    if (payments.length === 0) return;
    const date = valueOf(body.data);
    const day = dayNumber(date);
    if (day === undefined) return;
    for (const { scadenza } of payments) {
      const due = dayNumber(valueOf(scadenza));
      if (due !== undefined && due < day) report({ at: scadenza, texts: { date: date ?? '' } });
    }
  },
});

export const PAYMENT_HINTS: readonly Check[] = [IBAN, DUE_DATE];
