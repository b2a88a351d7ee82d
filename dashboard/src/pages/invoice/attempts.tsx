import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { Attempt, InvoiceDetail } from '../../api/types.js';
import type { Tone } from '../../app/status.js';
import { useI18n } from '../../i18n/i18n.js';
import { Badge } from '../../ui/badge.js';
import { Fact } from '../../ui/copy.js';
import { Card, Skeleton } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { ExactTime } from '../../ui/time.js';
import { EvidenceLine } from './evidence-line.js';

const TONES: Readonly<Record<Attempt['state'], Tone>> = { open: 'way', accepted: 'good', refused: 'bad', deferred: 'wait', unknown: 'wait' };

/** Every hand-over to the provider: which message, what the server answered. */
export function Attempts({ invoice }: { invoice: InvoiceDetail }) {
  const { t } = useI18n();
  const attempts = useQuery({ queryKey: keys.attempts(invoice.id), queryFn: () => api.attempts(invoice.id) });
  const items = [...(attempts.data?.items ?? [])].sort((a, b) => b.number - a.number);
  return (
    <Card title={t('invoice.attempts')}>
      {attempts.isError && <ProblemBox error={attempts.error} onRetry={() => void attempts.refetch()} />}
      {attempts.isPending && <Skeleton lines={4} />}
      {attempts.isSuccess && items.length === 0 && <p className="faint">{t('invoice.attempts.none')}</p>}
      {items.map((attempt) => (
        <AttemptBox key={attempt.id} attempt={attempt} />
      ))}
    </Card>
  );
}

function AttemptBox({ attempt }: { attempt: Attempt }) {
  const { t } = useI18n();
  const code = attempt.smtpCode ? String(attempt.smtpCode) : '';
  const response = attempt.smtpResponse ?? '';
  const answer = response.startsWith(code) ? response : `${code} ${response}`;
  return (
    <section className="attempt">
      <header className="attempt-head">
        <h3>{t('invoice.attempt', { n: attempt.number })}</h3>
        <Badge tone={TONES[attempt.state] ?? 'neutral'}>{t(`invoice.attempt.state.${attempt.state}`)}</Badge>
      </header>
      <dl className="fact-list">
        {answer && (
          <Fact label={t('invoice.attempt.answer')} mono>
            <span className="break">{answer}</span>
          </Fact>
        )}
        <Fact label={t('invoice.attempt.messageId')} copy={attempt.messageId} mono>
          <span className="break">{attempt.messageId}</span>
        </Fact>
        {attempt.identificativo && (
          <Fact label={t('invoice.attempt.identificativo')} copy={attempt.identificativo} mono>
            <span className="break">{attempt.identificativo}</span>
          </Fact>
        )}
        <Fact label={t('invoice.attempt.to')} mono>
          <span className="break">{attempt.sdiAddress}</span>
        </Fact>
        {attempt.tries > 1 && <Fact label={t('invoice.attempt.tries')}>{attempt.tries}</Fact>}
        <Fact label={t('invoice.attempt.opened')}>
          <ExactTime at={attempt.openedAt} />
        </Fact>
        {attempt.settledAt && (
          <Fact label={t('invoice.attempt.settled')}>
            <ExactTime at={attempt.settledAt} />
          </Fact>
        )}
      </dl>
      <EvidenceLine evidence={{ mediaType: 'message/rfc822', ...attempt.evidence }} name={`attempt-${attempt.number}`} />
    </section>
  );
}
