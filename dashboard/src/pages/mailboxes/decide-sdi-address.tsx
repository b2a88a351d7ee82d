import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { Mailbox } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { TextArea } from '../../ui/fields.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { useToast } from '../../ui/toasts.js';

/** A person's word for an address of SdI: another one, or the one in force against what was seen. */
export function DecideSdiAddress({ mailbox, address, onClose }: { mailbox: Mailbox; address: string; onClose: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  const formId = useId();
  const [note, setNote] = useState('');
  const leaves = address === mailbox.sdiAddress;
  const decide = useMutation({
    mutationFn: () => api.decideSdiAddress(mailbox.id, { address, note }),
    onSuccess: async () => {
      toast(t('mailbox.sdiDecided'));
      await client.invalidateQueries({ queryKey: keys.mailboxes });
      onClose();
    },
  });
  return (
    <Dialog
      title={t('mailbox.sdiDecide')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind="primary" type="submit" form={formId} busy={decide.isPending}>
            {t(leaves ? 'mailbox.sdiLeave' : 'mailbox.sdiConfirm', { address })}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="stack"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          decide.mutate();
        }}
      >
        <p>{t(leaves ? 'mailbox.sdiDecide.leave' : 'mailbox.sdiDecide.use', { address })}</p>
        <TextArea label={t('mailbox.sdiDecide.note')} required rows={2} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
        {decide.isError && <ProblemBox error={decide.error} />}
      </form>
    </Dialog>
  );
}
