import type { Metrics } from '../../platform/index.js';
import type { ReconciliationCounts, Reconciliations } from '../ledger/reconciliations.js';

const GAUGES = [
  { name: 'corriere_folders_disagreeing', help: 'Folders whose last comparison with the server did not agree', of: 'disagreeing' },
  { name: 'corriere_messages_on_server', help: 'Messages that the servers listed, by the last comparison of each folder', of: 'onServer' },
  { name: 'corriere_messages_in_ledger', help: 'Rows of the ledger whose message was there, by the last comparison of each folder', of: 'inLedger' },
  { name: 'corriere_messages_duplicate', help: 'Rows that are copies, by the last comparison of each folder', of: 'duplicates' },
  { name: 'corriere_messages_vanished', help: 'Rows whose message left its folder', of: 'vanished' },
  { name: 'corriere_messages_taken_late', help: 'Messages that a comparison found and reading had not', of: 'takenLate' },
] as const;

/** Shows how far ledger and servers agree; returns what counts the comparisons of this process. */
export function comparisonMetrics(metrics: Metrics, reconciliations: Reconciliations): (outcome: ReconciliationCounts) => void {
  const compared = metrics.counter({ name: 'corriere_reconciliations_total', help: 'Whole comparisons of a folder with its ledger' }, 'outcome');
  for (const { of, ...text } of GAUGES) metrics.observe(text, async () => (await reconciliations.totals())[of]);
  return ({ agrees }) => compared.inc({ outcome: agrees ? 'agrees' : 'disagrees' });
}
