import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { SignatureForm } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { FileField, TextField } from '../../ui/fields.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { useToast } from '../../ui/toasts.js';
import { FormChoice } from './form-choice.js';

/** A PKCS#12 file, its password, and how to sign with it. */
export function CertificateDialog({ companyId, form: usual, onClose }: { companyId: string; form: SignatureForm; onClose: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  const formId = useId();
  const [file, setFile] = useState<File>();
  const [password, setPassword] = useState('');
  const [form, setForm] = useState<SignatureForm>(usual);
  const put = useMutation({
    mutationFn: (chosen: File) => api.putCertificate(companyId, chosen, password, form),
    onSuccess: async (certificate) => {
      client.setQueryData(keys.certificate(companyId), certificate);
      onClose();
      toast(t('certificate.saved'));
      await client.invalidateQueries({ queryKey: keys.allCounts });
    },
  });
  return (
    <Dialog
      title={t('certificate.upload')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind="primary" type="submit" form={formId} busy={put.isPending}>
            {t('certificate.upload')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="stack"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (file) put.mutate(file);
        }}
      >
        <FileField label={t('certificate.file')} choose={t('certificate.file.choose')} required accept=".p12,.pfx,application/x-pkcs12" onFile={setFile} />
        <TextField label={t('certificate.password')} hint={t('certificate.password.hint')} type="password" autoComplete="off" value={password} onChange={(event) => setPassword(event.target.value)} />
        <FormChoice value={form} onChange={setForm} />
        {put.isError && <ProblemBox error={put.error} />}
      </form>
    </Dialog>
  );
}
