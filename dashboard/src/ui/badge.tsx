import type { ReactNode } from 'react';
import { toneOf, type Tone } from '../app/status.js';
import type { ChannelHealth, Status } from '../api/types.js';
import { useI18n } from '../i18n/i18n.js';
import { Icon, type IconName } from './icon.js';

const SIGNS: Readonly<Record<Tone, IconName>> = { bad: 'cross', tell: 'speech', way: 'half', good: 'check', wait: 'clock', neutral: 'dot' };

/** A word on its tone's ground with its tone's sign. */
export function Badge({ tone, children, large }: { tone: Tone; children: ReactNode; large?: boolean }) {
  return (
    <span className={large ? 'badge badge-large' : 'badge'} data-tone={tone}>
      <Icon name={SIGNS[tone]} />
      <span>{children}</span>
    </span>
  );
}

export function StatusBadge({ status, large }: { status: Status; large?: boolean }) {
  const { t } = useI18n();
  return (
    <Badge tone={toneOf(status)} large={large}>
      {t(`status.${status}`)}
    </Badge>
  );
}

const HEALTH_TONES: Readonly<Record<ChannelHealth['state'], Tone>> = { unknown: 'neutral', ok: 'good', failing: 'wait', stopped: 'bad' };

export function HealthBadge({ health }: { health: ChannelHealth }) {
  const { t } = useI18n();
  return <Badge tone={HEALTH_TONES[health.state]}>{t(`mailbox.health.${health.state}`)}</Badge>;
}

/** A remark beside a state; says something, asks nothing. */
export function Tag({ children }: { children: ReactNode }) {
  return <span className="tag">{children}</span>;
}
