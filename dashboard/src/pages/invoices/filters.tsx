import { useEffect, useRef, useState } from 'react';
import type { InvoiceFilter } from '../../api/client.js';
import type { Company } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { SelectField } from '../../ui/fields.js';
import { Icon } from '../../ui/icon.js';
import { PeriodFields } from './period-fields.js';

const TYPING_MS = 250;

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
  const [words, setWords] = useState(filter.q);
  const search = useRef<HTMLInputElement>(null);
  const asked = useRef(filter.q);

  // The address is the truth: when it changes by the back button, the box follows it.
  useEffect(() => {
    if (filter.q === asked.current) return;
    asked.current = filter.q;
    setWords(filter.q);
  }, [filter.q]);

  useEffect(() => {
    if (words.trim() === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = words.trim();
      onChange({ q: words.trim() }, true);
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [words, onChange]);

  useEffect(() => {
    const jump = (event: KeyboardEvent) => {
      if (event.key !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      search.current?.focus();
      search.current?.select();
    };
    window.addEventListener('keydown', jump);
    return () => window.removeEventListener('keydown', jump);
  }, []);

  return (
    <search className="filters">
      <div className="search">
        <Icon name="search" />
        <input
          ref={search}
          className="input"
          type="search"
          aria-label={t('invoices.search')}
          aria-keyshortcuts="Control+K Meta+K"
          placeholder={t('invoices.search.placeholder')}
          value={words}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
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
