import type { ReceivedDocument } from '../../api/received.js';
import { formatMoney } from '../../format/money.js';
import { formatDay } from '../../format/time.js';
import { useI18n } from '../../i18n/i18n.js';
import { Card } from '../../ui/layout.js';
import { documentType } from './document-types.js';

/** The bodies of a lot. */
export function ReceivedDocuments({ documents }: { documents: readonly ReceivedDocument[] }) {
  const { t, text, language } = useI18n();
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
          </tr>
        </thead>
        <tbody>
          {documents.map((document) => {
            const type = documentType(document.tipoDocumento);
            return (
              <tr key={document.position}>
                <td className="cell-position end tabular">{document.position}</td>
                <td className="cell-number">
                  <strong>{document.numero || t('received.unnumbered')}</strong>
                </td>
                <td className="cell-type">
                  {document.tipoDocumento} {type && <span className="faint">{text(type)}</span>}
                </td>
                <td className="cell-day nowrap">{document.data ? formatDay(language, document.data) : '–'}</td>
                <td className="cell-total end tabular nowrap">{document.importoTotaleDocumento ? formatMoney(language, document.importoTotaleDocumento, document.divisa) : '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Card>
  );
}
