import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { Delivery } from '../../api/types.js';
import type { Tone } from '../../app/status.js';
import { useI18n } from '../../i18n/i18n.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Card, Skeleton } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { RelativeTime } from '../../ui/time.js';
import { DeliveryDrawer } from './delivery-drawer.js';

export const DELIVERY_TONES: Readonly<Record<Delivery['state'], Tone>> = { waiting: 'wait', delivered: 'good', failed: 'bad' };

const PAGE = 30;
const EVERY_MS = 5_000;

/** Every event on its way to one endpoint, newest first. */
export function Deliveries({ webhookId }: { webhookId: string }) {
  const { t } = useI18n();
  const [parameters, setParameters] = useSearchParams();
  const open = parameters.get('delivery');
  const list = useInfiniteQuery({
    queryKey: keys.deliveries(webhookId),
    queryFn: ({ pageParam }) => api.deliveries(webhookId, pageParam, PAGE),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: EVERY_MS,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const show = (delivery: string | undefined) => setParameters(delivery ? { delivery } : {}, { preventScrollReset: true });
  return (
    <Card title={t('deliveries.title')} flush>
      {list.isError && <ProblemBox error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton lines={6} className="card-pad" />}
      {list.isSuccess && items.length === 0 && <p className="faint card-pad">{t('deliveries.none')}</p>}
      {items.length > 0 && (
        <table className="table message-table">
          <caption className="visually-hidden">{t('deliveries.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('deliveries.column.event')}</th>
              <th scope="col">{t('deliveries.column.state')}</th>
              <th scope="col" className="end">
                {t('deliveries.column.created')}
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((delivery) => (
              <tr className="row" key={delivery.id}>
                <td className="cell-subject">
                  <button type="button" className="row-link mono" onClick={() => show(delivery.id)}>
                    {delivery.eventType}
                  </button>
                  <span className="second">
                    {t('deliveries.column.attempts')}: {delivery.attempts}
                    {delivery.waitsForEarlier && <> · {t('delivery.waitsForEarlier')}</>}
                    {delivery.nextAttemptAt && delivery.state === 'waiting' && (
                      <>
                        {' · '}
                        {t('deliveries.column.next')}: <RelativeTime at={delivery.nextAttemptAt} />
                      </>
                    )}
                  </span>
                </td>
                <td className="cell-disposition">
                  <Badge tone={DELIVERY_TONES[delivery.state]}>{t(`delivery.state.${delivery.state}`)}</Badge>
                </td>
                <td className="cell-since end">
                  <RelativeTime at={delivery.createdAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {list.hasNextPage && (
        <div className="list-foot">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('action.more')}
          </Button>
        </div>
      )}
      {open && <DeliveryDrawer webhookId={webhookId} deliveryId={open} onClose={() => show(undefined)} />}
    </Card>
  );
}
