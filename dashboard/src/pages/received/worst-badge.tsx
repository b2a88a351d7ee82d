import type { ReceivedInvoice } from '../../api/received.js';
import { useI18n } from '../../i18n/i18n.js';
import { Badge } from '../../ui/badge.js';

/** How grave what was found is, in a word. A hint is no trouble. */
export function WorstBadge({ worst }: { worst: ReceivedInvoice['worstFinding'] }) {
  const { t } = useI18n();
  if (worst === 'error') return <Badge tone="bad">{t('received.worst.error')}</Badge>;
  if (worst === 'warning') return <Badge tone="wait">{t('received.worst.warning')}</Badge>;
  return <Badge tone="good">{t('received.worst.fine')}</Badge>;
}
