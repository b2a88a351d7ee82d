import { useCallback } from 'react';
import type { ReceivedFilter } from '../../api/received.js';
import type { Company, Mailbox } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { SelectField } from '../../ui/fields.js';
import { SearchBox } from '../../ui/search-box.js';
import { PeriodFields } from '../invoices/period-fields.js';
import { DOCUMENT_TYPES } from './document-types.js';

/** Names of types are as long as the law's: a list shows their beginning. */
const MOST_LETTERS = 48;
const FINDINGS = ['error', 'error,warning', 'hint,none'] as const;
const ACKNOWLEDGED = ['false', 'true'] as const;

interface FiltersProps {
  readonly filter: ReceivedFilter;
  readonly companies: readonly Company[];
  readonly mailboxes: readonly Mailbox[];
  readonly active: boolean;
  readonly onChange: (news: Partial<ReceivedFilter>, replace?: boolean) => void;
  readonly onClear: () => void;
}

/** Search while typing, whose, when it arrived, what was found in it, and whether a program has it. */
export function ReceivedFilters({ filter, companies, mailboxes, active, onChange, onClear }: FiltersProps) {
  const { t, text } = useI18n();
  const ask = useCallback((q: string) => onChange({ q }, true), [onChange]);
  return (
    <search className="filters">
      <SearchBox label={t('received.search')} placeholder={t('received.search.placeholder')} asked={filter.q} onAsk={ask} />
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
      {mailboxes.length > 1 && (
        <SelectField label={t('received.filter.mailbox')} className="filter-company" value={filter.mailbox} onChange={(event) => onChange({ mailbox: event.target.value })}>
          <option value="">{t('received.filter.mailbox.any')}</option>
          {mailboxes.map((mailbox) => (
            <option key={mailbox.id} value={mailbox.id}>
              {mailbox.address}
            </option>
          ))}
        </SelectField>
      )}
      <PeriodFields days={filter} label={t('received.filter.arrival')} onChange={({ from, to }) => onChange({ from, to })} />
      <SelectField label={t('received.filter.findings')} className="filter-period" value={filter.findings} onChange={(event) => onChange({ findings: event.target.value })}>
        <option value="">{t('received.filter.findings.any')}</option>
        {FINDINGS.map((findings) => (
          <option key={findings} value={findings}>
            {t(`received.filter.findings.${findings}`)}
          </option>
        ))}
      </SelectField>
      <SelectField label={t('received.filter.type')} className="filter-period" value={filter.type} onChange={(event) => onChange({ type: event.target.value })}>
        <option value="">{t('received.filter.type.any')}</option>
        {DOCUMENT_TYPES.map(({ code, label }) => (
          <option key={code} value={code}>
            {code} · {text(label).length > MOST_LETTERS ? `${text(label).slice(0, MOST_LETTERS)}…` : text(label)}
          </option>
        ))}
      </SelectField>
      <SelectField label={t('received.filter.acknowledged')} className="filter-period" value={filter.acknowledged} onChange={(event) => onChange({ acknowledged: event.target.value })}>
        <option value="">{t('received.filter.acknowledged.any')}</option>
        {ACKNOWLEDGED.map((acknowledged) => (
          <option key={acknowledged} value={acknowledged}>
            {t(`received.filter.acknowledged.${acknowledged}`)}
          </option>
        ))}
      </SelectField>
      {active && (
        <Button kind="quiet" icon="close" className="filter-clear" onClick={onClear}>
          {t('invoices.filter.clear')}
        </Button>
      )}
    </search>
  );
}
