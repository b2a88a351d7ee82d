import { useInfiniteQuery } from '@tanstack/react-query';
import { trustApi, trustKeys } from '../../api/trust.js';
import type { TrustLogLine } from '../../api/trust-types.js';
import type { Tone } from '../../app/status.js';
import { useI18n } from '../../i18n/i18n.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Card, Skeleton } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { ExactTime } from '../../ui/time.js';
import { shortName } from './certificate-item.js';

const TONES: Readonly<Record<TrustLogLine['action'], Tone>> = { trusted: 'good', found: 'good', revoked: 'bad', withdrawn: 'neutral' };
const PAGE = 20;

/** Every decision about a certificate, newest first: who, when, why. */
export function LogCard() {
  const { t } = useI18n();
  const list = useInfiniteQuery({
    queryKey: trustKeys.log,
    queryFn: ({ pageParam }) => trustApi.log(pageParam, PAGE),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card title={t('trust.log')}>
      {list.isError && <ProblemBox error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton lines={4} />}
      {list.isSuccess && items.length === 0 && <p className="notice">{t('trust.log.none')}</p>}
      {items.length > 0 && (
        <ul className="outcomes" aria-label={t('trust.log')}>
          {items.map(({ id, at, action, by, note, subject, use, fingerprint, messageId }) => (
            <li key={id}>
              <p className="outcome-head">
                <strong className="break">{shortName(subject)}</strong>
                <Badge tone={TONES[action]}>{t(`trust.action.${action}`)}</Badge>
              </p>
              {note && <p className="break">{note}</p>}
              <p className="faint break">
                <ExactTime at={at} /> · {[by, t(`trust.use.${use}`), messageId && t('trust.message')].filter(Boolean).join(' · ')} · <span className="mono">{fingerprint.slice(0, 16)}…</span>
              </p>
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
    </Card>
  );
}
