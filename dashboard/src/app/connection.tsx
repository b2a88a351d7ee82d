import { useSyncExternalStore } from 'react';
import { useI18n } from '../i18n/i18n.js';
import { useLive } from '../live/live.js';
import { Icon } from '../ui/icon.js';

function useOnline(): boolean {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener('online', changed);
      window.addEventListener('offline', changed);
      return () => {
        window.removeEventListener('online', changed);
        window.removeEventListener('offline', changed);
      };
    },
    () => navigator.onLine,
  );
}

/** Whether what is on the page follows the service. */
export function LiveSign() {
  const { t } = useI18n();
  const { state } = useLive();
  return (
    <span className="live" data-state={state} role="status">
      <span className="live-dot" aria-hidden="true" />
      {t(`live.${state}`)}
    </span>
  );
}

export function ConnectionBanner() {
  const { t } = useI18n();
  const { state } = useLive();
  const online = useOnline();
  if (online && state !== 'lost') return null;
  return (
    <div className="banner" role="alert">
      <Icon name="alert" />
      <span>{online ? t('live.lost.body') : t('live.offline.body')}</span>
    </div>
  );
}
