import type { Timeline } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Badge } from '../../ui/badge.js';

/** Whether the timeline is as it was written. */
export function ChainLine({ chain }: { chain: NonNullable<Timeline['chain']> }) {
  const { t } = useI18n();
  return chain.ok ? (
    <p className="faint card-note">{t('invoice.chain.ok')}</p>
  ) : (
    <p role="alert">
      <Badge tone="bad">{t('invoice.chain.broken')}</Badge> {t('invoice.chain.broken.body', { n: chain.brokenAt ?? '?' })}
    </p>
  );
}
