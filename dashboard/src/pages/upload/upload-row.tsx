import { Link } from 'react-router';
import { ApiProblem, Unreachable } from '../../api/problem.js';
import type { ArchiveItem, TakenInvoice } from '../../api/types.js';
import type { Tone } from '../../app/status.js';
import { formatBytes } from '../../format/money.js';
import { useI18n } from '../../i18n/i18n.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { FindingCounts, Findings } from '../../ui/findings.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { ChooseCompany } from './choose-company.js';
import { CertificateLink, needsCertificate, Remedies } from './remedies.js';
import type { Upload } from './use-uploads.js';

type Shown = Exclude<Upload['state'], 'checked'> | 'valid' | 'wrong' | 'partly';
const TONES: Readonly<Record<Shown, Tone>> = { waiting: 'neutral', checking: 'way', sending: 'way', valid: 'good', wrong: 'bad', taken: 'good', partly: 'wait', refused: 'bad', skipped: 'neutral' };

function shownState({ state, verdict, archive }: Upload): Shown {
  if (state === 'checked') return verdict?.valid ? 'valid' : 'wrong';
  if (state === 'taken' && archive?.items.some(({ status }) => status === 'refused')) return 'partly';
  return state;
}

/** One file: what is said of it, or what became of it. */
export function UploadRow({ upload, onRetry, onSend, onLeave }: { upload: Upload; onRetry: (company?: string) => void; onSend: () => void; onLeave: () => void }) {
  const { t, language } = useI18n();
  const { name, file, verdict, invoice, archive, reason, error, state } = upload;
  const shown = shownState(upload);
  const items = archive?.items ?? (error instanceof ApiProblem ? error.body.items : undefined);
  return (
    <li className="upload">
      <div className="upload-head">
        <span className="upload-name">
          <strong>{name}</strong> {file && <span className="faint nowrap">{formatBytes(language, file.size)}</span>}
        </span>
        <Badge tone={TONES[shown]}>{t(`upload.${shown}`)}</Badge>
      </div>
      {reason && <p className="faint">{t(reason)}</p>}
      {verdict && state === 'checked' && (
        <>
          <div className="upload-head">
            <p className="faint">
              {verdict.format && <>{verdict.format} · </>}
              {t('upload.rules', { version: verdict.ruleVersion })}
              {verdict.findings.length === 0 && <> · {t('findings.none')}</>}
            </p>
            {verdict.valid && (
              <Button small kind="primary" onClick={onSend}>
                {t('upload.send')}
                <span className="visually-hidden"> {name}</span>
              </Button>
            )}
          </div>
          {verdict.findings.some(needsCertificate) && <CertificateLink onLeave={onLeave} />}
          {verdict.findings.length > 0 && <Findings findings={verdict.findings} onLeave={onLeave} />}
          {!verdict.valid && <p className="faint">{t('upload.wrong.again')}</p>}
        </>
      )}
      {invoice && <Taken invoice={invoice} onLeave={onLeave} />}
      {error !== undefined && !items && (
        <ProblemBox error={error} onRetry={error instanceof Unreachable ? () => onRetry() : undefined} onLeave={onLeave}>
          <Remedies error={error} onLeave={onLeave} />
        </ProblemBox>
      )}
      {error instanceof ApiProblem && error.slug === 'ambiguous-company' && <ChooseCompany onChoose={onRetry} />}
      {items && <ArchiveItems items={items} onLeave={onLeave} />}
    </li>
  );
}

function Taken({ invoice, onLeave }: { invoice: TakenInvoice; onLeave: () => void }) {
  const { t } = useI18n();
  const { warnings = [] } = invoice;
  return (
    <>
      <p className="upload-taken">
        <span className="break">
          {invoice.number} · {invoice.buyer.name} · <span className="mono">{t('upload.takenAs', { fileName: invoice.fileName })}</span>
        </span>
        <Link to={`/invoices/${invoice.id}`} onClick={onLeave}>
          {t('upload.open')}
        </Link>
      </p>
      {warnings.length > 0 && (
        <>
          <p className="upload-look">{t('upload.taken.look')}</p>
          <Findings findings={warnings} onLeave={onLeave} />
        </>
      )}
    </>
  );
}

/** A zip, file by file. */
function ArchiveItems({ items, onLeave }: { items: readonly ArchiveItem[]; onLeave: () => void }) {
  const { t } = useI18n();
  const of = (status: ArchiveItem['status']) => items.filter((item) => item.status === status).length;
  return (
    <>
      <p className="faint">
        {t('upload.archive', { taken: of('accepted'), all: of('accepted') + of('refused') })}
        {of('skipped') > 0 && <> · {t('upload.archive.left', { n: of('skipped') })}</>}
      </p>
      <ul className="archive">
        {items.map((item, index) => (
          <li key={index}>
            <Entry item={item} open={of('refused') <= FEW} onLeave={onLeave} />
          </li>
        ))}
      </ul>
    </>
  );
}

const ENTRY = { accepted: 'taken', refused: 'refused', skipped: 'skipped' } as const satisfies Record<ArchiveItem['status'], Shown>;

/** So many refusals are shown with their reasons at once. */
const FEW = 3;

/** What was taken takes a line, with its findings behind it. */
function Entry({ item, open, onLeave }: { item: ArchiveItem; open: boolean; onLeave: () => void }) {
  const { t, text } = useI18n();
  const state = ENTRY[item.status];
  const head = (
    <>
      <Badge tone={TONES[state]}>{t(`upload.${state}`)}</Badge>
      <span className="archive-name">{item.name}</span>
    </>
  );
  if (item.status === 'skipped') {
    return (
      <p className="archive-head">
        {head} <span className="faint">{text(item.reason.message)}</span>
      </p>
    );
  }
  if (item.status === 'refused') {
    const error = new ApiProblem(item.problem.status ?? 422, item.problem);
    return (
      <details open={open}>
        <summary className="archive-head">
          {head} <FindingCounts findings={error.findings} />
        </summary>
        <ProblemBox error={error} onLeave={onLeave}>
          <Remedies error={error} onLeave={onLeave} />
        </ProblemBox>
      </details>
    );
  }
  const { invoice } = item;
  const { warnings = [] } = invoice;
  return (
    <>
      <p className="archive-head">
        {head}{' '}
        <Link to={`/invoices/${invoice.id}`} onClick={onLeave}>
          {invoice.number}
        </Link>
      </p>
      {warnings.length > 0 && (
        <details>
          <summary>
            <FindingCounts findings={warnings} />
          </summary>
          <Findings findings={warnings} onLeave={onLeave} />
        </details>
      )}
    </>
  );
}
