import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { useSandbox } from '../../app/sandbox.js';
import { useI18n } from '../../i18n/i18n.js';
import { useLive } from '../../live/live.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { EmptyState, PageHead } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { Filters } from './filters.js';
import { useInvoiceFilter } from './filter.js';
import { FirstInvoice } from './first-invoice.js';
import { InvoiceTable, InvoiceTableSkeleton } from './invoice-table.js';
import { Overview } from './overview.js';
import { CompanyWarnings } from './company-warnings.js';

const PAGE = 50;

/** The first screen: what needs action, then every invoice. */
export function InvoicesPage() {
  const { t } = useI18n();
  const { filter, statuses, active, change, setStatuses, clear } = useInvoiceFilter();
  const { arrived, clearArrived } = useLive();
  const sandbox = useSandbox();

  const counts = useQuery({ queryKey: keys.counts(filter.company), queryFn: () => api.statusCounts(filter.company), placeholderData: keepPreviousData });
  const companies = useQuery({ queryKey: keys.companies, queryFn: api.companies, staleTime: 60_000 });
  const list = useInfiniteQuery({
    queryKey: keys.invoices(filter),
    queryFn: ({ pageParam, signal }) => api.invoices(filter, pageParam, PAGE, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });

  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const total = counts.data ? Object.values(counts.data.counts).reduce((sum, n) => sum + n, 0) : undefined;
  // The counts know nothing of a filter: with one on, only what was loaded can be told.
  const found = list.isSuccess ? t(list.hasNextPage ? 'invoices.results.more' : 'invoices.results', { n: items.length }) : undefined;
  const all = total === undefined ? undefined : t('invoices.count', { n: total });
  const nothingAtAll = !active && list.isSuccess && items.length === 0;
  const { refetch } = list;

  // While there is nothing, there is nothing that could jump: the first invoice shows by itself.
  useEffect(() => {
    if (!nothingAtAll || arrived.length === 0) return;
    clearArrived();
    void refetch();
  }, [nothingAtAll, arrived, clearArrived, refetch]);

  const showNew = () => {
    clearArrived();
    window.scrollTo({ top: 0 });
    void refetch();
  };

  return (
    <>
      <PageHead title={t('nav.invoices')} tab={t('invoices.title')} lead={active ? found : all} />
      <CompanyWarnings warnings={counts.data?.warnings ?? []} companies={companies.data?.items ?? []} />
      {nothingAtAll ? (
        <FirstInvoice sandbox={Boolean(sandbox)} />
      ) : (
        <>
          <Overview counts={counts.data} statuses={statuses} onChoose={setStatuses} />
          <Filters filter={filter} companies={companies.data?.items ?? []} active={active} onChange={change} onClear={clear} />
          {arrived.length > 0 && (
            <div className="newcomers" role="status">
              <Icon name="bolt" />
              <span>{t('invoices.new', { n: arrived.length })}</span>
              <Button small kind="quiet" onClick={showNew}>
                {t('invoices.new.show')}
              </Button>
            </div>
          )}
          {list.isError && <ProblemBox error={list.error} onRetry={() => void refetch()} />}
          {list.isPending ? (
            <InvoiceTableSkeleton />
          ) : items.length > 0 ? (
            <InvoiceTable items={items} companies={companies.data?.items ?? []} stale={list.isPlaceholderData} />
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
