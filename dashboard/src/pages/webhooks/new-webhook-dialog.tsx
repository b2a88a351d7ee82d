import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { STATUSES } from '../../app/status.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { CopyButton } from '../../ui/copy.js';
import { Dialog } from '../../ui/dialog.js';
import { CheckField, Segmented, TextField } from '../../ui/fields.js';
import { ProblemBox } from '../../ui/problem-box.js';

/** Events that are no status of an invoice. */
const OTHER_EVENTS = ['received_invoice.received', 'message.quarantined'] as const;

/** A new endpoint; afterwards its secret, which no one will see again. */
export function NewWebhookDialog({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const form = useId();
  const [url, setUrl] = useState('');
  const [description, setDescription] = useState('');
  const [which, setWhich] = useState<'all' | 'some'>('all');
  const [types, setTypes] = useState<ReadonlySet<string>>(new Set());

  const create = useMutation({
    mutationFn: () => api.createWebhook({ url: url.trim(), ...(description.trim() ? { description: description.trim() } : {}), eventTypes: which === 'all' ? [] : [...types] }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.webhooks }),
  });
  const toggle = (type: string, on: boolean) => {
    const next = new Set(types);
    if (on) next.add(type);
    else next.delete(type);
    setTypes(next);
  };

  if (create.data?.secret) return <SecretDialog secret={create.data.secret} onClose={onClose} />;
  return (
    <Dialog
      title={t('webhook.new.title')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind="primary" type="submit" form={form} busy={create.isPending}>
            {t('webhook.form.create')}
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
        <TextField label={t('webhook.form.url')} hint={t('webhook.form.url.hint')} type="url" required autoFocus placeholder="https://" value={url} onChange={(event) => setUrl(event.target.value)} />
        <TextField label={t('webhook.form.description')} maxLength={200} value={description} onChange={(event) => setDescription(event.target.value)} />
        <Segmented
          label={t('webhook.form.events')}
          hideLabel={false}
          value={which}
          onChange={setWhich}
          options={[
            { value: 'all', label: t('webhook.form.events.all') },
            { value: 'some', label: t('webhook.form.events.some') },
          ]}
        />
        {which === 'some' && (
          <div className="checks checks-grid">
            {STATUSES.map((status) => {
              const type = `invoice.${status}`;
              return (
                <CheckField
                  key={type}
                  checked={types.has(type)}
                  onChange={(event) => toggle(type, event.target.checked)}
                  label={
                    <>
                      {t(`status.${status}`)} <code>{type}</code>
                    </>
                  }
                />
              );
            })}
            {OTHER_EVENTS.map((type) => (
              <CheckField
                key={type}
                checked={types.has(type)}
                onChange={(event) => toggle(type, event.target.checked)}
                label={
                  <>
                    {t(`webhook.event.${type}`)} <code>{type}</code>
                  </>
                }
              />
            ))}
          </div>
        )}
        {create.isError && <ProblemBox error={create.error} />}
      </form>
    </Dialog>
  );
}

function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useI18n();
  return (
    <Dialog
      firm
      title={t('webhook.secret.title')}
      onClose={onClose}
      footer={
        <Button kind="primary" onClick={onClose}>
          {t('webhook.secret.done')}
        </Button>
      }
    >
      <p>{t('webhook.secret.body')}</p>
      <div className="code-box">
        <code className="code break">{secret}</code>
        <CopyButton text={secret} what={t('webhook.secret')} />
      </div>
    </Dialog>
  );
}
