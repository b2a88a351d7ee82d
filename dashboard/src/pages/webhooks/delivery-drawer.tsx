import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { DeliveryLogEntry } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Fact } from '../../ui/copy.js';
import { Dialog } from '../../ui/dialog.js';
import { Skeleton } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { ExactTime, When } from '../../ui/time.js';
import { useToast } from '../../ui/toasts.js';
import { DELIVERY_TONES } from './deliveries.js';

/** One delivery with every attempt: what was asked, what was answered, how long it took. */
export function DeliveryDrawer({ webhookId, deliveryId, onClose }: { webhookId: string; deliveryId: string; onClose: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  const delivery = useQuery({ queryKey: keys.delivery(webhookId, deliveryId), queryFn: () => api.delivery(webhookId, deliveryId), refetchInterval: 5_000 });
  const redeliver = useMutation({
    mutationFn: () => api.redeliver(webhookId, deliveryId),
    onSuccess: () => {
      toast(t('delivery.redelivered'));
      return client.invalidateQueries({ queryKey: keys.webhook(webhookId) });
    },
  });
  const { data } = delivery;
  return (
    <Dialog
      form="drawer"
      title={data ? t('delivery.title', { event: data.eventType }) : t('deliveries.title')}
      onClose={onClose}
      footer={
        <Button icon="refresh" busy={redeliver.isPending} onClick={() => redeliver.mutate()}>
          {t('delivery.redeliver')}
        </Button>
      }
    >
      {delivery.isError && <ProblemBox error={delivery.error} onRetry={() => void delivery.refetch()} />}
      {redeliver.isError && <ProblemBox error={redeliver.error} />}
      {!data ? (
        <Skeleton lines={8} />
      ) : (
        <div className="stack">
          <p className="delivery-summary">
            <Badge tone={DELIVERY_TONES[data.state]} large>
              {t(`delivery.state.${data.state}`)}
            </Badge>
            {data.invoiceId && <Link to={`/invoices/${data.invoiceId}`}>{t('message.openInvoice')}</Link>}
            {data.receivedInvoiceId && <Link to={`/received/${data.receivedInvoiceId}`}>{t('message.openInvoice')}</Link>}
            {data.messageId && <Link to={`/quarantine?message=${data.messageId}`}>{t('message.open')}</Link>}
          </p>
          <dl className="fact-list fact-list-wide">
            <Fact label={t('deliveries.column.event')} copy={data.eventId} mono>
              <span className="break">{data.eventId}</span>
            </Fact>
            <Fact label={t('deliveries.column.created')}>
              <ExactTime at={data.createdAt} />
            </Fact>
            {data.nextAttemptAt && data.state === 'waiting' && (
              <Fact label={t('deliveries.column.next')}>
                <When at={data.nextAttemptAt} />
              </Fact>
            )}
          </dl>
          <section>
            <h3>{t('delivery.log')}</h3>
            {data.log.length === 0 && <p className="faint">{t('delivery.log.none')}</p>}
            {[...data.log].reverse().map((entry, index) => (
              <LogEntry key={entry.at} entry={entry} open={index === 0} />
            ))}
          </section>
        </div>
      )}
    </Dialog>
  );
}

function LogEntry({ entry, open }: { entry: DeliveryLogEntry; open: boolean }) {
  const { t, text } = useI18n();
  const status = entry.responseStatus ?? 0;
  const good = status >= 200 && status < 300;
  return (
    <details className="log-entry" open={open}>
      <summary>
        <Badge tone={good ? 'good' : 'bad'}>{status > 0 ? String(status) : t('delivery.noResponse')}</Badge>
        <ExactTime at={entry.at} />
        {typeof entry.durationMs === 'number' && <span className="faint">{t('delivery.ms', { n: entry.durationMs })}</span>}
      </summary>
      {(entry.errorText ?? entry.error) && <p className="field-error">{entry.errorText ? text(entry.errorText) : entry.error}</p>}
      {(entry.requestHeaders || Boolean(entry.requestBody)) && (
        <>
          <h4>{t('delivery.request')}</h4>
          {entry.requestHeaders && (
            <pre className="code" tabIndex={0}>
              {Object.entries(entry.requestHeaders)
                .map(([name, value]) => `${name}: ${value}`)
                .join('\n')}
            </pre>
          )}
          {entry.requestBody ? (
            <pre className="code" tabIndex={0}>
              {pretty(entry.requestBody)}
            </pre>
          ) : null}
        </>
      )}
      {entry.responseBody && (
        <>
          <h4>{t('delivery.response')}</h4>
          <pre className="code" tabIndex={0}>
            {entry.responseBody}
          </pre>
        </>
      )}
    </details>
  );
}

function pretty(body: unknown): string {
  if (typeof body !== 'string') return JSON.stringify(body, undefined, 2);
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}
