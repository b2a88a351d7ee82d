import { useI18n } from '../../i18n/i18n.js';
import { TextField } from '../../ui/fields.js';
import type { CompanyForm } from './form-state.js';

/** A company that is not there yet, added along with its first mailbox. */
export function CompanyFields({ company, onChange }: { company: CompanyForm; onChange: (company: CompanyForm) => void }) {
  const { t } = useI18n();
  const change = (news: Partial<CompanyForm>) => onChange({ ...company, ...news });
  const fiscalIdNeeded = company.partitaIva.trim() === '' && company.codiceFiscale.trim() === '';
  return (
    <fieldset className="group-box">
      <legend>{t('company.one')}</legend>
      <TextField label={t('mailbox.form.companyName')} required maxLength={80} value={company.name} onChange={(event) => change({ name: event.target.value })} />
      <div className="field-row">
        <TextField label={t('mailbox.form.partitaIva')} inputMode="numeric" maxLength={11} required={fiscalIdNeeded} value={company.partitaIva} onChange={(event) => change({ partitaIva: event.target.value })} />
        <TextField label={t('mailbox.form.codiceFiscale')} maxLength={16} value={company.codiceFiscale} onChange={(event) => change({ codiceFiscale: event.target.value })} />
      </div>
      <div className="field-row field-row-short-first">
        <TextField label={t('mailbox.form.country')} maxLength={2} value={company.idPaese} onChange={(event) => change({ idPaese: event.target.value })} />
        <TextField
          label={t('mailbox.form.transmitter')}
          hint={t('mailbox.form.transmitter.hint')}
          maxLength={28}
          placeholder={company.codiceFiscale || company.partitaIva}
          value={company.idCodice}
          onChange={(event) => change({ idCodice: event.target.value })}
        />
      </div>
    </fieldset>
  );
}
