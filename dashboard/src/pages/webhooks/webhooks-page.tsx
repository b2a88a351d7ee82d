import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { Webhook } from '../../api/types.js';
import type { Tone } from '../../app/status.js';
import { useI18n } from '../../i18n/i18n.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { EmptyState, PageHead, Skeleton } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { When } from '../../ui/time.js';
import { NewWebhookDialog } from './new-webhook-dialog.js';

const EVERY_MS = 10_000;

export function WebhooksPage() {
  const { t } = useI18n();
  const [adding, setAdding] = useState(false);
  const webhooks = useQuery({ queryKey: keys.webhooks, queryFn: api.webhooks, refetchInterval: EVERY_MS });
  const add = (
    <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
      {t('webhooks.add')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('webhooks.title')} tab={t('webhooks.title')} lead={t('webhooks.body')} actions={add} />
      {webhooks.isError && <ProblemBox error={webhooks.error} onRetry={() => void webhooks.refetch()} />}
      {webhooks.isPending && <Skeleton lines={5} className="card" />}
      {webhooks.data?.items.length === 0 && (
        <EmptyState icon="webhook" title={t('webhooks.empty.title')}>
          <p>{t('webhooks.empty.body')}</p>
        </EmptyState>
      )}
      <ul className="cards">
        {webhooks.data?.items.map((webhook) => (
          <li key={webhook.id}>
            <WebhookCard webhook={webhook} />
          </li>
        ))}
      </ul>
      {adding && <NewWebhookDialog onClose={() => setAdding(false)} />}
    </>
  );
}

function WebhookCard({ webhook }: { webhook: Webhook }) {
  const { t } = useI18n();
  return (
    <article className="card mailbox-card">
      <header className="mailbox-card-head">
        <h2 className="break">
          <Link className="card-link" to={`/webhooks/${webhook.id}`}>
            {webhook.url}
          </Link>
        </h2>
        <p className="faint">{[webhook.description, webhook.eventTypes.length === 0 ? t('webhook.allEvents') : t('webhook.events', { n: webhook.eventTypes.length })].filter(Boolean).join(' · ')}</p>
      </header>
      <dl className="mailbox-facts">
        <div>
          <dt>{t('deliveries.column.state')}</dt>
          <dd>
            <WebhookHealth webhook={webhook} />
          </dd>
        </div>
        <div>
          <dt>{t('delivery.state.waiting')}</dt>
          <dd className="tabular">{webhook.health.waiting}</dd>
        </div>
        <div>
          <dt>{t('webhook.lastSuccess')}</dt>
          <dd>
            <When at={webhook.health.lastSuccessAt} />
          </dd>
        </div>
        <div>
          <dt>{t('webhook.lastFailure')}</dt>
          <dd>
            <When at={webhook.health.lastFailureAt} />
          </dd>
        </div>
      </dl>
    </article>
  );
}

export function WebhookHealth({ webhook }: { webhook: Webhook }) {
  const { t } = useI18n();
  const state = !webhook.enabled ? 'disabled' : webhook.health.failingSince ? 'failing' : webhook.health.lastSuccessAt ? 'ok' : 'new';
  const tones: Record<typeof state, Tone> = { disabled: 'neutral', failing: 'bad', ok: 'good', new: 'neutral' };
  return <Badge tone={tones[state]}>{t(`webhook.health.${state}`)}</Badge>;
}
