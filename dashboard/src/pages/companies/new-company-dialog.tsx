import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { CheckField } from '../../ui/fields.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { CompanyFields } from '../mailboxes/company-fields.js';
import { EMPTY_COMPANY, newCompany } from '../mailboxes/form-state.js';

export function NewCompanyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useId();
  const [company, setCompany] = useState(EMPTY_COMPANY);
  const [healthProvider, setHealthProvider] = useState(false);
  const create = useMutation({
    mutationFn: () => api.createCompany({ ...newCompany(company), healthProvider }),
    onSuccess: async (created) => {
      await client.invalidateQueries({ queryKey: keys.companies });
      await navigate(`/companies/${created.id}`);
    },
  });
  return (
    <Dialog
      title={t('companies.add')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind="primary" type="submit" form={form} busy={create.isPending}>
            {t('companies.add')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="stack"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <CompanyFields company={company} onChange={setCompany} />
        <CheckField label={t('company.health.switch')} checked={healthProvider} onChange={(event) => setHealthProvider(event.target.checked)} />
        {create.isError && <ProblemBox error={create.error} />}
      </form>
    </Dialog>
  );
}
