import type { InvoiceDetail } from '../../api/types.js';
import { clockOf, toneOf } from '../../app/status.js';
import { daysUntil, formatInstant } from '../../format/time.js';
import { useI18n } from '../../i18n/i18n.js';
import { Badge, StatusBadge } from '../../ui/badge.js';
import { Icon } from '../../ui/icon.js';
import { ExactTime, RelativeTime, useNow, type ClockSide } from '../../ui/time.js';

/** The state, and its four answers: who says so, what it means, what to do now, by when. */
export function StatusPanel({ invoice }: { invoice: InvoiceDetail }) {
  const { t, text } = useI18n();
  const { status, statusSince, explanation } = invoice;
  const side = clockOf(invoice);
  const refused = invoice.flags.includes('document_refused');
  return (
    <section className="status-panel" data-tone={refused ? 'bad' : toneOf(status)} aria-labelledby="status-name">
      <header className="status-head">
        <h2 id="status-name">
          <StatusBadge status={status} large />
        </h2>
        {refused && (
          <Badge tone="bad" large>
            {t('flag.document_refused')}
          </Badge>
        )}
        <p>
          <span className="faint">{t('invoice.who')}:</span> {text(explanation.who)}
        </p>
        <p className="faint status-when">
          <ExactTime at={statusSince} /> · <RelativeTime at={statusSince} side={side} />
        </p>
      </header>
      <div className="answers">
        <div className="answer answer-todo">
          <h3>{t('invoice.todo')}</h3>
          {refused && (
            <p>
              <strong>{t('flag.document_refused.todo')}</strong>
            </p>
          )}
          <p>{text(explanation.todo)}</p>
          {explanation.deadline && <Deadline at={explanation.deadline} side={side} />}
        </div>
        <div className="answer">
          <h3>{t('invoice.meaning')}</h3>
          <p>{text(explanation.meaning)}</p>
        </div>
        <div className="answer">
          <h3>{t('invoice.law')}</h3>
          <p>{text(explanation.law)}</p>
        </div>
      </div>
    </section>
  );
}

function Deadline({ at, side }: { at: string; side: ClockSide }) {
  const { t, language } = useI18n();
  const left = daysUntil(at, useNow(side));
  return (
    <p className="deadline" data-late={left < 0 || undefined}>
      <Icon name="clock" />
      <span>
        <strong>{t('invoice.deadline', { date: formatInstant(language, at, 'longDay') })}</strong>{' '}
        <span className="nowrap">({left < 0 ? t('invoice.deadline.past') : left === 0 ? t('invoice.deadline.today') : t('invoice.deadline.left', { n: left })})</span>
      </span>
    </p>
  );
}
