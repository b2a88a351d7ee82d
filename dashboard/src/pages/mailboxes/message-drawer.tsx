import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { Message } from '../../api/types.js';
import { formatBytes } from '../../format/money.js';
import { useI18n } from '../../i18n/i18n.js';
import { MESSAGES, type MessageKey } from '../../i18n/messages.js';
import { Badge } from '../../ui/badge.js';
import { Button, DownloadLink } from '../../ui/button.js';
import { Fact } from '../../ui/copy.js';
import { Dialog } from '../../ui/dialog.js';
import { Skeleton } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { ExactTime } from '../../ui/time.js';
import { useToast } from '../../ui/toasts.js';
import { DISPOSITION_TONES } from './ledger.js';

/** One message: what was decided of it and why, whether it may be trusted, its headers, its bytes. */
export function MessageDrawer({ messageId, onClose }: { messageId: string; onClose: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  const message = useQuery({ queryKey: keys.message(messageId), queryFn: () => api.message(messageId) });
  const judge = useMutation({
    mutationFn: () => api.judge(messageId),
    onSuccess: async () => {
      toast(t('message.judge.done'));
      await Promise.all([client.invalidateQueries({ queryKey: keys.message(messageId) }), client.invalidateQueries({ queryKey: keys.allMessages })]);
    },
  });
  return (
    <Dialog
      form="drawer"
      title={message.data ? message.data.subject || t('messages.noSubject') : t('messages.title')}
      onClose={onClose}
      footer={
        <>
          <Button icon="refresh" busy={judge.isPending} onClick={() => judge.mutate()}>
            {judge.isPending ? t('message.judging') : t('message.judge')}
          </Button>
          <DownloadLink href={api.rawUrl(messageId)} name={`${messageId}.eml`}>
            {t('message.raw')}
          </DownloadLink>
        </>
      }
    >
      {message.isError && <ProblemBox error={message.error} onRetry={() => void message.refetch()} />}
      {message.isPending && <Skeleton lines={10} />}
      {judge.isError && <ProblemBox error={judge.error} />}
      {message.data && <Details message={message.data} />}
    </Dialog>
  );
}

function Details({ message }: { message: Message }) {
  const { t, text, language } = useI18n();
  const named = (kind: 'signature' | 'class', value: string | null | undefined) => {
    const key = `message.${kind}.${value ?? ''}`;
    return key in MESSAGES ? t(key as Extract<MessageKey, `message.signature.${string}`>) : (value ?? '–');
  };
  return (
    <div className="stack">
      <section className="verdict-box" data-tone={DISPOSITION_TONES[message.disposition] ?? 'neutral'}>
        <Badge tone={DISPOSITION_TONES[message.disposition] ?? 'neutral'} large>
          {t(`disposition.${message.disposition}`)}
        </Badge>
        {(message.reasonText || message.reason) && (
          <p>
            <strong>{t('message.reason')}:</strong> {message.reasonText ? text(message.reasonText) : message.reason}
          </p>
        )}
        {message.invoiceId && <Link to={`/invoices/${message.invoiceId}`}>{t('message.openInvoice')}</Link>}
        {message.disposition === 'received_invoice' && <Link to={`/received?message=${message.id}`}>{t('message.openInvoice')}</Link>}
      </section>
      <section>
        <h3>{t('message.trust')}</h3>
        <p>
          {message.trust ? (
            <Badge tone={message.trust.ok ? 'good' : 'bad'}>{t(message.trust.ok ? 'message.trust.ok' : 'message.trust.no')}</Badge>
          ) : (
            <Badge tone="neutral">{t('message.trust.unknown')}</Badge>
          )}
        </p>
        {message.trust && message.trust.reasons.length > 0 && (
          <ul className="reasons">
            {message.trust.reasons.map((reason) => (
              <li key={reason.code}>
                <code>{reason.code}</code> {typeof reason.text === 'string' ? reason.text : text(reason.text)}
              </li>
            ))}
          </ul>
        )}
      </section>
      <section>
        <h3>{t('message.headers')}</h3>
        <dl className="fact-list fact-list-wide">
          <Fact label={t('messages.column.from')} mono>
            <span className="break">{message.from ?? '–'}</span>
          </Fact>
          <Fact label={t('messages.column.subject')}>
            <span className="break">{message.subject || t('messages.noSubject')}</span>
          </Fact>
          <Fact label={t('message.class')}>
            {named('class', message.class)}
            {message.kind && <span className="faint"> · {message.kind}</span>}
          </Fact>
          <Fact label={t('message.signature')}>{named('signature', message.signature)}</Fact>
          {message.identificativoSdi && (
            <Fact label={t('invoice.key.identificativoSdi')} copy={message.identificativoSdi} mono>
              {message.identificativoSdi}
            </Fact>
          )}
          <Fact label={t('message.place')}>{t('message.uid', { folder: message.folder, uid: String(message.uid) })}</Fact>
          {message.internalDate && (
            <Fact label={t('message.arrived')}>
              <ExactTime at={message.internalDate} />
            </Fact>
          )}
          <Fact label={t('message.fetched')}>
            <ExactTime at={message.fetchedAt} />
          </Fact>
          {message.judgedAt && (
            <Fact label={t('message.judged')}>
              <ExactTime at={message.judgedAt} />
            </Fact>
          )}
          <Fact label={t('message.size')}>{formatBytes(language, message.size)}</Fact>
          <Fact label={t('invoice.key.sha256')} copy={message.sha256} mono>
            <span className="break">{message.sha256}</span>
          </Fact>
        </dl>
      </section>
    </div>
  );
}
