import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { Text } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Card } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';

/** Logs in on both sides, now, and says in words what came of it. */
export function TestMailbox({ mailboxId, atOnce = false }: { mailboxId: string; atOnce?: boolean }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const test = useMutation({
    mutationFn: () => api.testMailbox(mailboxId),
    onSettled: () => client.invalidateQueries({ queryKey: keys.mailboxes }),
  });
  const started = useRef(false);
  const { mutate } = test;
  useEffect(() => {
    if (!atOnce || started.current) return;
    started.current = true;
    mutate();
  }, [atOnce, mutate]);

  return (
    <Card title={t('mailbox.test')}>
      <p className="faint">{t('mailbox.test.body')}</p>
      <Button icon="bolt" busy={test.isPending} onClick={() => test.mutate()}>
        {test.isPending ? t('mailbox.testing') : t('mailbox.test.now')}
      </Button>
      <div role="status" className="stack">
        {test.isError && <ProblemBox error={test.error} />}
        {test.data && (
          <>
            <p>
              <Badge tone={test.data.ok ? 'good' : 'bad'}>{t(test.data.ok ? 'mailbox.test.ok' : 'mailbox.test.failed')}</Badge>
            </p>
            <Side label={t('mailbox.form.smtp')} {...test.data.smtp} />
            <Side label={t('mailbox.form.imap')} {...test.data.imap} />
            {test.data.imap.capabilities && test.data.imap.capabilities.length > 0 && (
              <p className="faint">
                {t('mailbox.test.capabilities')}: <span className="mono break">{test.data.imap.capabilities.join(' ')}</span>
              </p>
            )}
          </>
        )}
      </div>
    </Card>
  );
}

function Side({ label, ok, message, ms }: { label: string; ok: boolean; message: Text; ms: number }) {
  const { t, text } = useI18n();
  return (
    <div className="test-side">
      <p className="test-side-head">
        <strong>{label}</strong> <Badge tone={ok ? 'good' : 'bad'}>{t('mailbox.test.ms', { n: ms })}</Badge>
      </p>
      <p>{text(message)}</p>
    </div>
  );
}
