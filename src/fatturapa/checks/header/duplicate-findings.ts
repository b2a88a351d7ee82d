import type { InvoiceDocument } from '../../document/model.js';
import type { FatturapaFinding } from '../../types.js';
import { checksRunner } from '../runner.js';
import { type DocumentClash, type RegisterContext, SENT_BEFORE } from './duplicates.js';

const run = checksRunner([SENT_BEFORE]);

/**
 * The findings 00404 of the clashes that a register of sent documents gave for `documentKeys`: an error for each `same`, a warning for each `near`.
 * @example duplicateFindings(document, [{ position: 1, kind: 'same', earlier: { fileName: 'IT09876543217_0000A.xml' } }])
 */
export function duplicateFindings(document: InvoiceDocument, clashes: readonly DocumentClash[], at: Date = new Date()): FatturapaFinding[] {
  const context: RegisterContext = { at, clashes };
  return run(document, context);
}
