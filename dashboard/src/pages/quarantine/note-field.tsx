import { useId } from 'react';
import { useI18n } from '../../i18n/i18n.js';

/** As long as the service takes. */
const MOST = 500;

/** Why a person does it: kept with the act for ever, so it is always asked for. */
export function NoteField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useI18n();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{t('message.note')}</label>
      <textarea id={id} className="input" rows={3} required maxLength={MOST} aria-describedby={`${id}-hint`} value={value} onChange={(event) => onChange(event.target.value)} />
      <p className="field-hint" id={`${id}-hint`}>
        {t('message.note.hint')}
      </p>
    </div>
  );
}
