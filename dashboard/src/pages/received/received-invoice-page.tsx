import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation, useParams, useSearchParams } from 'react-router';
import { keys } from '../../api/keys.js';
import { ApiProblem } from '../../api/problem.js';
import { receivedApi, type ReceivedDetail } from '../../api/received.js';
import { formatMoney } from '../../format/money.js';
import { formatDay } from '../../format/time.js';
import { useI18n } from '../../i18n/i18n.js';
import { Badge, Tag } from '../../ui/badge.js';
import { Button, DownloadLink } from '../../ui/button.js';
import { Findings } from '../../ui/findings.js';
import { Icon } from '../../ui/icon.js';
import { Card, EmptyState, PageHead, Skeleton } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { useToast } from '../../ui/toasts.js';
import { ReadableView } from '../invoice/readable-view.js';
import { Deliveries } from './deliveries.js';
import { ReceivedDocuments } from './documents.js';
import { ReceivedKeys, ReceivedParties, ReceivedSignatures } from './side-cards.js';
import { WorstBadge } from './worst-badge.js';

const TABS = ['document', 'findings', 'deliveries'] as const;

/** One invoice of a supplier: to read, then what was found in it and how it came. */
export function ReceivedInvoicePage() {
  const { id = '' } = useParams();
  const { t } = useI18n();
  const location = useLocation();
  const invoice = useQuery({ queryKey: keys.receivedInvoice(id), queryFn: () => receivedApi.get(id) });
  const list = typeof location.state?.list === 'string' ? (location.state.list as string) : '';
  const back = (
    <Link className="back" to={`/received${list}`}>
      <Icon name="back" />
      {t('received.title')}
    </Link>
  );
  if (invoice.isError) {
    const missing = invoice.error instanceof ApiProblem && invoice.error.status === 404;
    return (
      <>
        <PageHead above={back} title={missing ? t('received.missing.title') : t('received.title')} tab={t('received.title')} />
        {missing ? <EmptyState icon="inbox" title={t('received.missing.title')}>{null}</EmptyState> : <ProblemBox error={invoice.error} onRetry={() => void invoice.refetch()} />}
      </>
    );
  }
  if (!invoice.data) {
    return (
      <>
        <PageHead above={back} title={<span className="skeleton-block w-long" />} tab={t('received.title')} />
        <Skeleton lines={6} className="card" />
      </>
    );
  }
  return <Loaded invoice={invoice.data} back={back} />;
}

function Loaded({ invoice, back }: { invoice: ReceivedDetail; back: React.ReactNode }) {
  const { t, language } = useI18n();
  const [parameters] = useSearchParams();
  const { state } = useLocation();
  // What cannot be shown needs no page of its own: then the findings say why.
  const tabs = TABS.filter((tab) => tab !== 'document' || invoice.links.html !== null);
  const chosen = tabs.find((tab) => tab === parameters.get('show')) ?? tabs[0];
  const number = invoice.number || t('received.unnumbered');
  const title = invoice.seller.name ? t('received.title.of', { number, seller: invoice.seller.name }) : t('invoice.title', { number });
  const single = invoice.documentsCount === 1;
  return (
    <article className="invoice">
      <PageHead
        above={back}
        tab={title}
        title={title}
        lead={
          <span className="invoice-lead">
            <WorstBadge worst={invoice.worstFinding} />
            {invoice.date && <span>{t('invoice.of', { date: formatDay(language, invoice.date) })}</span>}
            {invoice.documentsCount > 1 && <span>{t('invoices.documents', { n: invoice.documentsCount })}</span>}
            {single && invoice.total && <span className="tabular invoice-total">{formatMoney(language, invoice.total, invoice.currency)}</span>}
            {invoice.flow && <Tag>{t(`flow.${invoice.flow}`)}</Tag>}
            {invoice.sentInvoiceId && <Tag>{t('received.back')}</Tag>}
          </span>
        }
        actions={<Actions invoice={invoice} />}
      />
      <nav className="tabs" aria-label={t('received.tabs')}>
        {tabs.map((tab) => (
          <Link key={tab} className="tab" to={tab === tabs[0] ? '?' : `?show=${tab}`} state={state} replace preventScrollReset aria-current={tab === chosen ? 'page' : undefined}>
            {t(`received.tab.${tab}`)}
            {tab === 'findings' && invoice.findings.length > 0 && <span className="tab-count tabular">{invoice.findings.length}</span>}
            {tab === 'deliveries' && invoice.deliveriesCount > 1 && <span className="tab-count tabular">{invoice.deliveriesCount}</span>}
          </Link>
        ))}
      </nav>
      <div className="columns">
        <div className="column-main">
          {chosen === 'document' && !single && invoice.documents.length > 0 && <ReceivedDocuments documents={invoice.documents} />}
          {chosen === 'document' && <ReadableView url={receivedApi.htmlUrl(invoice.id, language)} number={invoice.number} />}
          {chosen === 'findings' && <FindingsCard invoice={invoice} />}
          {chosen === 'deliveries' && <Deliveries invoice={invoice} />}
        </div>
        <div className="column-side">
          <ReceivedParties invoice={invoice} />
          <ReceivedKeys invoice={invoice} />
          {invoice.sha256 && <ReceivedSignatures signatures={invoice.signatures} />}
        </div>
      </div>
    </article>
  );
}

function FindingsCard({ invoice }: { invoice: ReceivedDetail }) {
  const { t } = useI18n();
  return (
    <Card title={t('received.findings')} aside={invoice.ruleVersion && <p className="faint card-note">{t('upload.rules', { version: invoice.ruleVersion })}</p>}>
      <p className="faint">{t('received.findings.body')}</p>
      {invoice.findings.length === 0 ? (
        <p>
          <Badge tone="good">{t('findings.none')}</Badge>
        </p>
      ) : (
        <Findings findings={invoice.findings} received />
      )}
    </Card>
  );
}

function Actions({ invoice }: { invoice: ReceivedDetail }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  const { file, opened, metadata } = invoice.links;
  const acknowledge = useMutation({
    mutationFn: () => receivedApi.acknowledge(invoice.id),
    onSuccess: async (fresh) => {
      client.setQueryData(keys.receivedInvoice(invoice.id), fresh);
      toast(t('received.acknowledge.done'));
      await client.invalidateQueries({ queryKey: keys.allReceived });
    },
    onError: (error) => toast(error instanceof ApiProblem ? error.message : String(error)),
  });
  return (
    <>
      {!invoice.acknowledgedAt && (
        <Button icon="check" busy={acknowledge.isPending} onClick={() => acknowledge.mutate()}>
          {t('received.acknowledge')}
        </Button>
      )}
      {file && (
        <DownloadLink href={file} name={invoice.fileName}>
          {t('received.file.download')}
        </DownloadLink>
      )}
      {opened && invoice.xmlSha256 !== invoice.sha256 && <DownloadLink href={opened}>{t('received.opened.download')}</DownloadLink>}
      {metadata && <DownloadLink href={metadata}>{t('received.metadata.download')}</DownloadLink>}
    </>
  );
}
