import type { Mailbox } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Meter } from '../../ui/layout.js';

/** How much of what the provider allows has been sent. */
export function Quota({ mailbox }: { mailbox: Mailbox }) {
  const { t } = useI18n();
  const words = (used: number, limit: number) => t('mailbox.quota.of', { used, limit });
  return (
    <div className="meters">
      <Meter label={t('mailbox.quota.hour')} used={mailbox.sentLastHour} limit={mailbox.quotaPerHour} words={words(mailbox.sentLastHour, mailbox.quotaPerHour)} />
      <Meter label={t('mailbox.quota.day')} used={mailbox.sentLastDay} limit={mailbox.quotaPerDay} words={words(mailbox.sentLastDay, mailbox.quotaPerDay)} />
    </div>
  );
}
