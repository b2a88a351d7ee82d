import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { api } from '../../api/client.js';
import type { MessageDetail } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { useToast } from '../../ui/toasts.js';
import { NoteField } from './note-field.js';
import { putMessage } from './put-message.js';

/** Asks why before the message is set aside. */
export function NotOursDialog({ message, onClose }: { message: MessageDetail; onClose: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  const form = useId();
  const [note, setNote] = useState('');
  const setAside = useMutation({
    mutationFn: () => api.notOurs(message.id, note.trim()),
    onSuccess: async (fresh) => {
      onClose();
      toast(t('message.notOurs.done'));
      await putMessage(client, message.id, fresh);
    },
  });
  return (
    <Dialog
      title={t('message.notOurs.title')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind="primary" type="submit" form={form} busy={setAside.isPending} disabled={note.trim() === ''}>
            {t('message.notOurs.confirm')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="stack"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          setAside.mutate();
        }}
      >
        <p>{t('message.notOurs.body')}</p>
        <NoteField value={note} onChange={setNote} />
        {setAside.isError && <ProblemBox error={setAside.error} />}
      </form>
    </Dialog>
  );
}
