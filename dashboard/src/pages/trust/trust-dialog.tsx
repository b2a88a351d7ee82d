import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { trustApi, trustKeys } from '../../api/trust.js';
import type { TrustUse } from '../../api/trust-types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Segmented, TextArea } from '../../ui/fields.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { useToast } from '../../ui/toasts.js';

/** A certificate in PEM, what it is for, and why it is believed. */
export function TrustDialog({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  const formId = useId();
  const [certificate, setCertificate] = useState('');
  const [use, setUse] = useState<TrustUse>('pec');
  const [note, setNote] = useState('');
  const trust = useMutation({
    mutationFn: () => trustApi.trust({ certificate, use, note }),
    onSuccess: async () => {
      onClose();
      toast(t('trust.added'));
      await client.invalidateQueries({ queryKey: trustKeys.all });
    },
  });
  return (
    <Dialog
      title={t('trust.add')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind="primary" type="submit" form={formId} busy={trust.isPending}>
            {t('trust.add.submit')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="stack"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          trust.mutate();
        }}
      >
        <p className="notice">{t('trust.add.caution')}</p>
        <TextArea label={t('trust.add.pem')} hint={t('trust.add.pem.hint')} required rows={8} spellCheck={false} className="field-mono" value={certificate} onChange={(event) => setCertificate(event.target.value)} />
        <Segmented
          label={t('trust.add.use')}
          hideLabel={false}
          value={use}
          options={[
            { value: 'pec', label: t('trust.use.pec') },
            { value: 'sdi', label: t('trust.use.sdi') },
          ]}
          onChange={setUse}
        />
        <TextArea label={t('trust.note')} hint={t('trust.note.hint')} required rows={2} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
        {trust.isError && <ProblemBox error={trust.error} />}
      </form>
    </Dialog>
  );
}
