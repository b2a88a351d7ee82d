import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { trustApi, trustKeys } from '../../api/trust.js';
import type { TrustUse } from '../../api/trust-types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { TextArea } from '../../ui/fields.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { useToast } from '../../ui/toasts.js';
import { shortName } from './certificate-item.js';

export interface Revoked {
  readonly fingerprint: string;
  readonly use: TrustUse;
  readonly subject: string;
}

/** Asks why, says what it does and what it does not undo. */
export function RevokeDialog({ certificate: { fingerprint, use, subject }, onClose }: { certificate: Revoked; onClose: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  const formId = useId();
  const [note, setNote] = useState('');
  const revoke = useMutation({
    mutationFn: () => trustApi.revoke(fingerprint, use, note),
    onSuccess: async ({ appliedMessages }) => {
      onClose();
      toast(t('trust.revoked', { n: appliedMessages }));
      await client.invalidateQueries({ queryKey: trustKeys.all });
    },
  });
  return (
    <Dialog
      title={t('trust.revoke.title')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind="danger" type="submit" form={formId} busy={revoke.isPending}>
            {t('trust.revoke')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="stack"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          revoke.mutate();
        }}
      >
        <p>
          <strong className="break">{shortName(subject)}</strong>
          <br />
          <span className="mono faint break">{fingerprint}</span>
        </p>
        <p>{t('trust.revoke.body')}</p>
        <TextArea label={t('trust.note')} required rows={2} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
        {revoke.isError && <ProblemBox error={revoke.error} />}
      </form>
    </Dialog>
  );
}
