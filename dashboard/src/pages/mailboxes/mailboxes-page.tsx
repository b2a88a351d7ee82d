import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { Mailbox } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { HealthBadge, Tag } from '../../ui/badge.js';
import { LinkButton } from '../../ui/button.js';
import { EmptyState, PageHead, Skeleton } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { When } from '../../ui/time.js';
import { Quota } from './quota.js';

/** How often health is asked for: it has no stream of its own. */
export const HEALTH_EVERY_MS = 10_000;

export function MailboxesPage() {
  const { t } = useI18n();
  const mailboxes = useQuery({ queryKey: keys.mailboxes, queryFn: api.mailboxes, refetchInterval: HEALTH_EVERY_MS });
  const companies = useQuery({ queryKey: keys.companies, queryFn: api.companies, staleTime: 60_000 });
  const nameOf = (id: string) => companies.data?.items.find((company) => company.id === id)?.name;
  const add = (
    <LinkButton to="/mailboxes/new" kind="primary" icon="plus">
      {t('mailboxes.add')}
    </LinkButton>
  );
  return (
    <>
      <PageHead title={t('mailboxes.title')} tab={t('mailboxes.title')} actions={add} />
      {mailboxes.isError && <ProblemBox error={mailboxes.error} onRetry={() => void mailboxes.refetch()} />}
      {mailboxes.isPending && <Skeleton lines={5} className="card" />}
      {mailboxes.data?.items.length === 0 && (
        <EmptyState icon="mailbox" title={t('mailboxes.empty.title')}>
          <p>{t('mailboxes.empty.body')}</p>
        </EmptyState>
      )}
      <ul className="cards">
        {mailboxes.data?.items.map((mailbox) => (
          <li key={mailbox.id}>
            <MailboxCard mailbox={mailbox} company={nameOf(mailbox.companyId)} />
          </li>
        ))}
      </ul>
    </>
  );
}

function MailboxCard({ mailbox, company }: { mailbox: Mailbox; company: string | undefined }) {
  const { t, text } = useI18n();
  return (
    <article className="card mailbox-card">
      <header className="mailbox-card-head">
        <h2>
          <Link className="card-link" to={`/mailboxes/${mailbox.id}`}>
            {mailbox.address}
          </Link>
        </h2>
        <p className="faint">
          {company} <MailboxTags mailbox={mailbox} />
        </p>
      </header>
      <dl className="mailbox-facts">
        <div>
          <dt>{t('mailbox.send')}</dt>
          <dd>
            <HealthBadge health={mailbox.health.send} />
          </dd>
        </div>
        <div>
          <dt>{t('mailbox.read')}</dt>
          <dd>
            <HealthBadge health={mailbox.health.read} />
          </dd>
        </div>
        <div>
          <dt>{t('mailbox.lastMessage')}</dt>
          <dd>
            <When at={mailbox.health.read.lastMessageAt} />
          </dd>
        </div>
        <div>
          <dt>{t('mailbox.sdiAddress')}</dt>
          <dd className="mono break">{mailbox.sdiAddress}</dd>
        </div>
      </dl>
      {[mailbox.health.send, mailbox.health.read].map(
        (health, index) =>
          health.error && (
            <p key={index} className="channel-error" data-state={health.state}>
              <strong>{t(index === 0 ? 'mailbox.send' : 'mailbox.read')}:</strong> {text(health.error)}
            </p>
          ),
      )}
      {mailbox.remarks.map((remark) => (
        <p key={remark.text.it} className="channel-error">
          {text(remark.text)}
        </p>
      ))}
      <Quota mailbox={mailbox} />
    </article>
  );
}

export function MailboxTags({ mailbox }: { mailbox: Mailbox }) {
  const { t } = useI18n();
  return (
    <>
      {mailbox.isDefault && <Tag>{t('mailbox.default')}</Tag>} {mailbox.trust === 'sandbox' && <Tag>{t('mailbox.sandbox')}</Tag>} {!mailbox.enabled && <Tag>{t('mailbox.disabled')}</Tag>}
    </>
  );
}
