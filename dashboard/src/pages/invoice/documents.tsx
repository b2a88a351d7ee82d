import type { InvoiceDocument } from '../../api/types.js';
import { formatMoney } from '../../format/money.js';
import { formatDay } from '../../format/time.js';
import { useI18n } from '../../i18n/i18n.js';
import { StatusBadge } from '../../ui/badge.js';
import { Card } from '../../ui/layout.js';

/** The bodies of a lot: the PA answers for each. */
export function Documents({ documents }: { documents: readonly InvoiceDocument[] }) {
  const { t, language } = useI18n();
  return (
    <Card title={t('invoice.documents')} flush>
      <table className="table document-table">
        <caption className="visually-hidden">{t('invoice.documents')}</caption>
        <thead>
          <tr>
            <th scope="col" className="end">
              #
            </th>
            <th scope="col">{t('invoices.column.number')}</th>
            <th scope="col">{t('invoice.documents.type')}</th>
            <th scope="col">{t('invoices.column.date')}</th>
            <th scope="col" className="end">
              {t('invoices.column.total')}
            </th>
            <th scope="col">{t('invoices.column.status')}</th>
          </tr>
        </thead>
        <tbody>
          {documents.map((document) => (
            <tr key={document.position}>
              <td className="cell-position end tabular">{document.position}</td>
              <td className="cell-number">
                <strong>{document.numero}</strong>
              </td>
              <td className="cell-type">{document.tipoDocumento}</td>
              <td className="cell-day nowrap">{formatDay(language, document.data)}</td>
              <td className="cell-total end tabular nowrap">
                {document.importoTotaleDocumento ? formatMoney(language, document.importoTotaleDocumento, document.divisa) : '–'}
              </td>
              <td className="cell-status">
                <StatusBadge status={document.status} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
