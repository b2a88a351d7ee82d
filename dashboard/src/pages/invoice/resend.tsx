import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { InvoiceDetail } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { ConfirmDialog } from '../../ui/dialog.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { useToast } from '../../ui/toasts.js';

/** A new attempt, where the evidence says that the invoice never reached SdI; nowhere else is there anything to press. */
export function Resend({ invoice }: { invoice: InvoiceDetail }) {
  const { t } = useI18n();
  const [asking, setAsking] = useState(false);
  const client = useQueryClient();
  const toast = useToast();
  const resend = useMutation({
    mutationFn: () => api.resend(invoice.id),
    onSuccess: async () => {
      setAsking(false);
      toast(t('invoice.resend.done'));
      await client.invalidateQueries({ queryKey: keys.invoice(invoice.id) });
    },
  });
  if (invoice.status !== 'send_failed') return null;
  return (
    <>
      <Button kind="primary" icon="refresh" onClick={() => setAsking(true)}>
        {t('invoice.resend')}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t('invoice.resend.title', { number: invoice.number })}
          confirm={t('invoice.resend.confirm')}
          busy={resend.isPending}
          onConfirm={() => resend.mutate()}
          onClose={() => {
            resend.reset();
            setAsking(false);
          }}
        >
          <p>{t('invoice.resend.body')}</p>
          {resend.isError && <ProblemBox error={resend.error} />}
        </ConfirmDialog>
      )}
    </>
  );
}
