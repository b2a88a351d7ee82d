import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { receivedApi } from '../../api/received.js';
import { useSandbox } from '../../app/sandbox.js';
import { useI18n } from '../../i18n/i18n.js';
import { useLive } from '../../live/live.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { EmptyState, PageHead } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { InvoiceTableSkeleton } from '../invoices/invoice-table.js';
import { ReceivedFilters } from './filters.js';
import { useReceivedFilter } from './filter.js';
import { FirstReceived } from './first-received.js';
import { ReceivedTable } from './received-table.js';

const PAGE = 50;

/** Every invoice that came from a supplier, newest arrival first. */
export function ReceivedPage() {
  const { t } = useI18n();
  const { filter, active, change, clear } = useReceivedFilter();
  const { received, clearReceived } = useLive();
  const sandbox = useSandbox();
  const companies = useQuery({ queryKey: keys.companies, queryFn: api.companies, staleTime: 60_000 });
  const mailboxes = useQuery({ queryKey: keys.mailboxes, queryFn: api.mailboxes, staleTime: 60_000 });
  const list = useInfiniteQuery({
    queryKey: keys.received(filter),
    queryFn: ({ pageParam, signal }) => receivedApi.list(filter, pageParam, PAGE, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const { refetch } = list;
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const known = new Set(items.map(({ id }) => id));
  const fresh = received.filter((id) => !known.has(id)).length;
  const nothingAtAll = !active && list.isSuccess && items.length === 0;

  // While there is nothing, there is nothing that could jump: the first invoice shows by itself.
  useEffect(() => {
    if (nothingAtAll && fresh > 0) void refetch();
  }, [nothingAtAll, fresh, refetch]);

  const showNew = () => {
    clearReceived();
    window.scrollTo({ top: 0 });
    void refetch();
  };
  const found = list.isSuccess && active ? t(list.hasNextPage ? 'invoices.results.more' : 'invoices.results', { n: items.length }) : t('received.lead');

  return (
    <>
      <PageHead title={t('received.title')} tab={t('received.title')} lead={found} />
      {nothingAtAll ? (
        <FirstReceived sandbox={Boolean(sandbox)} />
      ) : (
        <>
          <ReceivedFilters filter={filter} companies={companies.data?.items ?? []} mailboxes={mailboxes.data?.items ?? []} active={active} onChange={change} onClear={clear} />
          {list.isSuccess && fresh > 0 && (
            <div className="newcomers" role="status">
              <Icon name="bolt" />
              <span>{t('invoices.new', { n: fresh })}</span>
              <Button small kind="quiet" onClick={showNew}>
                {t('invoices.new.show')}
              </Button>
            </div>
          )}
          {list.isError && <ProblemBox error={list.error} onRetry={() => void refetch()} />}
          {list.isPending ? (
            <InvoiceTableSkeleton />
          ) : items.length > 0 ? (
            <ReceivedTable items={items} companies={companies.data?.items ?? []} stale={list.isPlaceholderData} />
          ) : (
            list.isSuccess && (
              <EmptyState icon="search" title={t('invoices.none.title')}>
                <p>{t('invoices.none.body')}</p>
                <Button onClick={clear}>{t('invoices.filter.clear')}</Button>
              </EmptyState>
            )
          )}
          {items.length > 0 && (
            <div className="list-foot">
              {list.hasNextPage ? (
                <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                  {t('action.more')}
                </Button>
              ) : (
                <p className="faint">{t('invoices.end')}</p>
              )}
            </div>
          )}
        </>
      )}
    </>
  );
}
