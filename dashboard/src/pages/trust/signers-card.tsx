import { useInfiniteQuery } from '@tanstack/react-query';
import { trustApi, trustKeys } from '../../api/trust.js';
import type { TrustSigner, TrustSigners } from '../../api/trust-types.js';
import type { Tone } from '../../app/status.js';
import { useI18n } from '../../i18n/i18n.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Fact } from '../../ui/copy.js';
import { Card, Skeleton } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { RelativeTime } from '../../ui/time.js';
import { CertificateItem } from './certificate-item.js';
import type { Revoked } from './revoke-dialog.js';

const TONES: Readonly<Record<TrustSigner['standing'], Tone>> = { chained: 'good', pinned: 'good', unknown: 'wait', revoked: 'bad' };
const PAGE = 20;
/** Judging goes on by itself after a decision. */
const EVERY_MS = 10_000;

/** Who signed what was read here, until when, and what to know ahead of time. */
export function SignersCard({ onRevoke }: { onRevoke: ((certificate: Revoked) => void) | undefined }) {
  const { t } = useI18n();
  const list = useInfiniteQuery({
    queryKey: trustKeys.signers,
    queryFn: ({ pageParam }) => trustApi.signers(pageParam, PAGE),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: EVERY_MS,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <Warnings warnings={list.data?.pages[0]?.warnings ?? []} />
      <Card title={t('trust.signers')}>
        <p className="faint">{t('trust.signers.body')}</p>
        {list.isError && <ProblemBox error={list.error} onRetry={() => void list.refetch()} />}
        {list.isPending && <Skeleton lines={6} />}
        {list.isSuccess && items.length === 0 && <p className="notice">{t('trust.signers.none')}</p>}
        {items.length > 0 && (
          <ul className="outcomes" aria-label={t('trust.signers')}>
            {items.map((signer) => (
              <li key={`${signer.scope} ${signer.use} ${signer.fingerprint}`}>
                <SignerItem signer={signer} onRevoke={onRevoke} />
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
    </>
  );
}

function Warnings({ warnings }: { warnings: NonNullable<TrustSigners['warnings']> }) {
  const { t, text } = useI18n();
  if (warnings.length === 0) return null;
  return (
    <section className="trust-warnings" aria-label={t('trust.warnings')}>
      {warnings.map(({ code, use, fingerprint, severity, message, fix }) => (
        <p key={`${code} ${use} ${fingerprint}`} className="notice" data-tone={severity === 'error' ? 'bad' : 'wait'}>
          <strong>{text(message)}</strong> {fix && text(fix)}
        </p>
      ))}
    </section>
  );
}

function SignerItem({ signer, onRevoke }: { signer: TrustSigner; onRevoke: ((certificate: Revoked) => void) | undefined }) {
  const { t } = useI18n();
  const { standing, messages, waiting, lastSeenAt, anchor, follows } = signer;
  return (
    <CertificateItem
      certificate={signer}
      badge={<Badge tone={TONES[standing]}>{t(`trust.standing.${standing}`)}</Badge>}
      line={
        <>
          {messages !== null && <>{t('trust.signed', { n: messages })} · </>}
          {waiting !== null && waiting > 0 && <>{t('trust.waiting', { n: waiting })} · </>}
          {t('trust.lastSeen')} <RelativeTime at={lastSeenAt} />
        </>
      }
      facts={
        <>
          {anchor && (
            <Fact label={t('trust.anchor')}>
              <span className="break">{anchor.subject}</span>
            </Fact>
          )}
          {follows && (
            <Fact label={t('trust.follows')} copy={follows} mono>
              <span className="break">{follows}</span>
            </Fact>
          )}
        </>
      }
      onRevoke={onRevoke && standing !== 'revoked' ? () => onRevoke(signer) : undefined}
    />
  );
}
