import type { InvoiceDocument } from '../../document/model.js';
import type { Check, CheckContext, Report } from '../types.js';
import type { BodyFacts } from './body-facts.js';
import { bodyFactsOf } from './facts.js';

/** Looks at one body; `body.element` is its FatturaElettronicaBody. */
export type BodyRun = (body: BodyFacts, report: (what: Report) => void, context: CheckContext, document: InvoiceDocument) => void;

/** A check of each body of a file on its own, as SdI judges the documents of a lot: those whose TipoDocumento the check is not for are passed over. */
export function bodyCheck({ run, ...data }: Omit<Check, 'run'> & { readonly run: BodyRun }): Check {
  const tipi = data.tipiDocumento;
  return {
    ...data,
    run: (document, context, report) => {
      for (const body of bodyFactsOf(document)) if (!tipi || (body.tipo !== undefined && tipi.includes(body.tipo))) run(body, report, context, document);
    },
  };
}
