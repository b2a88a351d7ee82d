import { useState } from 'react';
import type { Evidence } from '../../api/types.js';
import { formatBytes } from '../../format/money.js';
import { useI18n } from '../../i18n/i18n.js';
import { CopyButton } from '../../ui/copy.js';
import { Icon } from '../../ui/icon.js';

const EXTENSIONS: Readonly<Record<string, string>> = {
  'message/rfc822': 'eml',
  'application/xml': 'xml',
  'text/xml': 'xml',
  'application/json': 'json',
  'text/plain': 'txt',
  'application/pkcs7-mime': 'p7m',
  'application/zip': 'zip',
};

/** The bytes behind a line: to download, and to check in this very browser against their SHA-256. */
export function EvidenceLine({ evidence, name }: { evidence: Evidence; name: string }) {
  const { t, language } = useI18n();
  const extension = EXTENSIONS[evidence.mediaType?.split(';')[0]?.trim() ?? ''] ?? 'bin';
  return (
    <div className="evidence">
      <a className="evidence-link" href={evidence.url} download={`${name}.${extension}`} title={t('invoice.evidence.download')}>
        <Icon name="download" />
        {t('invoice.evidence')}
        {evidence.size !== undefined && <span className="faint nowrap">{formatBytes(language, evidence.size)}</span>}
        <span className="visually-hidden">
          {name}.{extension}
        </span>
      </a>
      <Digest sha256={evidence.sha256} />
      <VerifyButton evidence={evidence} />
    </div>
  );
}

/** A hash in short, whole on hover and in the clipboard. */
export function Digest({ sha256 }: { sha256: string }) {
  const { t } = useI18n();
  return (
    <span className="digest">
      <span className="mono digest-short" title={sha256}>
        {sha256.slice(0, 8)}…{sha256.slice(-6)}
      </span>
      <span className="mono digest-whole">{sha256}</span>
      <CopyButton text={sha256} what={t('invoice.key.sha256')} />
    </span>
  );
}

type Verdict = 'idle' | 'verifying' | 'matches' | 'differs';

function VerifyButton({ evidence }: { evidence: Evidence }) {
  const { t } = useI18n();
  const [verdict, setVerdict] = useState<Verdict>('idle');
  // Digests are computed by the browser itself, which offers them to secure contexts only.
  if (!globalThis.crypto.subtle) return null;

  const verify = async () => {
    setVerdict('verifying');
    try {
      const response = await fetch(evidence.url, { credentials: 'same-origin' });
      if (!response.ok) return setVerdict('idle');
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await response.arrayBuffer()));
      const hex = Array.from(digest, (octet) => octet.toString(16).padStart(2, '0')).join('');
      setVerdict(hex === evidence.sha256.toLowerCase() ? 'matches' : 'differs');
    } catch {
      setVerdict('idle');
    }
  };

  return (
    <span className="verify" role="status">
      {verdict === 'matches' || verdict === 'differs' ? (
        <span className="verdict" data-verdict={verdict}>
          <Icon name={verdict === 'matches' ? 'shield' : 'alert'} />
          {t(`invoice.evidence.${verdict}`)}
        </span>
      ) : (
        <button type="button" className="link" disabled={verdict === 'verifying'} onClick={() => void verify()}>
          {verdict === 'verifying' ? t('invoice.evidence.verifying') : t('invoice.evidence.verify')}
        </button>
      )}
    </span>
  );
}
