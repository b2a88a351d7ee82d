import { ApiProblem, Unreachable } from '../api/problem.js';
import type { Finding } from '../api/types.js';
import { useI18n } from '../i18n/i18n.js';
import { Badge } from './badge.js';
import { Button } from './button.js';
import { Icon } from './icon.js';

const SEVERITY_TONES = { error: 'bad', warning: 'wait', hint: 'neutral' } as const;

/** What went wrong, why, and how to mend it: in the service's own words, in the language chosen. */
export function ProblemBox({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useI18n();
  const { title, detail, mend, findings } = useProblemTexts(error);
  return (
    <div className="problem" role="alert">
      <Icon name="alert" />
      <div className="problem-words">
        <p className="problem-title">{title}</p>
        {detail && <p>{detail}</p>}
        {mend && (
          <p>
            <strong>{t('problem.mend')}:</strong> {mend}
          </p>
        )}
        {findings.length > 0 && <Findings findings={findings} />}
        {onRetry && (
          <Button small icon="refresh" onClick={onRetry}>
            {t('action.retry')}
          </Button>
        )}
      </div>
    </div>
  );
}

export function useProblemTexts(error: unknown): { title: string; detail?: string; mend?: string; findings: readonly Finding[] } {
  const { t, language } = useI18n();
  if (error instanceof ApiProblem) {
    const title = error.part('title', language);
    return {
      title: title ?? t('problem.unknown.title'),
      detail: error.part('detail', language) ?? (title ? undefined : t('problem.unknown.detail', { status: error.status })),
      mend: error.part('mend', language),
      findings: error.findings,
    };
  }
  if (error instanceof Unreachable) {
    return { title: t('problem.unreachable.title'), detail: t('problem.unreachable.detail'), mend: t('problem.unreachable.mend'), findings: [] };
  }
  return { title: t('problem.unknown.title'), detail: error instanceof Error ? error.message : undefined, findings: [] };
}

/** Everything that is wrong with a file: the place, the reason, the mend. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  const { t, text } = useI18n();
  return (
    <section className="findings">
      <p className="findings-count">{t('problem.findings', { n: findings.length })}</p>
      <ol>
        {findings.map((finding, index) => (
          <li key={index}>
            <p className="finding-head">
              <Badge tone={SEVERITY_TONES[finding.severity] ?? 'neutral'}>{t(`severity.${finding.severity}`)}</Badge>
              <code>{finding.code}</code>
            </p>
            <p>{text(finding.message)}</p>
            {finding.fix && (
              <p>
                <strong>{t('problem.mend')}:</strong> {text(finding.fix)}
              </p>
            )}
            {(finding.path || finding.line !== undefined || finding.value !== undefined) && (
              <p className="finding-place">
                {finding.path && (
                  <span>
                    {t('problem.where')}: <code>{finding.path}</code>
                  </span>
                )}
                {finding.line !== undefined && <span>{t('problem.line', { line: String(finding.line) })}</span>}
                {finding.value !== undefined && (
                  <span>
                    {t('problem.found')}: <code>{finding.value}</code>
                  </span>
                )}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
