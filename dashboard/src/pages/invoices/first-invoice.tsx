import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { CopyButton } from '../../ui/copy.js';
import { EmptyState } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { useUpload } from '../upload/upload-provider.js';

/** What stands in the list's place before the first invoice: three ways to send one. */
export function FirstInvoice({ sandbox }: { sandbox: boolean }) {
  const { t } = useI18n();
  const upload = useUpload();
  const navigate = useNavigate();
  const client = useQueryClient();
  const sample = useMutation({
    mutationFn: () => api.sample('', 'private'),
    onSuccess: (invoice) => {
      void client.invalidateQueries({ queryKey: keys.allInvoices });
      void navigate(`/invoices/${invoice.id}`);
    },
  });
  const command = `curl ${window.location.origin}/v1/invoices \\\n  -H "Authorization: Bearer $KEY" \\\n  -H "Content-Type: application/xml" \\\n  --data-binary @samples/privata.xml`;
  return (
    <EmptyState icon="invoice" title={t('invoices.empty.title')}>
      <p>{t('invoices.empty.body')}</p>
      <div className="actions actions-center">
        {sandbox && (
          <Button kind="primary" icon="bolt" busy={sample.isPending} onClick={() => sample.mutate()}>
            {t('invoices.empty.sample')}
          </Button>
        )}
        <Button kind={sandbox ? 'plain' : 'primary'} icon="upload" onClick={upload}>
          {t('invoices.empty.upload')}
        </Button>
      </div>
      {sample.isError && <ProblemBox error={sample.error} />}
      <div className="empty-code">
        <p className="faint">{t('invoices.empty.curl')}</p>
        <div className="code-box">
          <pre className="code" tabIndex={0}>
            {command}
          </pre>
          <CopyButton text={command} what={t('invoices.empty.curl')} />
        </div>
        <p className="faint">{t('invoices.empty.key')}</p>
      </div>
    </EmptyState>
  );
}
