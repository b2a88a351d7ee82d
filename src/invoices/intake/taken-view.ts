import type { Finding } from '../../platform/http/problem.js';
import type { InvoiceView } from '../queries/invoice-view.js';
import type { Status } from '../../sdi/index.js';
import type { Twin } from '../queries/invoice-queries.js';
import type { IntakeResult } from './intake.js';

export type TakenView = InvoiceView & { readonly warnings: readonly Finding[] };

/** An invoice that was just taken in: as it is shown from now on, and what its sender should look at. */
export function takenView({ invoice, findings, twins }: IntakeResult): TakenView {
  return { ...invoice, warnings: [...findings, ...twins.map(sameContentWarning)] };
}

/** The same bytes came before. */
function sameContentWarning({ id, status }: Twin): Finding & { readonly invoiceId: string } {
  return { code: 'same-content', severity: 'warning', invoiceId: id, ...(status === 'rejected' || status === 'refused' ? cameToNothing : stands)(id, status) };
}

function cameToNothing(id: string, status: Status): Pick<Finding, 'message' | 'fix'> {
  return {
    message: {
      it: `Gli stessi byte sono già stati inviati come fattura ${id} (stato ${status}), che non è andata a buon fine: se il motivo era nel file, succederà di nuovo.`,
      en: `The same bytes were sent before as invoice ${id} (state ${status}), which came to nothing: if the reason lay in the file, it will happen again.`,
    },
    fix: { it: 'Controllare nella sua cronologia perché è stata scartata o rifiutata.', en: 'Look in its timeline for why it was rejected or refused.' },
  };
}

function stands(id: string, status: Status): Pick<Finding, 'message' | 'fix'> {
  return {
    message: {
      it: `Gli stessi byte sono già stati inviati come fattura ${id} (stato ${status}): SdI può scartare questa come duplicato (00404).`,
      en: `The same bytes were sent before as invoice ${id} (state ${status}): SdI may reject this one as a duplicate (00404).`,
    },
    fix: { it: 'Verificare che cosa ne è stato, e seguire quella.', en: 'See what became of it, and follow that one.' },
  };
}
