import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { useI18n } from '../i18n/i18n.js';
import { formatInstant, formatRelative, type TimeStyle } from '../format/time.js';

const Now = createContext<number>(Date.now());

/** One clock for every relative time on the page. With the sandbox's clock put forward, now is what that clock says. */
export function NowProvider({ offsetMs, children }: { offsetMs: number; children: ReactNode }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 20_000);
    return () => clearInterval(timer);
  }, []);
  return <Now value={now + offsetMs}>{children}</Now>;
}

export function useNow(): number {
  return useContext(Now);
}

/** "3 minuti fa", with the exact Italian time on hover and for machines. */
export function RelativeTime({ at }: { at: string }) {
  const { language, t } = useI18n();
  const now = useNow();
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
