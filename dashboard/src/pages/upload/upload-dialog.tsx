import { useEffect, useRef, useState } from 'react';
import { recall, remember } from '../../app/stored.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Segmented } from '../../ui/fields.js';
import { Icon } from '../../ui/icon.js';
import { UploadRow } from './upload-row.js';
import { type UploadMode, useUploads } from './use-uploads.js';

const STORED = 'corriere.upload';

/** "New invoice": files in, what is said of each or what became of it out. Whoever checks first will want to the next time, too. */
export function UploadDialog({ first, onClose }: { first: readonly File[]; onClose: () => void }) {
  const { t } = useI18n();
  const { uploads, add: addAs, retry, send } = useUploads();
  const [mode, setMode] = useState<UploadMode>(() => (recall(STORED) === 'check' ? 'check' : 'send'));
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const started = useRef(false);

  const add = (files: readonly File[]) => addAs(files, mode);
  const valid = uploads.filter(({ state, verdict }) => state === 'checked' && verdict?.valid).map(({ key }) => key);

  useEffect(() => {
    if (started.current || first.length === 0) return;
    started.current = true;
    addAs(first, mode);
  }, [first, addAs, mode]);

  return (
    <Dialog
      form="wide"
      title={t('upload.title')}
      onClose={onClose}
      footer={
        uploads.length > 0 && (
          <>
            <Button kind={valid.length > 0 ? 'plain' : 'primary'} onClick={onClose}>
              {t('upload.done')}
            </Button>
            {valid.length > 0 && (
              <Button kind="primary" icon="upload" onClick={() => send(valid)}>
                {t('upload.sendAll', { n: valid.length })}
              </Button>
            )}
          </>
        )
      }
    >
      <Segmented
        label={t('upload.mode')}
        value={mode}
        onChange={(next) => {
          setMode(next);
          remember(STORED, next);
        }}
        options={[
          { value: 'send', label: t('upload.mode.send') },
          { value: 'check', label: t('upload.mode.check') },
        ]}
      />
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
          accept=".xml,.p7m,.json,.zip,application/xml,text/xml,application/pkcs7-mime,application/json,application/zip"
          aria-label={t('upload.choose')}
          onChange={(event) => {
            add([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
      </div>
      {uploads.length === 0 ? (
        <p className="faint">{t(`upload.promise.${mode}`)}</p>
      ) : (
        <ul className="uploads" aria-label={t('upload.results')} aria-live="polite">
          {uploads.map((upload) => (
            <UploadRow key={upload.key} upload={upload} onRetry={(company) => retry(upload.key, company)} onSend={() => send([upload.key])} onLeave={onClose} />
          ))}
        </ul>
      )}
    </Dialog>
  );
}
