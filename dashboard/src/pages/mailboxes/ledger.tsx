import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { DISPOSITIONS, type Disposition, type Message } from '../../api/types.js';
import type { Tone } from '../../app/status.js';
import { useI18n } from '../../i18n/i18n.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Card, Skeleton } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { ExactTime } from '../../ui/time.js';
import { MessageDrawer } from './message-drawer.js';

export const DISPOSITION_TONES: Readonly<Record<Disposition, Tone>> = {
  waiting: 'wait',
  applied: 'good',
  duplicate: 'neutral',
  not_ours: 'neutral',
  received_invoice: 'way',
  quarantined: 'bad',
};

const PAGE = 30;
const EVERY_MS = 10_000;

/** Every message ever seen in the mailbox. Filter and open message live in the address. */
export function Ledger({ mailboxId }: { mailboxId: string }) {
  const { t } = useI18n();
  const [parameters, setParameters] = useSearchParams();
  const asked = parameters.get('disposition') ?? '';
  const disposition = DISPOSITIONS.find((known) => known === asked) ?? '';
  const open = parameters.get('message');
  const set = (name: string, value: string | undefined) =>
    setParameters(
      (before) => {
        const after = new URLSearchParams(before);
        if (value) after.set(name, value);
        else after.delete(name);
        return after;
      },
      { preventScrollReset: true },
    );

  const list = useInfiniteQuery({
    queryKey: keys.messages(mailboxId, disposition),
    queryFn: ({ pageParam }) => api.messages({ mailbox: mailboxId, disposition }, pageParam, PAGE),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: EVERY_MS,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];

  return (
    <Card title={t('messages.title')} flush>
      <div className="card-pad">
        <p className="faint">{t('messages.body')}</p>
        <div className="chips" role="group" aria-label={t('messages.filter')}>
          <button type="button" className="chip" data-tone="neutral" aria-pressed={disposition === ''} onClick={() => set('disposition', undefined)}>
            {t('messages.all')}
          </button>
          {DISPOSITIONS.map((value) => (
            <button key={value} type="button" className="chip" data-tone={DISPOSITION_TONES[value]} aria-pressed={disposition === value} onClick={() => set('disposition', disposition === value ? undefined : value)}>
              <span className="chip-dot" aria-hidden="true" />
              {t(`disposition.${value}`)}
            </button>
          ))}
        </div>
      </div>
      {list.isError && <ProblemBox error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton lines={8} className="card-pad" />}
      {list.isSuccess && items.length === 0 && <p className="faint card-pad">{t('messages.none')}</p>}
      {items.length > 0 && (
        <table className="table message-table">
          <caption className="visually-hidden">{t('messages.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('messages.column.subject')}</th>
              <th scope="col">{t('messages.column.disposition')}</th>
              <th scope="col" className="end">
                {t('messages.column.date')}
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((message) => (
              <Row key={message.id} message={message} onOpen={() => set('message', message.id)} />
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
      {open && <MessageDrawer messageId={open} onClose={() => set('message', undefined)} />}
    </Card>
  );
}

function Row({ message, onOpen }: { message: Message; onOpen: () => void }) {
  const { t } = useI18n();
  return (
    <tr className="row">
      <td className="cell-subject">
        <button type="button" className="row-link" onClick={onOpen}>
          {message.subject || t('messages.noSubject')}
        </button>
        <span className="second ellipsis">{[message.from, message.kind].filter(Boolean).join(' · ')}</span>
      </td>
      <td className="cell-disposition">
        <Badge tone={DISPOSITION_TONES[message.disposition] ?? 'neutral'}>{t(`disposition.${message.disposition}`)}</Badge>
      </td>
      <td className="cell-since end">
        <ExactTime at={message.internalDate ?? message.fetchedAt} style="short" />
      </td>
    </tr>
  );
}
