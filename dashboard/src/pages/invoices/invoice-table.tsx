import { Link, useLocation } from 'react-router';
import type { Company, Invoice } from '../../api/types.js';
import { clockOf, needsAttention } from '../../app/status.js';
import { formatMoney } from '../../format/money.js';
import { formatDay } from '../../format/time.js';
import { useI18n } from '../../i18n/i18n.js';
import { useLive } from '../../live/live.js';
import { Badge, StatusBadge, Tag } from '../../ui/badge.js';
import { RelativeTime } from '../../ui/time.js';
import { walkRows } from '../../ui/walk-rows.js';

/** A table where there is room, cards on a phone: the same elements, laid out by the style sheet. */
export function InvoiceTable({ items, companies, stale }: { items: readonly Invoice[]; companies: readonly Company[]; stale: boolean }) {
  const { t } = useI18n();
  const names = companies.length > 1 ? new Map(companies.map((company) => [company.id, company.name])) : undefined;
  return (
    <div className="table-frame" data-stale={stale || undefined}>
      <table className="table invoice-table" onKeyDown={walkRows}>
        <caption className="visually-hidden">{t('invoices.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('invoices.column.status')}</th>
            <th scope="col">{t('invoices.column.number')}</th>
            <th scope="col">{t('invoices.column.buyer')}</th>
            <th scope="col" className="end">
              {t('invoices.column.total')}
            </th>
            <th scope="col" className="wide-only">
              {t('invoices.column.file')}
            </th>
            <th scope="col" className="end">
              {t('invoices.column.since')}
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

function Row({ invoice, company }: { invoice: Invoice; company: string | undefined }) {
  const { t, language } = useI18n();
  const { changed } = useLive();
  const { search } = useLocation();
  // The amount that the list knows is that of the first document: of a lot it is not the whole.
  const lot = invoice.documentsCount > 1;
  return (
    <tr className="row" data-changed={changed.has(invoice.id) || undefined} data-attention={needsAttention(invoice) || undefined}>
      <td className="cell-status">
        <StatusBadge status={invoice.status} />
        {invoice.flags.includes('document_refused') && (
          <span className="second">
            <Badge tone="bad">{t('flag.document_refused')}</Badge>
          </span>
        )}
        {invoice.flags.includes('delayed') && <Tag>{t('flag.delayed')}</Tag>}
      </td>
      <td className="cell-number">
        <Link className="row-link" to={`/invoices/${invoice.id}`} state={{ list: search }}>
          {invoice.number}
        </Link>
        <span className="second">
          {formatDay(language, invoice.date)}
          {lot && <> · {t('invoices.others', { n: invoice.documentsCount - 1 })}</>}
        </span>
      </td>
      <td className="cell-buyer">
        <span className="first">
          <span className="ellipsis" title={invoice.buyer.name}>
            {invoice.buyer.name}
          </span>
          {invoice.flow === 'pa' && <Tag>{t('flow.pa.short')}</Tag>}
        </span>
        <span className="second ellipsis">
          {[invoice.buyer.id, company && t('invoices.from', { seller: company })].filter(Boolean).join(' · ')}
        </span>
      </td>
      <td className="cell-total end tabular" data-lot={lot || undefined}>
        {lot ? t('invoices.documents', { n: invoice.documentsCount }) : invoice.total ? formatMoney(language, invoice.total, invoice.currency) : '–'}
      </td>
      <td className="cell-file wide-only">
        <span className="first mono">{invoice.fileName}</span>
        <span className="second mono">{invoice.identificativoSdi ?? '–'}</span>
      </td>
      <td className="cell-since end">
        <RelativeTime at={invoice.statusSince} side={clockOf(invoice)} />
      </td>
    </tr>
  );
}

export function InvoiceTableSkeleton() {
  return (
    <div className="table-frame" aria-hidden="true">
      {Array.from({ length: 10 }, (_, index) => (
        <div className="row-skeleton" key={index}>
          <span className="skeleton-block w-badge" />
          <span className="skeleton-block w-short" />
          <span className="skeleton-block w-long" />
          <span className="skeleton-block w-short" />
        </div>
      ))}
    </div>
  );
}
