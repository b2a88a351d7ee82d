import { Link } from 'react-router';
import type { Company, CompanyWarning } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Icon } from '../../ui/icon.js';

/** What will stop a company's invoices soon, or does already: its signing certificate ends. */
export function CompanyWarnings({ warnings, companies }: { warnings: readonly CompanyWarning[]; companies: readonly Company[] }) {
  const { t, text } = useI18n();
  return warnings.map((warning) => (
    <p key={warning.companyId} className="banner" data-tone={warning.severity === 'error' ? 'bad' : 'wait'}>
      <Icon name="key" />
      <span>
        {companies.length > 1 && <>{companies.find(({ id }) => id === warning.companyId)?.name}: </>}
        {text(warning.message)} <Link to={`/companies/${warning.companyId}`}>{t('certificate.warning.open')}</Link>
      </span>
    </p>
  ));
}
