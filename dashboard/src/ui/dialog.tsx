import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useI18n } from '../i18n/i18n.js';
import { Button, IconButton, type ButtonKind } from './button.js';

interface DialogProps {
  readonly title: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  /** `drawer` slides in at the edge and leaves the list in sight. */
  readonly form?: 'dialog' | 'drawer' | 'wide';
  /** It can be left only by its own buttons. */
  readonly firm?: boolean;
}

/** The browser's own modal dialog: it keeps the focus inside, closes on Escape and gives the focus back. Mounted is open. */
export function Dialog({ title, onClose, children, footer, form = 'dialog', firm }: DialogProps) {
  const { t } = useI18n();
  const reference = useRef<HTMLDialogElement>(null);
  const heading = useId();

  useEffect(() => {
    const dialog = reference.current;
    const before = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    // What is to be filled in first; where there is nothing, the title, so that it is heard.
    const first = dialog?.querySelector<HTMLElement>('.dialog-content :is(input:not([type="file"]), select, textarea), h2');
    (form === 'drawer' ? dialog?.querySelector<HTMLElement>('h2') : first)?.focus();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [form]);

  return (
    <dialog
      ref={reference}
      className={`dialog dialog-${form}`}
      aria-labelledby={heading}
      onCancel={(event) => {
        // Of a dialog that was opened from this one, which answers for itself.
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        if (!firm) onClose();
      }}
      onMouseDown={(event) => {
        if (!firm && event.target === event.currentTarget) onClose();
      }}
    >
      <div className="dialog-body">
        <header className="dialog-head">
          <h2 id={heading} tabIndex={-1}>
            {title}
          </h2>
          {!firm && <IconButton icon="close" label={t('action.close')} onClick={onClose} />}
        </header>
        <div className="dialog-content">{children}</div>
        {footer && <footer className="dialog-foot">{footer}</footer>}
      </div>
    </dialog>
  );
}

interface ConfirmProps {
  readonly title: ReactNode;
  readonly confirm: string;
  readonly kind?: ButtonKind;
  readonly busy: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Asks once more before what cannot be taken back. */
export function ConfirmDialog({ title, confirm, kind = 'primary', busy, onConfirm, onClose, children }: ConfirmProps) {
  const { t } = useI18n();
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind={kind} busy={busy} onClick={onConfirm}>
            {confirm}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
