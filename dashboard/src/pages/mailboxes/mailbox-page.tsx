import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { ChannelHealth, Mailbox } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { HealthBadge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Fact } from '../../ui/copy.js';
import { Dialog } from '../../ui/dialog.js';
import { Icon } from '../../ui/icon.js';
import { Card, PageHead, Skeleton } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { ExactTime, When } from '../../ui/time.js';
import { Ledger } from './ledger.js';
import { MailboxForm } from './mailbox-form.js';
import { HEALTH_EVERY_MS, MailboxTags } from './mailboxes-page.js';
import { Quota } from './quota.js';
import { ReadingCard } from './reading-card.js';
import { Remarks } from './remarks.js';
import { SdiAddress } from './sdi-address.js';
import { TestMailbox } from './test-mailbox.js';

/** One mailbox: how both of its sides fare, what it may send, what it has read. */
export function MailboxPage() {
  const { id = '' } = useParams();
  const { t } = useI18n();
  const [editing, setEditing] = useState(false);
  const mailbox = useQuery({ queryKey: keys.mailbox(id), queryFn: () => api.mailbox(id), refetchInterval: HEALTH_EVERY_MS });
  const companies = useQuery({ queryKey: keys.companies, queryFn: api.companies, staleTime: 60_000 });
  const back = (
    <Link className="back" to="/mailboxes">
      <Icon name="back" />
      {t('mailboxes.title')}
    </Link>
  );
  if (!mailbox.data) {
    return (
      <>
        <PageHead above={back} title={t('mailboxes.title')} tab={t('mailboxes.title')} />
        {mailbox.isError ? <ProblemBox error={mailbox.error} onRetry={() => void mailbox.refetch()} /> : <Skeleton lines={6} className="card" />}
      </>
    );
  }
  const { data } = mailbox;
  return (
    <>
      <PageHead
        above={back}
        tab={data.address}
        title={<span className="break">{data.address}</span>}
        lead={
          <>
            {companies.data?.items.find((company) => company.id === data.companyId)?.name} <MailboxTags mailbox={data} />
          </>
        }
        actions={
          <Button icon="server" onClick={() => setEditing(true)}>
            {t('action.edit')}
          </Button>
        }
      />
      <Remarks mailbox={data} />
      <div className="columns columns-even">
        <Channel title={t('mailbox.send')} health={data.health.send} />
        <Channel title={t('mailbox.read')} health={data.health.read} read />
      </div>
      <div className="columns">
        <div className="column-main">
          <Ledger mailboxId={data.id} />
        </div>
        <div className="column-side">
          <TestMailbox mailboxId={data.id} />
          <Card title={t('mailbox.quota')}>
            <Quota mailbox={data} />
          </Card>
          <SdiAddress mailbox={data} />
          <ReadingCard mailbox={data} />
          <Card title={t('mailbox.servers')}>
            <dl className="fact-list">
              <Server label={t('mailbox.form.smtp')} server={data.smtp} />
              <Server label={t('mailbox.form.imap')} server={data.imap} />
              <Fact label={t('mailbox.form.folders')} mono>
                {data.folders.join(', ')}
              </Fact>
              <Fact label={t('mailbox.form.signers')} mono>
                <span className="break">{data.providerSigners.join(', ') || t('mailbox.signers.none')}</span>
              </Fact>
            </dl>
          </Card>
        </div>
      </div>
      {editing && (
        <Dialog form="wide" title={t('mailbox.edit.title')} onClose={() => setEditing(false)}>
          <MailboxForm mailbox={data} onDone={() => setEditing(false)} />
        </Dialog>
      )}
    </>
  );
}

function Channel({ title, health, read }: { title: string; health: ChannelHealth; read?: boolean }) {
  const { t, text } = useI18n();
  return (
    <Card
      title={title}
      aside={
        <span className="channel-state">
          {read && health.state === 'ok' && <span className="faint">{t(health.idle ? 'mailbox.idle' : 'mailbox.polling')}</span>}
          <HealthBadge health={health} />
        </span>
      }
    >
      {health.error && (
        <div className="channel-error" data-state={health.state}>
          <p>{text(health.error)}</p>
          {health.since && (
            <p className="faint">
              {t('mailbox.since')} <ExactTime at={health.since} style="short" />
            </p>
          )}
        </div>
      )}
      {health.state === 'stopped' && <p>{t('mailbox.health.stopped.hint')}</p>}
      <dl className="fact-list fact-list-wide">
        <Fact label={t('mailbox.lastOk')}>
          <When at={health.lastOkAt} />
        </Fact>
        {read && (
          <Fact label={t('mailbox.lastMessage')}>
            <When at={health.lastMessageAt} />
          </Fact>
        )}
      </dl>
    </Card>
  );
}

function Server({ label, server }: { label: string; server: Mailbox['smtp'] }) {
  return (
    <Fact label={label} mono>
      <span className="break">
        {server.host}:{server.port} · {server.security.toUpperCase()}
      </span>
      <span className="second break">{server.user}</span>
    </Fact>
  );
}
