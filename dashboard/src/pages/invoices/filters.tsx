import { useCallback } from 'react';
import type { InvoiceFilter } from '../../api/client.js';
import type { Company } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { SelectField } from '../../ui/fields.js';
import { SearchBox } from '../../ui/search-box.js';
import { PeriodFields } from './period-fields.js';

interface FiltersProps {
  readonly filter: InvoiceFilter;
  readonly companies: readonly Company[];
  readonly active: boolean;
  readonly onChange: (news: Partial<InvoiceFilter>, replace?: boolean) => void;
  readonly onClear: () => void;
}

/** Search while typing, company and period. */
export function Filters({ filter, companies, active, onChange, onClear }: FiltersProps) {
  const { t } = useI18n();
  const ask = useCallback((q: string) => onChange({ q }, true), [onChange]);
  return (
    <search className="filters">
      <SearchBox label={t('invoices.search')} placeholder={t('invoices.search.placeholder')} asked={filter.q} onAsk={ask} />
      {companies.length > 1 && (
        <SelectField label={t('company.one')} className="filter-company" value={filter.company} onChange={(event) => onChange({ company: event.target.value })}>
          <option value="">{t('company.all')}</option>
          {companies.map((company) => (
            <option key={company.id} value={company.id}>
              {company.name}
            </option>
          ))}
        </SelectField>
      )}
      <PeriodFields days={filter} onChange={({ from, to }) => onChange({ from, to })} />
      {active && (
        <Button kind="quiet" icon="close" className="filter-clear" onClick={onClear}>
          {t('invoices.filter.clear')}
        </Button>
      )}
    </search>
  );
}
