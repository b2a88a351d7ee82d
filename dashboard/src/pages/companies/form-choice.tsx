import type { SignatureForm } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Segmented } from '../../ui/fields.js';

const FORMS: readonly SignatureForm[] = ['cades', 'xades'];

export function FormChoice({ value, onChange }: { value: SignatureForm; onChange: (form: SignatureForm) => void }) {
  const { t } = useI18n();
  return <Segmented label={t('certificate.form')} hideLabel={false} value={value} onChange={onChange} options={FORMS.map((form) => ({ value: form, label: t(`certificate.form.${form}`) }))} />;
}
