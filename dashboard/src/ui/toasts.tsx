import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react';
import { useI18n } from '../i18n/i18n.js';
import { IconButton } from './button.js';
import { Icon } from './icon.js';

interface Toast {
  readonly id: number;
  readonly words: ReactNode;
  readonly action?: ReactNode;
}

const Context = createContext<(words: ReactNode, action?: ReactNode) => void>(() => undefined);

/** Says briefly, without taking the focus, that something was done. */
export function useToast(): (words: ReactNode, action?: ReactNode) => void {
  return useContext(Context);
}

const SHOWN_MS = 7000;

export function ToastProvider({ children }: { children: ReactNode }) {
  const { t } = useI18n();
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const next = useRef(1);
  const remove = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const show = useCallback(
    (words: ReactNode, action?: ReactNode) => {
      const id = next.current++;
      setToasts((all) => [...all.slice(-2), { id, words, action }]);
      setTimeout(() => remove(id), SHOWN_MS);
    },
    [remove],
  );
  return (
    <Context value={useMemo(() => show, [show])}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {toasts.map((toast) => (
          <div className="toast" key={toast.id}>
            <Icon name="check" />
            <span>{toast.words}</span>
            {toast.action}
            <IconButton icon="close" label={t('action.close')} onClick={() => remove(toast.id)} />
          </div>
        ))}
      </div>
    </Context>
  );
}
