import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { SelectField } from '../../ui/fields.js';
import { EmptyState, PageHead, Skeleton } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { PeriodFields } from '../invoices/period-fields.js';
import { MessageDrawer } from '../mailboxes/message-drawer.js';
import { HeldTable } from './held-table.js';
import { useHeld } from './held.js';
import { useQuarantineFilter } from './quarantine-filter.js';
import { SearchBox } from './search-box.js';

const PAGE = 50;
const EVERY_MS = 20_000;

/** Everything that is held and waits for a person, over all mailboxes. */
export function QuarantinePage() {
  const { t, text } = useI18n();
  const { filter, open, active, set, clear } = useQuarantineFilter();
  const held = useHeld();
  const mailboxes = useQuery({ queryKey: keys.mailboxes, queryFn: api.mailboxes, staleTime: 60_000 });
  const list = useInfiniteQuery({
    queryKey: keys.heldMessages(filter),
    queryFn: ({ pageParam }) => api.messages(filter, pageParam, PAGE),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: EVERY_MS,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const reasons = held?.reasons ?? [];
  return (
    <>
      <PageHead title={t('quarantine.title')} tab={t('quarantine.title')} lead={t('quarantine.lead')} />
      <search className="filters">
        <SearchBox label={t('quarantine.search')} placeholder={t('quarantine.search.placeholder')} value={filter.q} onChange={(q) => set({ q }, true)} />
        {mailboxes.data && mailboxes.data.items.length > 1 && (
          <SelectField label={t('quarantine.mailbox')} className="filter-company" value={filter.mailbox} onChange={(event) => set({ mailbox: event.target.value })}>
            <option value="">{t('quarantine.mailbox.all')}</option>
            {mailboxes.data.items.map(({ id, address }) => (
              <option key={id} value={id}>
                {address}
              </option>
            ))}
          </SelectField>
        )}
        <PeriodFields days={filter} onChange={({ from, to }) => set({ from, to })} />
        {active && (
          <Button kind="quiet" icon="close" className="filter-clear" onClick={clear}>
            {t('invoices.filter.clear')}
          </Button>
        )}
      </search>
      {(reasons.length > 1 || filter.reason !== '') && (
        <div className="chips quarantine-reasons" role="group" aria-label={t('quarantine.reasons')}>
          {reasons.map(({ reason, text: words, count }) => (
            <button key={reason} type="button" className="chip chip-sentence" data-tone="bad" aria-pressed={filter.reason === reason} onClick={() => set({ reason: filter.reason === reason ? '' : reason })}>
              <span>{words ? text(words) : reason}</span>
              <span className="chip-count">{count}</span>
            </button>
          ))}
        </div>
      )}
      {list.isError && <ProblemBox error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton lines={8} className="card" />}
      {list.isSuccess && items.length === 0 && (
        <EmptyState icon={active ? 'search' : 'check'} title={t(active ? 'quarantine.none.filtered' : 'quarantine.none.title')}>
          <p>{t(active ? 'quarantine.none.filtered.body' : 'quarantine.none.body')}</p>
        </EmptyState>
      )}
      {items.length > 0 && <HeldTable items={items} mailboxes={mailboxes.data?.items ?? []} onOpen={(message) => set({ message })} />}
      {list.hasNextPage && (
        <div className="list-foot">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('action.more')}
          </Button>
        </div>
      )}
      {open && <MessageDrawer key={open} messageId={open} onClose={() => set({ message: '' })} />}
    </>
  );
}
