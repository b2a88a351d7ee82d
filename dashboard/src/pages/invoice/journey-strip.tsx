import type { InvoiceDetail, TimelineEntry } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Icon, type IconName } from '../../ui/icon.js';
import { ExactTime } from '../../ui/time.js';
import { journey, type StepState } from './journey.js';

const SIGNS: Partial<Record<StepState, IconName>> = { done: 'check', failed: 'close', note: 'speech', skipped: 'check' };
const WORDS = { done: 'done', current: 'current', todo: 'todo', failed: 'failed', note: 'done', skipped: 'skipped' } as const satisfies Record<StepState, string>;

/** How far it has come, at a glance. */
export function JourneyStrip({ invoice, timeline }: { invoice: InvoiceDetail; timeline: readonly TimelineEntry[] }) {
  const { t } = useI18n();
  return (
    <ol className="journey" aria-label={t('invoice.journey')}>
      {journey(invoice, timeline).map(({ name, state, at }) => {
        const sign = SIGNS[state];
        return (
          <li key={name} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
            <span className="journey-sign">{sign && <Icon name={sign} />}</span>
            <span className="journey-name">
              {state === 'note' ? t(`status.${invoice.status}`) : t(`invoice.step.${name}`)}
            </span>
            <span className="journey-when">{at ? <ExactTime at={at} style="short" /> : t(`invoice.step.${WORDS[state]}`)}</span>
          </li>
        );
      })}
    </ol>
  );
}
