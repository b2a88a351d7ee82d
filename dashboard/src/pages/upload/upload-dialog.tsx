import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { ApiProblem, Unreachable } from '../../api/problem.js';
import type { Tone } from '../../app/status.js';
import { formatBytes } from '../../format/money.js';
import { useI18n } from '../../i18n/i18n.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Icon } from '../../ui/icon.js';
import { Findings, ProblemBox } from '../../ui/problem-box.js';
import { ChooseCompany } from './choose-company.js';
import { useUploads, type Upload } from './use-uploads.js';

const TONES: Readonly<Record<Upload['state'], Tone>> = { waiting: 'neutral', sending: 'way', taken: 'good', refused: 'bad' };

/** "New invoice": files in, what became of each out. */
export function UploadDialog({ first, onClose }: { first: readonly File[]; onClose: () => void }) {
  const { t } = useI18n();
  const { uploads, add, retry } = useUploads();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const started = useRef(false);

  useEffect(() => {
    if (started.current || first.length === 0) return;
    started.current = true;
    add(first);
  }, [first, add]);

  return (
    <Dialog
      form="wide"
      title={t('upload.title')}
      onClose={onClose}
      footer={
        uploads.length > 0 && (
          <Button kind="primary" onClick={onClose}>
            {t('upload.done')}
          </Button>
        )
      }
    >
      <div
        className="drop"
        data-over={over || undefined}
        data-small={uploads.length > 0 || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          add([...event.dataTransfer.files]);
        }}
      >
        <Icon name="upload" />
        <p className="drop-title">{t('upload.drop')}</p>
        <p>
          {t('upload.or')}{' '}
          <button type="button" className="link" onClick={() => input.current?.click()}>
            {t('upload.choose')}
          </button>
        </p>
        <p className="faint">{t('upload.kinds')}</p>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          accept=".xml,.p7m,application/xml,text/xml,application/pkcs7-mime"
          aria-label={t('upload.choose')}
          onChange={(event) => {
            add([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
      </div>
      {uploads.length === 0 ? (
        <p className="faint">{t('upload.promise')}</p>
      ) : (
        <ul className="uploads" aria-label={t('upload.results')} aria-live="polite">
          {uploads.map((upload) => (
            <UploadRow key={upload.key} upload={upload} onRetry={(company) => retry(upload.key, company)} onOpen={onClose} />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function UploadRow({ upload, onRetry, onOpen }: { upload: Upload; onRetry: (company?: string) => void; onOpen: () => void }) {
  const { t, language } = useI18n();
  const { file, state, invoice, error } = upload;
  return (
    <li className="upload">
      <div className="upload-head">
        <span className="upload-name">
          <strong>{file.name}</strong> <span className="faint nowrap">{formatBytes(language, file.size)}</span>
        </span>
        <Badge tone={TONES[state]}>{t(`upload.${state}`)}</Badge>
      </div>
      {invoice && (
        <p className="upload-taken">
          <span>
            {invoice.number} · {invoice.buyer.name} · <span className="mono">{t('upload.takenAs', { fileName: invoice.fileName })}</span>
          </span>
          <Link to={`/invoices/${invoice.id}`} onClick={onOpen}>
            {t('upload.open')}
          </Link>
        </p>
      )}
      {invoice?.warnings && invoice.warnings.length > 0 && <Findings findings={invoice.warnings} />}
      {error !== undefined && <ProblemBox error={error} onRetry={error instanceof Unreachable ? () => onRetry() : undefined} />}
      {error instanceof ApiProblem && error.slug === 'ambiguous-company' && <ChooseCompany onChoose={onRetry} />}
    </li>
  );
}
