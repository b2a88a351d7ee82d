import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, type VerdictFilter } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { Text, VerdictOutcome } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Badge, StatusBadge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Skeleton } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { ExactTime } from '../../ui/time.js';

const PAGE = 30;

/** The invoices of one code: what was said of each, and what came. */
export function VerdictDrawer({ code, title, filter, onClose }: { code: string; title: Text | undefined; filter: VerdictFilter; onClose: () => void }) {
  const { t, text } = useI18n();
  const list = useInfiniteQuery({
    queryKey: keys.verdictInvoices(code, filter),
    queryFn: ({ pageParam }) => api.verdictInvoices(code, filter, pageParam, PAGE),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.invoices?.next ?? undefined,
  });
  const items = list.data?.pages.flatMap((page) => page.invoices?.items ?? []) ?? [];
  return (
    <Dialog form="drawer" title={t('verdicts.drawer', { code })} onClose={onClose}>
      {title && <p>{text(title)}</p>}
      {list.isError && <ProblemBox error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton lines={8} />}
      {items.length > 0 && (
        <ul className="outcomes" aria-label={t('verdicts.invoices')}>
          {items.map((item) => (
            <li key={item.invoiceId}>
              <Outcome outcome={item} />
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <div className="list-foot">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('action.more')}
          </Button>
        </div>
      )}
    </Dialog>
  );
}

function Outcome({ outcome: { invoiceId, number, fileName, status, foretold, came, takenIn } }: { outcome: VerdictOutcome }) {
  const { t } = useI18n();
  return (
    <>
      <p className="outcome-head">
        <Link to={`/invoices/${invoiceId}`}>
          <strong>{number}</strong>
        </Link>
        <StatusBadge status={status} />
      </p>
      <p className="faint break">
        <span className="mono">{fileName}</span> · <ExactTime at={takenIn} style="short" />
      </p>
      <p className="tags">
        <Badge tone={foretold ? 'wait' : 'neutral'}>{t(`verdicts.said.${foretold ?? 'nothing'}`)}</Badge>
        <Badge tone={came ? 'bad' : 'neutral'}>{t(came ? 'verdicts.was.rejected' : 'verdicts.was.other')}</Badge>
      </p>
    </>
  );
}
