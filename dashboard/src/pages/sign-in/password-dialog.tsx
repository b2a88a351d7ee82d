import { useMutation } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { api } from '../../api/client.js';
import { useSession } from '../../app/session.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { TextField } from '../../ui/fields.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { useToast } from '../../ui/toasts.js';

/** The service's own floor. */
const SHORTEST = 10;

/** Offered after the first sign-in with the key, and from the preferences at any time. */
export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const { session, refresh } = useSession();
  const toast = useToast();
  const form = useId();
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [checked, setChecked] = useState(false);

  const save = useMutation({
    mutationFn: () => api.setPassword(password),
    onSuccess: async () => {
      toast(t('password.saved'));
      onClose();
      await refresh();
    },
  });

  const short = password.length < SHORTEST;
  const differ = password !== again;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!short && !differ) save.mutate();
  };

  return (
    <Dialog
      title={session?.passwordSet ? t('password.change.title') : t('password.title')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{session?.passwordSet ? t('action.cancel') : t('password.later')}</Button>
          <Button kind="primary" type="submit" form={form} busy={save.isPending}>
            {t('password.save')}
          </Button>
        </>
      }
    >
      <form id={form} className="stack" onSubmit={submit} noValidate>
        <p>{t('password.body')}</p>
        <TextField
          label={t('password.new')}
          hint={t('password.rule')}
          error={checked && short ? t('password.short') : undefined}
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <TextField
          label={t('password.again')}
          error={checked && !short && differ ? t('password.differ') : undefined}
          type="password"
          autoComplete="new-password"
          value={again}
          onChange={(event) => setAgain(event.target.value)}
        />
        {save.isError && <ProblemBox error={save.error} />}
      </form>
    </Dialog>
  );
}
