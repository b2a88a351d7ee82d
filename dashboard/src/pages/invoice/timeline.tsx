import type { TimelineEntry } from '../../api/types.js';
import { toneOf } from '../../app/status.js';
import { useI18n } from '../../i18n/i18n.js';
import { Badge, StatusBadge, Tag } from '../../ui/badge.js';
import { Icon, type IconName } from '../../ui/icon.js';
import { ExactTime, useClockAhead } from '../../ui/time.js';
import { EvidenceLine } from './evidence-line.js';
import { Facts } from './facts.js';

const SOURCE_ICONS: Readonly<Record<TimelineEntry['source'], IconName>> = { api: 'bolt', smtp: 'server', pec: 'mailbox', sdi: 'building', person: 'user' };

/** A receipt may come late; beyond this, when it was recorded is worth a line of its own. */
const LATE_MS = 120_000;

/** Newest first: what happened, who says so, when by the evidence and when we knew, and the evidence itself. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  const ordered = [...entries].sort((a, b) => b.sequence - a.sequence);
  return (
    <ol className="timeline">
      {ordered.map((entry, index) => (
        <Entry key={entry.sequence} entry={entry} before={ordered[index + 1]} />
      ))}
    </ol>
  );
}

function Entry({ entry, before }: { entry: TimelineEntry; before: TimelineEntry | undefined }) {
  const { t, text } = useI18n();
  const moved = entry.status !== before?.status;
  const ahead = useClockAhead();
  const delay = new Date(entry.recordedAt).getTime() - new Date(entry.at).getTime();
  // Evidence dated by a sandbox's clock that was put forward is recorded "before" it happens; that is nobody's delay.
  const late = delay > LATE_MS || (ahead === 0 && delay < -LATE_MS);
  return (
    <li className="entry" data-tone={moved ? toneOf(entry.status) : 'neutral'}>
      <span className="entry-sign">
        <Icon name={SOURCE_ICONS[entry.source] ?? 'dot'} />
      </span>
      <div className="entry-body">
        <div className="entry-head">
          <h3>{text(entry.title)}</h3>
          {entry.conflicting ? <Badge tone="bad">{t('invoice.timeline.conflicting')}</Badge> : moved && <StatusBadge status={entry.status} />}
        </div>
        <p className="entry-meta">
          <span>{t(`invoice.source.${entry.source}`)}</span>
          <span title={t('invoice.timeline.legal')}>
            <ExactTime at={entry.at} />
          </span>
          {late && (
            <span>
              {t('invoice.timeline.recorded')} <ExactTime at={entry.recordedAt} style="short" />
            </span>
          )}
          {entry.attempt ? <Tag>{t('invoice.timeline.attempt', { n: entry.attempt })}</Tag> : null}
        </p>
        <Facts facts={entry.facts ?? {}} />
        <EvidenceLine evidence={entry.evidence} name={`${entry.sequence}-${entry.type}`} />
      </div>
    </li>
  );
}
