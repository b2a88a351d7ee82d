import { Link, useNavigate } from 'react-router';
import { useI18n } from '../../i18n/i18n.js';
import { Icon } from '../../ui/icon.js';
import { PageHead } from '../../ui/layout.js';
import { MailboxForm } from './mailbox-form.js';

export function NewMailboxPage() {
  const { t } = useI18n();
  const navigate = useNavigate();
  return (
    <>
      <PageHead
        above={
          <Link className="back" to="/mailboxes">
            <Icon name="back" />
            {t('mailboxes.title')}
          </Link>
        }
        title={t('mailbox.new.title')}
        tab={t('mailbox.new.title')}
      />
      <div className="card narrow">
        <MailboxForm onDone={(mailbox) => void navigate(`/mailboxes/${mailbox.id}`)} />
      </div>
    </>
  );
}
