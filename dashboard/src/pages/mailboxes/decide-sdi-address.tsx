import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { Mailbox } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { ConfirmDialog } from '../../ui/dialog.js';
import { TextField } from '../../ui/fields.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { useToast } from '../../ui/toasts.js';

/** A person's word for an address of SdI: another one, or the one in force against what was seen. */
export function DecideSdiAddress({ mailbox, address, onClose }: { mailbox: Mailbox; address: string; onClose: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  const [note, setNote] = useState('');
  const leaves = address === mailbox.sdiAddress;
  const decide = useMutation({
    mutationFn: () => api.decideSdiAddress(mailbox.id, { address, ...(note.trim() === '' ? {} : { note: note.trim() }) }),
    onSuccess: async () => {
      toast(t('mailbox.sdiDecided'));
      await client.invalidateQueries({ queryKey: keys.mailboxes });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t('mailbox.sdiDecide')}
      confirm={t(leaves ? 'mailbox.sdiLeave' : 'mailbox.sdiConfirm', { address })}
      busy={decide.isPending}
      onConfirm={() => decide.mutate()}
      onClose={onClose}
    >
      <p>{t(leaves ? 'mailbox.sdiDecide.leave' : 'mailbox.sdiDecide.use', { address })}</p>
      <TextField label={t('mailbox.sdiDecide.note')} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
      {decide.isError && <ProblemBox error={decide.error} />}
    </ConfirmDialog>
  );
}
