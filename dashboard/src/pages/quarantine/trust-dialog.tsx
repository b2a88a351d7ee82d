import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { api } from '../../api/client.js';
import type { MessageDetail } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { CheckField } from '../../ui/fields.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { useToast } from '../../ui/toasts.js';
import { NoteField } from './note-field.js';
import { putMessage } from './put-message.js';
import { Signer } from './signer.js';

/** Shows whose certificate it is, and believes it for everything that it signs only after a person has compared it. */
export function TrustDialog({ message, onClose }: { message: MessageDetail; onClose: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  const form = useId();
  const [note, setNote] = useState('');
  const [compared, setCompared] = useState(false);
  const use = message.reason === 'sdi_issuer_unknown' ? 'sdi' : 'pec';
  const signer = use === 'sdi' ? message.sdi?.signature.signer : message.signer;
  const trust = useMutation({
    mutationFn: () => api.trustCertificate(message.id, use, note.trim()),
    onSuccess: async () => {
      onClose();
      toast(t('message.trustCertificate.done'));
      await putMessage(client, message.id, undefined);
    },
  });
  return (
    <Dialog
      form="wide"
      title={t('message.trustCertificate')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind="danger" type="submit" form={form} busy={trust.isPending} disabled={note.trim() === '' || !compared}>
            {t('message.trustCertificate.confirm')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="stack"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          trust.mutate();
        }}
      >
        <p className="notice">{t(use === 'sdi' ? 'message.trustCertificate.sdi' : 'message.trustCertificate.pec')}</p>
        {signer && <Signer title={t(use === 'sdi' ? 'message.sdi.signer' : 'message.signer')} signer={signer} />}
        <CheckField label={t('message.trustCertificate.compared')} checked={compared} onChange={(event) => setCompared(event.target.checked)} />
        <NoteField value={note} onChange={setNote} />
        {trust.isError && <ProblemBox error={trust.error} />}
      </form>
    </Dialog>
  );
}
