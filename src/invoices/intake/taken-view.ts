import type { Finding } from '../../platform/http/problem.js';
import type { InvoiceView } from '../queries/invoice-view.js';
import type { IntakeResult } from './intake.js';

/** An invoice that was just taken in: as it is shown from now on, and what its sender should look at. */
export function takenView({ invoice, findings, twins }: IntakeResult): InvoiceView {
  return { ...invoice, warnings: [...findings, ...twins.map(sameContentWarning)] };
}

/** The same bytes came before, and the numbers are free again: that invoice was rejected or refused. */
function sameContentWarning(invoiceId: string): Finding & { readonly invoiceId: string } {
  return {
    code: 'same-content',
    severity: 'warning',
    invoiceId,
    message: {
      it: `Gli stessi byte sono già stati inviati come fattura ${invoiceId}, che non è andata a buon fine: se il motivo era nel file, succederà di nuovo.`,
      en: `The same bytes were sent before as invoice ${invoiceId}, which came to nothing: if the reason lay in the file, it will happen again.`,
    },
    fix: { it: 'Controllare nella sua cronologia perché è stata scartata o rifiutata.', en: 'Look in its timeline for why it was rejected or refused.' },
  };
}
