import { useEffect, useState, type ReactNode } from 'react';
import { useI18n } from '../i18n/i18n.js';
import { Icon } from './icon.js';

async function toClipboard(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // Without a secure context there is no clipboard API: the old way still works.
  const area = document.createElement('textarea');
  area.value = text;
  (document.querySelector('dialog[open]') ?? document.body).append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

export function CopyButton({ text, what }: { text: string; what: string }) {
  const { t } = useI18n();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <button
      type="button"
      className="icon-button copy"
      title={t('action.copyOf', { what })}
      aria-label={t('action.copyOf', { what })}
      onClick={() => void toClipboard(text).then(() => setCopied(true), () => undefined)}
    >
      <Icon name={copied ? 'check' : 'copy'} />
      <span className="visually-hidden" role="status">
        {copied ? t('action.copied') : ''}
      </span>
    </button>
  );
}

/** A name and its value, the value ready to be copied where it is a key to something. */
export function Fact({ label, copy, mono, children }: { label: string; copy?: string; mono?: boolean; children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd className={mono ? 'mono' : undefined}>
        <span className="fact-value">{children}</span>
        {copy && <CopyButton text={copy} what={label} />}
      </dd>
    </div>
  );
}
