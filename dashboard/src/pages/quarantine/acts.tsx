import { Link } from 'react-router';
import type { MessageDetail } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import type { MessageKey } from '../../i18n/messages.js';
import { Icon } from '../../ui/icon.js';
import { ExactTime } from '../../ui/time.js';

/** What persons did with the message, newest first: who, when, why, and what came of it. */
export function Acts({ message: { acts, claims } }: { message: MessageDetail }) {
  const { t, text } = useI18n();
  const titleOf = (type: string) => text(claims.find((claim) => claim.type === type)?.title) || type;
  const doubtOf = (doubt: string) => t(`word.doubts.${doubt}` as Extract<MessageKey, `word.doubts.${string}`>);
  if (acts.length === 0) return null;
  return (
    <section>
      <h3>{t('message.acts')}</h3>
      <ol className="acts">
        {acts.map((act, index) => (
          <li key={index} className="act">
            <p className="act-head">
              <Icon name="user" />
              <strong>{t(`message.act.${act.act}`)}</strong>
              <span>{act.by}</span>
              <span className="faint">
                <ExactTime at={act.at} style="short" />
              </span>
            </p>
            {act.note && <blockquote className="act-note break">{act.note}</blockquote>}
            {act.states.length > 0 && <p>{t('message.act.vouched', { events: act.states.map(titleOf).join(', ') })}</p>}
            {act.doubts.length > 0 && <p>{t('message.act.doubts', { doubts: act.doubts.map(doubtOf).join('; ') })}</p>}
            <p className="faint">
              {t(`disposition.${act.before.disposition}`)} → {t(`disposition.${act.after.disposition}`)}
              {act.after.reasonText && act.after.reason !== act.before.reason && <>: {text(act.after.reasonText)}</>}
            </p>
            {act.invoiceId && <Link to={`/invoices/${act.invoiceId}`}>{t('message.openInvoice')}</Link>}
          </li>
        ))}
      </ol>
    </section>
  );
}
