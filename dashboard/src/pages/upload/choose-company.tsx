import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { SelectField } from '../../ui/fields.js';

/** For a file that more than one company could send. */
export function ChooseCompany({ onChoose }: { onChoose: (company: string) => void }) {
  const { t } = useI18n();
  const companies = useQuery({ queryKey: keys.companies, queryFn: api.companies });
  const [chosen, setChosen] = useState('');
  const company = chosen || companies.data?.items[0]?.id;
  return (
    <div className="field-action">
      <SelectField label={t('company.one')} value={company ?? ''} onChange={(event) => setChosen(event.target.value)}>
        {companies.data?.items.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <Button disabled={!company} onClick={() => company && onChoose(company)}>
        {t('upload.retry')}
      </Button>
    </div>
  );
}
