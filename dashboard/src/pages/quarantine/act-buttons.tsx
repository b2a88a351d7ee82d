import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import type { MessageAction, MessageDetail } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { useProblemTexts } from '../../ui/problem-box.js';
import { useToast } from '../../ui/toasts.js';
import { AttachDialog } from './attach-dialog.js';
import { NotOursDialog } from './not-ours-dialog.js';
import { putMessage } from './put-message.js';
import { TrustDialog } from './trust-dialog.js';

/** What may be done with the message, as the service says; each act but judging asks why first. */
export function ActButtons({ message }: { message: MessageDetail }) {
  const { t } = useI18n();
  const [asking, setAsking] = useState<Exclude<MessageAction, 'judge'>>();
  const may = (action: MessageAction) => message.actions.includes(action);
  const leave = () => setAsking(undefined);
  return (
    <>
      {may('judge') && <JudgeButton message={message} />}
      {may('not_ours') && (
        <Button icon="cross" onClick={() => setAsking('not_ours')}>
          {t('message.notOurs')}
        </Button>
      )}
      {may('trust_certificate') && (
        <Button icon="shield" onClick={() => setAsking('trust_certificate')}>
          {t('message.trustCertificate')}
        </Button>
      )}
      {may('attach') && (
        <Button kind="primary" icon="invoice" onClick={() => setAsking('attach')}>
          {t('message.attach')}
        </Button>
      )}
      {asking === 'not_ours' && <NotOursDialog message={message} onClose={leave} />}
      {asking === 'trust_certificate' && <TrustDialog message={message} onClose={leave} />}
      {asking === 'attach' && <AttachDialog message={message} onClose={leave} />}
    </>
  );
}

function JudgeButton({ message }: { message: MessageDetail }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  const judge = useMutation({
    mutationFn: () => api.judge(message.id),
    onSuccess: async (fresh) => {
      toast(t('message.judge.done'));
      await putMessage(client, message.id, fresh);
    },
  });
  const { title } = useProblemTexts(judge.error);
  return (
    <>
      {judge.isError && (
        <span className="field-error act-problem" role="alert">
          {title}
        </span>
      )}
      <Button icon="refresh" busy={judge.isPending} onClick={() => judge.mutate()}>
        {judge.isPending ? t('message.judging') : t(message.reason === 'not_ours_by_person' ? 'message.takeBack' : 'message.judge')}
      </Button>
    </>
  );
}
