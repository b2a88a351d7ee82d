import { splitSpan } from '../format/time.js';
import { useI18n } from '../i18n/i18n.js';
import { Icon } from '../ui/icon.js';
import { useClockAhead } from '../ui/time.js';

const WORTH_SAYING_MS = 60_000;

/** While the sandbox's clock is ahead, instants of evidence lie in what is the future elsewhere: every page says so. */
export function ClockBanner() {
  const { t } = useI18n();
  const ahead = useClockAhead();
  if (ahead < WORTH_SAYING_MS) return null;
  const { unit, n } = splitSpan(ahead);
  return (
    <p className="banner banner-small">
      <Icon name="clock" />
      {t('sandbox.clock.banner', { span: t(`sandbox.clock.${unit}`, { n }) })}
    </p>
  );
}
