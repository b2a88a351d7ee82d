import type { Mailbox, Message } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { ExactTime } from '../../ui/time.js';

/** The held messages, newest first: what each seems to be, why it is held, when it came. */
export function HeldTable({ items, mailboxes, onOpen }: { items: readonly Message[]; mailboxes: readonly Mailbox[]; onOpen: (messageId: string) => void }) {
  const { t, text } = useI18n();
  const addresses = new Map(mailboxes.map(({ id, address }) => [id, address]));
  return (
    <div className="table-frame">
      <table className="table message-table held-table">
        <caption className="visually-hidden">{t('quarantine.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('messages.column.subject')}</th>
            <th scope="col">{t('message.reason')}</th>
            <th scope="col" className="end">
              {t('messages.column.date')}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((message) => (
            <tr className="row" key={message.id}>
              <td className="cell-subject">
                <button type="button" className="row-link" onClick={() => onOpen(message.id)}>
                  {message.subject || t('messages.noSubject')}
                </button>
                <span className="second break">{[message.from, mailboxes.length > 1 ? addresses.get(message.mailboxId) : undefined].filter(Boolean).join(' → ')}</span>
              </td>
              <td className="cell-reason">
                {message.reasonText ? text(message.reasonText) : message.reason}
                {message.trust && message.trust.reasons.length > 0 && <span className="second">{message.trust.reasons.map((reason) => (typeof reason.text === 'string' ? reason.text : text(reason.text))).join('; ')}</span>}
              </td>
              <td className="cell-since end">
                <ExactTime at={message.internalDate ?? message.fetchedAt} style="short" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
