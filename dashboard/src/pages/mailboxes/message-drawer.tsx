import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { MessageDetail } from '../../api/types.js';
import { formatBytes } from '../../format/money.js';
import { useI18n } from '../../i18n/i18n.js';
import { MESSAGES, type MessageKey } from '../../i18n/messages.js';
import { Badge } from '../../ui/badge.js';
import { DownloadLink } from '../../ui/button.js';
import { Fact } from '../../ui/copy.js';
import { Dialog } from '../../ui/dialog.js';
import { Skeleton } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { ExactTime } from '../../ui/time.js';
import { ActButtons } from '../quarantine/act-buttons.js';
import { Acts } from '../quarantine/acts.js';
import { Attachments } from '../quarantine/attachments.js';
import { Candidates } from '../quarantine/candidates.js';
import { SaidByPec } from '../quarantine/said-by-pec.js';
import { SaidBySdi } from '../quarantine/said-by-sdi.js';
import { Signer } from '../quarantine/signer.js';
import { DISPOSITION_TONES } from './ledger.js';

/** One message: what was decided of it and why, what it says and who signed it, what persons did with it, and what may be done. */
export function MessageDrawer({ messageId, onClose }: { messageId: string; onClose: () => void }) {
  const { t } = useI18n();
  const message = useQuery({ queryKey: keys.message(messageId), queryFn: () => api.message(messageId) });
  return (
    <Dialog
      form="drawer"
      title={message.data ? message.data.subject || t('messages.noSubject') : t('messages.title')}
      onClose={onClose}
      footer={
        <>
          <DownloadLink href={api.rawUrl(messageId)} name={`${messageId}.eml`}>
            {t('message.raw')}
          </DownloadLink>
          {message.data && <ActButtons message={message.data} />}
        </>
      }
    >
      {message.isError && <ProblemBox error={message.error} onRetry={() => void message.refetch()} />}
      {message.isPending && <Skeleton lines={10} />}
      {message.data && <Details message={message.data} />}
    </Dialog>
  );
}

function Details({ message }: { message: MessageDetail }) {
  const { t, text } = useI18n();
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
        {message.claims.length > 0 && message.disposition !== 'applied' && (
          <p>
            <strong>{t('message.claims')}:</strong> {message.claims.map(({ title }) => text(title)).join(', ')}
          </p>
        )}
        {message.invoiceId && <Link to={`/invoices/${message.invoiceId}`}>{t('message.openInvoice')}</Link>}
        {message.disposition === 'received_invoice' && <Link to={`/received?message=${message.id}`}>{t('message.openInvoice')}</Link>}
      </section>
      {message.unreadable && <p className="notice">{text(message.unreadable)}</p>}
      <Acts message={message} />
      <Candidates candidates={message.candidates} />
      <Trust message={message} />
      {message.signer && <Signer title={t('message.signer')} signer={message.signer} />}
      {message.sdi && <SaidBySdi sdi={message.sdi} />}
      {message.daticert && <SaidByPec daticert={message.daticert} />}
      <Attachments message={message} />
      <Headers message={message} />
    </div>
  );
}

function Trust({ message }: { message: MessageDetail }) {
  const { t, text } = useI18n();
  return (
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
  );
}

function Headers({ message }: { message: MessageDetail }) {
  const { t, language } = useI18n();
  const named = (kind: 'signature' | 'class', value: string | null | undefined) => {
    const key = `message.${kind}.${value ?? ''}`;
    return key in MESSAGES ? t(key as Extract<MessageKey, `message.signature.${string}`>) : (value ?? '–');
  };
  return (
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
        <Fact label={t('message.place')}>{t('message.uid', { folder: message.folder, uid: String(message.uid) })}</Fact>
        {message.present !== undefined && (
          <Fact label={t('message.present')}>
            {t(message.present ? 'message.present.yes' : message.vanishedAt ? 'message.present.gone' : 'message.present.history')}
            {message.vanishedAt && (
              <span className="second">
                <ExactTime at={message.vanishedAt} />
              </span>
            )}
            {message.elsewhere && (
              <Link className="second" to={`?message=${message.elsewhere.messageId}`} preventScrollReset>
                {t('message.elsewhere', { folder: message.elsewhere.folder })}
              </Link>
            )}
          </Fact>
        )}
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
  );
}
