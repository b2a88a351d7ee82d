import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { api, type VerdictFilter } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { VerdictCount } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { LOCALES } from '../../i18n/locales.js';
import { SelectField } from '../../ui/fields.js';
import { EmptyState, PageHead, Skeleton } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { PeriodFields } from '../invoices/period-fields.js';
import { VerdictDrawer } from './verdict-drawer.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What the checks said, and what SdI did: by code. Filters and the open code live in the address. */
export function VerdictsPage() {
  const { t } = useI18n();
  const [parameters, setParameters] = useSearchParams();
  const day = (name: string) => (DAY.test(parameters.get(name) ?? '') ? (parameters.get(name) ?? '') : '');
  const filter: VerdictFilter = { company: parameters.get('company') ?? '', from: day('from'), to: day('to') };
  const code = parameters.get('code');
  const set = (news: Readonly<Record<string, string>>) =>
    setParameters(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(news)) {
          if (value === '') after.delete(name);
          else after.set(name, value);
        }
        return after;
      },
      { preventScrollReset: true },
    );
  const companies = useQuery({ queryKey: keys.companies, queryFn: api.companies, staleTime: 60_000 });
  const stats = useQuery({ queryKey: keys.verdicts(filter), queryFn: () => api.verdicts(filter), placeholderData: keepPreviousData });
  const items = stats.data?.items ?? [];
  return (
    <>
      <PageHead title={t('verdicts.title')} tab={t('verdicts.title')} lead={t('verdicts.body')} />
      <search className="filters">
        {companies.data && companies.data.items.length > 1 && (
          <SelectField label={t('company.one')} className="filter-company" value={filter.company} onChange={(event) => set({ company: event.target.value })}>
            <option value="">{t('company.all')}</option>
            {companies.data.items.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        )}
        <PeriodFields days={filter} onChange={({ from, to }) => set({ from, to })} />
      </search>
      {stats.isError && <ProblemBox error={stats.error} onRetry={() => void stats.refetch()} />}
      {stats.isPending && <Skeleton lines={6} className="card" />}
      {stats.isSuccess && items.length === 0 && (
        <EmptyState icon="scales" title={t('verdicts.none.title')}>
          <p>{t('verdicts.none.body')}</p>
        </EmptyState>
      )}
      {items.length > 0 && <VerdictTable items={items} onOpen={(chosen) => set({ code: chosen })} />}
      {code && <VerdictDrawer code={code} title={items.find((item) => item.code === code)?.title ?? undefined} filter={filter} onClose={() => set({ code: '' })} />}
    </>
  );
}

const COLUMNS = ['foretold', 'came', 'hits', 'missed'] as const;

function VerdictTable({ items, onOpen }: { items: readonly VerdictCount[]; onOpen: (code: string) => void }) {
  const { t, text, language } = useI18n();
  const write = (n: number) => n.toLocaleString(LOCALES[language], { useGrouping: 'always' });
  return (
    <div className="table-frame">
      <table className="table verdict-table">
        <caption className="visually-hidden">{t('verdicts.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('verdicts.code')}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className="end">
                {t(`verdicts.${column}`)}
                <span className="second">{t(`verdicts.${column}.hint`)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => {
            const figures = { ...item, missed: item.came - item.hits };
            return (
              <tr key={item.code} className="row">
                <td className="cell-code">
                  <button type="button" className="row-link mono" onClick={() => onOpen(item.code)}>
                    {item.code}
                  </button>
                  <span className="second">{item.title ? text(item.title) : t('verdicts.unknown')}</span>
                </td>
                {COLUMNS.map((column) => (
                  <td key={column} className="cell-figure end tabular" data-zero={figures[column] === 0 || undefined}>
                    <span className="cell-label" aria-hidden="true">
                      {t(`verdicts.${column}`)}
                    </span>
                    {write(figures[column])}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
