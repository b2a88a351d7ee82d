import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useParams, useSearchParams } from 'react-router';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { ApiProblem } from '../../api/problem.js';
import { formatMoney } from '../../format/money.js';
import { formatDay } from '../../format/time.js';
import { useI18n } from '../../i18n/i18n.js';
import { Tag } from '../../ui/badge.js';
import { Button, DownloadLink } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { Card, EmptyState, PageHead, Skeleton } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { Attempts } from './attempts.js';
import { ChainLine } from './chain-line.js';
import { ChecksPanel } from './checks-panel.js';
import { Documents } from './documents.js';
import { JourneyStrip } from './journey-strip.js';
import { KeysCard, PartiesCard } from './keys-card.js';
import { ReadableView } from './readable-view.js';
import { Resend } from './resend.js';
import { StatusPanel } from './status-panel.js';
import { Tabs, tabOf } from './tabs.js';
import { Timeline } from './timeline.js';
import { totalOf } from './total.js';

/** One invoice: its state and what it asks for, then everything that it rests on. */
export function InvoicePage() {
  const { id = '' } = useParams();
  const { t, language } = useI18n();
  const location = useLocation();
  const [parameters] = useSearchParams();
  const tab = tabOf(parameters);
  const invoice = useQuery({ queryKey: keys.invoice(id), queryFn: () => api.invoice(id) });
  const timeline = useQuery({ queryKey: keys.timeline(id), queryFn: () => api.timeline(id) });
  const list = typeof location.state?.list === 'string' ? (location.state.list as string) : '';
  const back = (
    <Link className="back" to={`/${list}`}>
      <Icon name="back" />
      {t('nav.invoices')}
    </Link>
  );

  if (invoice.isError) {
    const missing = invoice.error instanceof ApiProblem && invoice.error.status === 404;
    return (
      <>
        <PageHead above={back} title={missing ? t('invoice.missing.title') : t('nav.invoices')} tab={t('nav.invoices')} />
        {missing ? <EmptyState icon="invoice" title={t('invoice.missing.title')}>{null}</EmptyState> : <ProblemBox error={invoice.error} onRetry={() => void invoice.refetch()} />}
      </>
    );
  }
  if (!invoice.data) {
    return (
      <>
        <PageHead above={back} title={<span className="skeleton-block w-long" />} tab={t('nav.invoices')} />
        <Skeleton lines={6} className="card" />
      </>
    );
  }

  const { data } = invoice;
  const total = totalOf(data);
  const more = data.documentsCount - 1;
  const title = more > 0 ? t('invoice.lot.title', { number: data.number, n: more }) : t('invoice.title', { number: data.number });
  const events = timeline.data?.items ?? [];
  return (
    <article className="invoice">
      <PageHead
        above={back}
        tab={title}
        title={title}
        lead={
          <span className="invoice-lead">
            <span>{t('invoice.of', { date: formatDay(language, data.date) })}</span>
            <strong>{t('invoice.to', { buyer: data.buyer.name })}</strong>
            {more > 0 && <span>{t('invoices.documents', { n: data.documentsCount })}</span>}
            {total && <span className="tabular invoice-total">{formatMoney(language, total.amount, total.currency)}</span>}
            <Tag>{t(`flow.${data.flow}`)}</Tag>
            {data.flags.map((flag) => (flag === 'delayed' || flag === 'duplicate_refused' || flag === 'sent_elsewhere' ? <Tag key={flag}>{t(`flag.${flag}`)}</Tag> : null))}
          </span>
        }
        actions={
          <>
            <Resend invoice={data} />
            <DownloadLink href={api.fileUrl(data.id)} name={data.fileName}>
              {t('invoice.file.download')}
            </DownloadLink>
            <DownloadLink href={api.evidenceUrl(data.id)} name={`${data.fileName.replace(/(\.xml)?(\.p7m)?$/i, '')}-evidence.zip`}>
              {t('invoice.bundle.download')}
            </DownloadLink>
            {tab !== 'document' && (
              <Button icon="print" onClick={() => window.print()}>
                {t('action.print')}
              </Button>
            )}
          </>
        }
      />
      <StatusPanel invoice={data} />
      {timeline.isSuccess && <JourneyStrip invoice={data} timeline={events} />}
      <Tabs invoice={data} chosen={tab} />
      {tab === 'document' ? (
        <ReadableView url={api.htmlUrl(data.id, language)} number={data.number} />
      ) : (
        <div className="columns">
          <div className="column-main">
            {tab === 'checks' && <ChecksPanel invoice={data} timeline={events} />}
            {tab === 'timeline' && data.documentsCount > 1 && <Documents documents={data.documents} />}
            {tab === 'timeline' && (
              <Card title={t('invoice.timeline')} aside={<p className="faint card-note">{t('invoice.timeline.body')}</p>}>
                {timeline.isError && <ProblemBox error={timeline.error} onRetry={() => void timeline.refetch()} />}
                {timeline.data?.chain && <ChainLine chain={timeline.data.chain} />}
                {timeline.isPending ? <Skeleton lines={8} /> : <Timeline entries={events} />}
              </Card>
            )}
          </div>
          <div className="column-side">
            <KeysCard invoice={data} />
            <PartiesCard invoice={data} />
            <Attempts invoice={data} />
          </div>
        </div>
      )}
    </article>
  );
}
