import { Link, useLocation } from 'react-router';
import type { ReceivedInvoice } from '../../api/received.js';
import type { Company } from '../../api/types.js';
import { formatMoney } from '../../format/money.js';
import { formatDay } from '../../format/time.js';
import { useI18n } from '../../i18n/i18n.js';
import { Tag } from '../../ui/badge.js';
import { walkRows } from '../../ui/walk-rows.js';
import { RelativeTime } from '../../ui/time.js';
import { WorstBadge } from './worst-badge.js';

/** A table where there is room, cards on a phone: laid out as the list of invoices sent. */
export function ReceivedTable({ items, companies, stale }: { items: readonly ReceivedInvoice[]; companies: readonly Company[]; stale: boolean }) {
  const { t } = useI18n();
  const names = companies.length > 1 ? new Map(companies.map((company) => [company.id, company.name])) : undefined;
  return (
    <div className="table-frame" data-stale={stale || undefined}>
      <table className="table invoice-table" onKeyDown={walkRows}>
        <caption className="visually-hidden">{t('received.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('received.column.state')}</th>
            <th scope="col">{t('invoices.column.number')}</th>
            <th scope="col">{t('received.column.seller')}</th>
            <th scope="col" className="end">
              {t('invoices.column.total')}
            </th>
            <th scope="col" className="wide-only">
              {t('invoices.column.file')}
            </th>
            <th scope="col" className="end">
              {t('received.column.at')}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((invoice) => (
            <Row key={invoice.id} invoice={invoice} company={names?.get(invoice.companyId)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ invoice, company }: { invoice: ReceivedInvoice; company: string | undefined }) {
  const { t, language } = useI18n();
  const { search } = useLocation();
  // The amount that the list knows is that of the first document: of a lot it is not the whole.
  const lot = invoice.documentsCount > 1;
  return (
    <tr className="row" data-attention={invoice.worstFinding === 'error' || undefined}>
      <td className="cell-status">
        <WorstBadge worst={invoice.worstFinding} />
        {invoice.acknowledgedAt && (
          <span className="second">
            <Tag>{t('received.acknowledged')}</Tag>
          </span>
        )}
      </td>
      <td className="cell-number">
        <Link className="row-link" to={`/received/${invoice.id}`} state={{ list: search }}>
          {invoice.number || t('received.unnumbered')}
        </Link>
        <span className="second">
          {[invoice.tipoDocumento, invoice.date && formatDay(language, invoice.date)].filter(Boolean).join(' · ')}
          {lot && <> · {t('invoices.others', { n: invoice.documentsCount - 1 })}</>}
        </span>
      </td>
      <td className="cell-buyer">
        <span className="first">
          <span className="ellipsis" title={invoice.seller.name}>
            {invoice.seller.name || t('received.unknownSeller')}
          </span>
          {invoice.sentInvoiceId && <Tag>{t('received.back')}</Tag>}
        </span>
        <span className="second ellipsis">{[invoice.seller.id, company && t('invoice.to', { buyer: company })].filter(Boolean).join(' · ')}</span>
      </td>
      <td className="cell-total end tabular" data-lot={lot || undefined}>
        {lot ? t('invoices.documents', { n: invoice.documentsCount }) : invoice.total ? formatMoney(language, invoice.total, invoice.currency) : '–'}
      </td>
      <td className="cell-file wide-only">
        <span className="first mono">{invoice.fileName}</span>
        <span className="second mono">{invoice.identificativoSdi ?? '–'}</span>
      </td>
      <td className="cell-since end">
        <RelativeTime at={invoice.receivedAt} side="evidence" />
      </td>
    </tr>
  );
}
