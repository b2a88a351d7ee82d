import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { trustApi, type TrustFilter, trustKeys } from '../../api/trust.js';
import type { TrustCertificate } from '../../api/trust-types.js';
import type { Tone } from '../../app/status.js';
import { useI18n } from '../../i18n/i18n.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Fact } from '../../ui/copy.js';
import { Card, Skeleton } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { ExactTime } from '../../ui/time.js';
import { CertificateItem } from './certificate-item.js';
import type { Revoked } from './revoke-dialog.js';

const FILTERS = ['own', 'revoked', 'bundled'] as const;
const ASKED: Readonly<Record<(typeof FILTERS)[number], TrustFilter>> = { own: { source: 'person,folder,sandbox' }, revoked: { state: 'revoked' }, bundled: { source: 'bundled' } };
const TONES: Readonly<Record<TrustCertificate['state'], Tone>> = { trusted: 'good', revoked: 'bad', withdrawn: 'neutral' };
const PAGE = 20;

/** The certificates of the store. Which of them are shown lives in the address. */
export function EntriesCard({ onRevoke }: { onRevoke: ((certificate: Revoked) => void) | undefined }) {
  const { t } = useI18n();
  const [parameters, setParameters] = useSearchParams();
  const chosen = FILTERS.find((one) => one === parameters.get('show')) ?? 'own';
  const filter = ASKED[chosen];
  const list = useInfiniteQuery({
    queryKey: trustKeys.certificates(filter),
    queryFn: ({ pageParam }) => trustApi.certificates(filter, pageParam, PAGE),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card title={t('trust.entries')}>
      <div className="chips" role="group" aria-label={t('trust.entries.filter')}>
        {FILTERS.map((one) => (
          <button key={one} type="button" className="chip" data-tone="neutral" aria-pressed={one === chosen} onClick={() => setParameters(one === 'own' ? {} : { show: one }, { preventScrollReset: true })}>
            {t(`trust.filter.${one}`)}
          </button>
        ))}
      </div>
      {list.isError && <ProblemBox error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton lines={6} />}
      {list.isSuccess && items.length === 0 && <p className="notice">{t('trust.entries.none')}</p>}
      {items.length > 0 && (
        <ul className="outcomes" aria-label={t('trust.entries')}>
          {items.map((entry) => (
            <li key={`${entry.scope} ${entry.use} ${entry.fingerprint}`}>
              <EntryItem entry={entry} onRevoke={onRevoke} />
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

function EntryItem({ entry, onRevoke }: { entry: TrustCertificate; onRevoke: ((certificate: Revoked) => void) | undefined }) {
  const { t } = useI18n();
  const { state, source, authority, place, addedBy, addedAt, note, revokedAt, revokedBy, revokedNote, messages } = entry;
  const vouching = authority ? `${t('trust.authority')} (${t('trust.authority.hint')})` : t('trust.pinned');
  return (
    <CertificateItem
      certificate={entry}
      badge={<Badge tone={TONES[state]}>{t(`trust.state.${state}`)}</Badge>}
      line={[vouching, t(`trust.source.${source}`, { place: place ?? '', by: addedBy ?? '' }), messages ? t('trust.signed', { n: messages }) : ''].filter(Boolean).join(' · ')}
      facts={
        <>
          <Fact label={t('trust.since')}>
            <ExactTime at={addedAt} />
          </Fact>
          {note && <Fact label={t('trust.note')}>{note}</Fact>}
          {revokedAt && (
            <Fact label={t('trust.revokedAt')}>
              <ExactTime at={revokedAt} /> {[revokedBy, revokedNote].filter(Boolean).join(': ')}
            </Fact>
          )}
        </>
      }
      onRevoke={onRevoke && state !== 'revoked' ? () => onRevoke(entry) : undefined}
    />
  );
}
