import { useEffect, useState } from 'react';
import { useI18n } from '../../i18n/i18n.js';
import { SelectField, TextField } from '../../ui/fields.js';
import { useNow } from '../../ui/time.js';
import { daysOf, periodOf, PERIODS, readDay, writeDay, type Days } from './period.js';

/** A named period, or two days. The days are typed: a browser's own picker follows the browser's language, not the page's. */
export function PeriodFields({ days, label, onChange }: { days: Days; label?: string; onChange: (days: Days) => void }) {
  const { t } = useI18n();
  const now = useNow();
  const named = periodOf(days, now);
  const [custom, setCustom] = useState(false);
  const shown = custom || named === undefined;
  return (
    <>
      <SelectField
        label={label ?? t('invoices.filter.period')}
        className="filter-period"
        value={shown ? 'custom' : named}
        onChange={(event) => {
          const period = PERIODS.find((known) => known === event.target.value);
          setCustom(period === undefined);
          if (period) onChange(daysOf(period, now));
        }}
      >
        {PERIODS.map((period) => (
          <option key={period} value={period}>
            {t(`invoices.period.${period}`)}
          </option>
        ))}
        <option value="custom">{t('invoices.period.custom')}</option>
      </SelectField>
      {shown && (
        <>
          <DayField label={t('invoices.filter.from')} day={days.from} onChange={(from) => onChange({ ...days, from })} />
          <DayField label={t('invoices.filter.to')} day={days.to} onChange={(to) => onChange({ ...days, to })} />
        </>
      )}
    </>
  );
}

function DayField({ label, day, onChange }: { label: string; day: string; onChange: (day: string) => void }) {
  const { t } = useI18n();
  const [text, setText] = useState(() => writeDay(day));
  const [wrong, setWrong] = useState(false);
  useEffect(() => setText(writeDay(day)), [day]);

  const settle = () => {
    const read = text.trim() === '' ? '' : readDay(text);
    setWrong(read === undefined);
    if (read === undefined || read === day) return;
    onChange(read);
  };

  return (
    <TextField
      label={label}
      className="filter-day"
      inputMode="numeric"
      autoComplete="off"
      placeholder={t('day.placeholder')}
      error={wrong ? t('day.wrong') : undefined}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle();
      }}
    />
  );
}
