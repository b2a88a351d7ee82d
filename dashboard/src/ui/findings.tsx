import { Link } from 'react-router';
import type { Finding, Patch } from '../api/types.js';
import type { Tone } from '../app/status.js';
import { useI18n } from '../i18n/i18n.js';
import { Badge } from './badge.js';
import { CopyButton } from './copy.js';

const SEVERITIES = ['error', 'warning', 'hint'] as const;
const TONES: Readonly<Record<Finding['severity'], Tone>> = { error: 'bad', warning: 'wait', hint: 'neutral' };

/** How many of each severity, in words; nothing of those that are none. */
export function FindingCounts({ findings }: { findings: readonly Finding[] }) {
  const { t } = useI18n();
  return (
    <span className="finding-counts">
      {SEVERITIES.map((severity) => {
        const n = findings.filter((finding) => finding.severity === severity).length;
        return (
          n > 0 && (
            <Badge key={severity} tone={TONES[severity]}>
              {t(`findings.${severity}`, { n })}
            </Badge>
          )
        );
      })}
    </span>
  );
}

/**
 * Everything that was found in a file: errors, then warnings, then hints, each with its place, its reason and its mend. Where there are errors the rest is folded away, for it
 * hinders nothing. Of a file that a supplier sent (`received`) nobody here can mend anything.
 */
export function Findings({ findings, onLeave, received }: { findings: readonly Finding[]; onLeave?: () => void; received?: boolean }) {
  const { t } = useI18n();
  const groups = SEVERITIES.map((severity) => ({ severity, members: findings.filter((finding) => finding.severity === severity) })).filter(({ members }) => members.length > 0);
  const wrong = groups[0]?.severity === 'error';
  return (
    <div className="findings">
      {groups.map(({ severity, members }) => (
        <details key={severity} className="finding-group" data-tone={TONES[severity]} open={!wrong || severity === 'error'}>
          <summary>
            <Badge tone={TONES[severity]}>{t(`findings.${severity}`, { n: members.length })}</Badge>
            <span className="finding-group-means">{received ? t(`received.findings.${severity}.means`) : t(`findings.${severity}.means`)}</span>
          </summary>
          <ol>
            {members.map((finding, index) => (
              <FindingItem key={index} finding={finding} onLeave={onLeave} />
            ))}
          </ol>
        </details>
      ))}
    </div>
  );
}

function FindingItem({ finding, onLeave }: { finding: Finding; onLeave?: () => void }) {
  const { t, text } = useI18n();
  const { code, message, fix, invoiceId } = finding;
  return (
    <li className="finding">
      <p className="finding-message">
        <code className="finding-code">{code}</code> {text(message)}
      </p>
      {fix && (
        <p>
          <strong>{t('problem.mend')}:</strong> {text(fix)}
        </p>
      )}
      <Change finding={finding} />
      <Place finding={finding} />
      {invoiceId && (
        <p>
          <Link to={`/invoices/${invoiceId}`} onClick={onLeave}>
            {t('findings.earlier')}
          </Link>
        </p>
      )}
    </li>
  );
}

/** The last two steps of a path say where; the whole of it is for machines. */
function shortPath(path: string): string {
  const steps = path.split('/').filter(Boolean);
  return steps.slice(-2).join(' › ');
}

function Place({ finding: { path, pointer, line, column } }: { finding: Finding }) {
  const { t } = useI18n();
  const whole = pointer ?? path;
  if (whole === undefined && line === undefined) return null;
  return (
    <p className="finding-place">
      {line !== undefined && <span className="nowrap">{column === undefined ? t('findings.line', { line: String(line) }) : t('findings.lineColumn', { line: String(line), column: String(column) })}</span>}
      {whole && (
        <span className="finding-path">
          <span className="visually-hidden">{t('findings.where')}: </span>
          <code title={whole}>{shortPath(whole)}</code>
          <CopyButton text={whole} what={t('findings.path')} />
        </span>
      )}
    </p>
  );
}

/** Text of a file may be of any length. */
const SHOWN = 160;
function shown(value: string): string {
  return value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
}

/** What stands there, and what is to stand there where that is certain. */
function Change({ finding: { value, path, patch = [] } }: { finding: Finding }) {
  const { t } = useI18n();
  if (value === undefined && patch.length === 0) return null;
  const found = value !== undefined && <Value label={t('findings.found')} value={value} kind={patch.length > 0 ? 'was' : 'found'} />;
  return (
    <dl className="change">
      {found}
      {patch.map((one, index) => (
        <PatchLine key={index} patch={one} here={one.path === path} />
      ))}
    </dl>
  );
}

function PatchLine({ patch, here }: { patch: Patch; here: boolean }) {
  const { t } = useI18n();
  const where = shortPath(patch.path);
  if (patch.op === 'remove') return <Value label={t('findings.remove')} value={where} kind="was" />;
  if (patch.op === 'replace' && here) return <Value label={t('findings.write')} value={patch.value} kind="now" />;
  return <Value label={t(patch.op === 'add' ? 'findings.add' : 'findings.writeIn', { where })} value={patch.value} kind="now" />;
}

function Value({ label, value, kind }: { label: string; value: string; kind: 'found' | 'was' | 'now' }) {
  const { t } = useI18n();
  return (
    <div data-kind={kind}>
      <dt>{label}</dt>
      <dd>
        {value === '' ? <span className="faint">{t('findings.empty')}</span> : <code>{shown(value)}</code>}
        {kind === 'now' && value !== '' && <CopyButton text={value} what={label} />}
      </dd>
    </div>
  );
}
