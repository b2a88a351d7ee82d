import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { InvoiceDetail } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { CheckField, TextField } from '../../ui/fields.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { useToast } from '../../ui/toasts.js';

/**
 * A new attempt: where the evidence says that the invoice never reached SdI, and, after a look at the portal and a reason given, where the outcome is unknown or a copy went by another way.
 * Nowhere else is there anything to press.
 */
export function Resend({ invoice }: { invoice: InvoiceDetail }) {
  const { t } = useI18n();
  const [asking, setAsking] = useState(false);
  if (invoice.status !== 'send_failed' && invoice.status !== 'uncertain') return null;
  const decision = doubtOf(invoice) !== undefined;
  return (
    <>
      <Button kind={decision ? 'plain' : 'primary'} icon="refresh" onClick={() => setAsking(true)}>
        {t('invoice.resend')}
      </Button>
      {asking && <ResendDialog invoice={invoice} onClose={() => setAsking(false)} />}
    </>
  );
}

/** Why a copy may be at SdI already, so that a person has to decide. */
function doubtOf({ flags, status }: InvoiceDetail): 'invoice.resend.elsewhere' | 'invoice.resend.unknown' | undefined {
  if (flags.includes('sent_elsewhere')) return 'invoice.resend.elsewhere';
  return status === 'uncertain' ? 'invoice.resend.unknown' : undefined;
}

function ResendDialog({ invoice, onClose }: { invoice: InvoiceDetail; onClose: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  const form = useId();
  const [looked, setLooked] = useState(false);
  const [reason, setReason] = useState('');
  const doubt = doubtOf(invoice);
  const unknown = doubt !== undefined;
  const resend = useMutation({
    mutationFn: () => api.resend(invoice.id, { ...(unknown ? { force: true } : {}), ...(reason.trim() ? { reason: reason.trim() } : {}) }),
    onSuccess: async () => {
      onClose();
      toast(t('invoice.resend.done'));
      await client.invalidateQueries({ queryKey: keys.invoice(invoice.id) });
    },
  });
  return (
    <Dialog
      title={t('invoice.resend.title', { number: invoice.number })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind={unknown ? 'danger' : 'primary'} type="submit" form={form} busy={resend.isPending}>
            {t('invoice.resend.confirm')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="stack"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          resend.mutate();
        }}
      >
        <p className={unknown ? 'notice' : undefined}>{t(doubt ?? 'invoice.resend.body')}</p>
        {unknown && <CheckField label={t('invoice.resend.looked')} required checked={looked} onChange={(event) => setLooked(event.target.checked)} />}
        <TextField label={t('invoice.resend.reason')} hint={t('invoice.resend.reason.hint')} required={unknown} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
        {resend.isError && <ProblemBox error={resend.error} />}
      </form>
    </Dialog>
  );
}
