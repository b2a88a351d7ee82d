import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent } from 'react';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { Mailbox } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { CheckField, SelectField, TextField } from '../../ui/fields.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { useToast } from '../../ui/toasts.js';
import { CompanyFields } from './company-fields.js';
import { EMPTY_COMPANY, formOf, mailboxChange, needsPassword, NEW_COMPANY, newCompany, newMailbox, withPreset, type FormState } from './form-state.js';
import { ServerFields } from './server-fields.js';

/** Adds a mailbox, or changes one. Choosing the provider fills in the servers; address and password are then enough. */
export function MailboxForm({ mailbox, onDone }: { mailbox?: Mailbox; onDone: (mailbox: Mailbox) => void }) {
  const { t, text } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  const presets = useQuery({ queryKey: keys.presets, queryFn: api.presets, staleTime: Infinity });
  const companies = useQuery({ queryKey: keys.companies, queryFn: api.companies });
  const [form, setForm] = useState<FormState>(() => formOf(mailbox, ''));
  const [company, setCompany] = useState(EMPTY_COMPANY);
  const change = (news: Partial<FormState>) => setForm((before) => ({ ...before, ...news }));

  const first = companies.data?.items[0]?.id;
  const known = companies.isSuccess;
  useEffect(() => {
    if (known) setForm((before) => (before.companyId === '' ? { ...before, companyId: first ?? NEW_COMPANY } : before));
  }, [known, first]);

  const save = useMutation({
    mutationFn: async () => {
      if (mailbox) return api.changeMailbox(mailbox.id, mailboxChange(form, mailbox));
      if (form.companyId !== NEW_COMPANY) return api.createMailbox(newMailbox(form, form.companyId));
      const created = await api.createCompany(newCompany(company));
      // If the mailbox is refused now, the next try must not make the company again.
      await client.invalidateQueries({ queryKey: keys.companies });
      change({ companyId: created.id });
      return api.createMailbox(newMailbox(form, created.id));
    },
    onSuccess: async (saved) => {
      toast(t('mailbox.saved'));
      await client.invalidateQueries({ queryKey: keys.mailboxes });
      onDone(saved);
    },
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const again = mailbox !== undefined && needsPassword(form, mailbox);
  const preset = presets.data?.items.find(({ id }) => id === form.provider);

  return (
    <form className="stack" onSubmit={submit}>
      {!mailbox && (
        <>
          <SelectField label={t('mailbox.form.company')} value={form.companyId} onChange={(event) => change({ companyId: event.target.value })}>
            {companies.data?.items.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
            <option value={NEW_COMPANY}>{t('mailbox.form.newCompany')}</option>
          </SelectField>
          {form.companyId === NEW_COMPANY && <CompanyFields company={company} onChange={setCompany} />}
          <SelectField
            label={t('mailbox.form.provider')}
            value={form.provider}
            hint={preset?.note && text(preset.note)}
            onChange={(event) => setForm(withPreset(form, presets.data?.items.find(({ id }) => id === event.target.value)))}
          >
            <option value="other">{t('mailbox.form.other')}</option>
            {presets.data?.items.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        </>
      )}
      <div className="field-row">
        <TextField label={t('mailbox.form.address')} type="email" required autoComplete="off" value={form.address} onChange={(event) => change({ address: event.target.value })} />
        <TextField
          label={t('mailbox.form.user')}
          hint={preset ? text(preset.login) : t('mailbox.form.user.hint')}
          autoComplete="off"
          placeholder={form.address}
          value={form.user}
          onChange={(event) => change({ user: event.target.value })}
        />
      </div>
      <TextField
        label={t('mailbox.form.password')}
        hint={t(!mailbox ? 'mailbox.form.password.hint' : again ? 'mailbox.form.password.again' : 'mailbox.form.password.keep')}
        type="password"
        autoComplete="new-password"
        required={!mailbox || again}
        value={form.password}
        onChange={(event) => change({ password: event.target.value })}
      />
      <ServerFields form={form} onChange={change} open={Boolean(mailbox) || !preset?.smtp || !preset.imap || preset.providerSigners.length === 0} />
      {mailbox && (
        <div className="checks">
          <CheckField label={t('mailbox.form.enabled')} checked={form.enabled} onChange={(event) => change({ enabled: event.target.checked })} />
          <CheckField label={t('mailbox.form.default')} checked={form.isDefault} disabled={mailbox.isDefault} onChange={(event) => change({ isDefault: event.target.checked })} />
        </div>
      )}
      {save.isError && <ProblemBox error={save.error} />}
      <div className="actions actions-end">
        <Button kind="primary" type="submit" busy={save.isPending}>
          {mailbox ? t('action.save') : t('mailboxes.add')}
        </Button>
      </div>
    </form>
  );
}
