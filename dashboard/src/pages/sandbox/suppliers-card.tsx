import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { receivedApi } from '../../api/received.js';
import type { Sandbox } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { SelectField } from '../../ui/fields.js';
import { Card } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { useToast } from '../../ui/toasts.js';

/** Has the supplier of the sandbox send an invoice to the demo company. */
export function SuppliersCard({ suppliers }: { suppliers: NonNullable<Sandbox['suppliers']> }) {
  const { t, text } = useI18n();
  const toast = useToast();
  const [variant, setVariant] = useState(suppliers[0]?.variant ?? '');
  const send = useMutation({
    mutationFn: receivedApi.sample,
    onSuccess: ({ fileName }) => toast(t('sandbox.suppliers.sent', { file: fileName }), <Link to="/received">{t('received.title')}</Link>),
  });
  const chosen = suppliers.find((one) => one.variant === variant);
  return (
    <Card title={t('sandbox.suppliers')}>
      <p className="faint">{t('sandbox.suppliers.body')}</p>
      <div className="stack">
        <SelectField label={t('sandbox.suppliers.which')} hint={chosen && text(chosen.description)} value={variant} onChange={(event) => setVariant(event.target.value)}>
          {suppliers.map((one) => (
            <option key={one.variant} value={one.variant}>
              {one.variant}
            </option>
          ))}
        </SelectField>
        <Button icon="bolt" busy={send.isPending} onClick={() => send.mutate(variant)}>
          {t('sandbox.suppliers.send')}
        </Button>
      </div>
      {send.isError && <ProblemBox error={send.error} />}
    </Card>
  );
}
