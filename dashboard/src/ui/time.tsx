import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { useI18n } from '../i18n/i18n.js';
import { formatInstant, formatRelative, type TimeStyle } from '../format/time.js';

const Now = createContext<number>(Date.now());
const Ahead = createContext<number>(0);

/** Whose clock an instant is told by: `ours`, which is real time, or that of the evidence from outside, which the sandbox may have put forward. */
export type ClockSide = 'ours' | 'evidence';

/** One now for every relative time on the page; `offsetMs` is how far the sandbox's clock is ahead of it. */
export function NowProvider({ offsetMs, children }: { offsetMs: number; children: ReactNode }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 20_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <Ahead value={offsetMs}>
      <Now value={now}>{children}</Now>
    </Ahead>
  );
}

/** How far the sandbox's clock is ahead, in milliseconds; 0 without a sandbox. */
export function useClockAhead(): number {
  return useContext(Ahead);
}

/** What the clock says by which an instant was told. */
export function useNow(side: ClockSide = 'ours'): number {
  const now = useContext(Now);
  const ahead = useClockAhead();
  return side === 'evidence' ? now + ahead : now;
}

/** "3 minuti fa", with the exact Italian time on hover and for machines. */
export function RelativeTime({ at, side }: { at: string; side?: ClockSide }) {
  const { language, t } = useI18n();
  const now = useNow(side);
  return (
    <time dateTime={at} title={`${formatInstant(language, at, 'exact')} (${t('time.rome')})`}>
      {formatRelative(language, at, now) ?? t('time.justNow')}
    </time>
  );
}

export function ExactTime({ at, style = 'exact' }: { at: string; style?: TimeStyle }) {
  const { language, t } = useI18n();
  return (
    <time dateTime={at} title={`${formatInstant(language, at, 'exact')} (${t('time.rome')})`}>
      {formatInstant(language, at, style)}
    </time>
  );
}

/** Both: relative to read, exact to rely on. */
export function When({ at }: { at: string | undefined | null }) {
  const { t } = useI18n();
  if (!at) return <span className="faint">{t('time.never')}</span>;
  return (
    <span className="when">
      <RelativeTime at={at} /> <span className="faint nowrap">· <ExactTime at={at} style="short" /></span>
    </span>
  );
}
