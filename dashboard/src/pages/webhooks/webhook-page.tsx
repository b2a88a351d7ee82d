import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { useI18n } from '../../i18n/i18n.js';
import { Tag } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { ConfirmDialog } from '../../ui/dialog.js';
import { Icon } from '../../ui/icon.js';
import { Card, PageHead, Skeleton } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { ExactTime, When } from '../../ui/time.js';
import { useToast } from '../../ui/toasts.js';
import { Fact } from '../../ui/copy.js';
import { Deliveries } from './deliveries.js';
import { WebhookHealth } from './webhooks-page.js';

/** One endpoint: whether it receives, and every delivery to it. */
export function WebhookPage() {
  const { id = '' } = useParams();
  const { t, text } = useI18n();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const [deleting, setDeleting] = useState(false);
  const refresh = () => client.invalidateQueries({ queryKey: keys.webhooks });

  const test = useMutation({
    mutationFn: () => api.testWebhook(id),
    onSuccess: () => {
      toast(t('webhook.test.done'));
      return refresh();
    },
  });
  const toggle = useMutation({ mutationFn: (enabled: boolean) => api.changeWebhook(id, { enabled }), onSuccess: refresh });
  const remove = useMutation({
    mutationFn: () => api.deleteWebhook(id),
    onSuccess: async () => {
      client.removeQueries({ queryKey: keys.webhook(id) });
      await navigate('/webhooks');
      await client.invalidateQueries({ queryKey: keys.webhooks, exact: true });
    },
  });

  // While it goes, nobody asks after it.
  const going = remove.isPending || remove.isSuccess;
  const webhook = useQuery({ queryKey: keys.webhook(id), queryFn: () => api.webhook(id), refetchInterval: 10_000, enabled: !going });

  const back = (
    <Link className="back" to="/webhooks">
      <Icon name="back" />
      {t('webhooks.title')}
    </Link>
  );
  if (!webhook.data) {
    return (
      <>
        <PageHead above={back} title={t('webhooks.title')} tab={t('webhooks.title')} />
        {webhook.isError ? <ProblemBox error={webhook.error} onRetry={() => void webhook.refetch()} /> : <Skeleton lines={6} className="card" />}
      </>
    );
  }
  const { data } = webhook;
  const failed = test.error ?? toggle.error;
  return (
    <>
      <PageHead
        above={back}
        tab={t('webhooks.title')}
        title={<span className="break">{data.url}</span>}
        lead={data.description}
        actions={
          <>
            <Button kind="primary" icon="bolt" busy={test.isPending} disabled={!data.enabled} onClick={() => test.mutate()}>
              {t('webhook.test')}
            </Button>
            <Button busy={toggle.isPending} onClick={() => toggle.mutate(!data.enabled)}>
              {t(data.enabled ? 'webhook.disable' : 'webhook.enable')}
            </Button>
            <Button kind="danger" onClick={() => setDeleting(true)}>
              {t('webhook.delete')}
            </Button>
          </>
        }
      />
      {failed && <ProblemBox error={failed} />}
      <Card
        title={<WebhookHealth webhook={data} />}
        aside={
          data.health.failingSince && (
            <span className="faint">
              {t('webhook.health.failingSince')} <ExactTime at={data.health.failingSince} style="short" />
            </span>
          )
        }
      >
        {!data.enabled && data.disabledReasonText && <p>{text(data.disabledReasonText)}</p>}
        <dl className="fact-list fact-list-wide">
          <Fact label={t('webhook.lastSuccess')}>
            <When at={data.health.lastSuccessAt} />
          </Fact>
          <Fact label={t('webhook.lastFailure')}>
            <When at={data.health.lastFailureAt} />
          </Fact>
          <Fact label={t('delivery.state.waiting')}>{data.health.waiting}</Fact>
          <Fact label={t('webhook.eventTypes')}>
            {data.eventTypes.length === 0 ? (
              t('webhook.allEvents')
            ) : (
              <span className="tags">
                {data.eventTypes.map((type) => (
                  <Tag key={type}>{type}</Tag>
                ))}
              </span>
            )}
          </Fact>
        </dl>
      </Card>
      {!going && <Deliveries webhookId={id} />}
      {deleting && (
        <ConfirmDialog title={t('webhook.delete.title')} confirm={t('webhook.delete')} kind="danger" busy={remove.isPending} onConfirm={() => remove.mutate()} onClose={() => setDeleting(false)}>
          <p>{t('webhook.delete.body')}</p>
          {remove.isError && <ProblemBox error={remove.error} />}
        </ConfirmDialog>
      )}
    </>
  );
}
