import type { ReactNode } from 'react';
import { ApiProblem, Unreachable } from '../api/problem.js';
import type { Finding } from '../api/types.js';
import { useI18n } from '../i18n/i18n.js';
import { Button } from './button.js';
import { Findings } from './findings.js';
import { Icon } from './icon.js';

/** What went wrong, why, and how to mend it: in the service's own words, in the language chosen; then what can be done about it here. */
export function ProblemBox({ error, onRetry, onLeave, children }: { error: unknown; onRetry?: () => void; onLeave?: () => void; children?: ReactNode }) {
  const { t, language } = useI18n();
  const { title, detail, mend, findings: all } = useProblemTexts(error);
  const duplicates = error instanceof ApiProblem && (error.body.duplicates?.length ?? 0) > 0;
  // Told beside, with their links.
  const findings = duplicates ? all.filter(({ code, severity }) => code !== '00404' || severity !== 'error') : all;
  // Nothing is read twice: a lone finding without a place is the problem itself, and the words of a problem that only repeats its findings are left to these.
  const alone = findings.every((finding) => finding.message[language] === detail && !finding.path && !finding.patch);
  const repeats = !alone && (findings.some((finding) => finding.message[language] === detail) || (error instanceof ApiProblem && error.slug === 'invalid-invoice'));
  return (
    <div className="problem" role="alert">
      <Icon name="alert" />
      <div className="problem-words">
        <p className="problem-title">{title}</p>
        {detail && !repeats && !duplicates && <p>{detail}</p>}
        {mend && !repeats && (
          <p>
            <strong>{t('problem.mend')}:</strong> {mend}
          </p>
        )}
        {children}
        {!alone && <Findings findings={findings} onLeave={onLeave} />}
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
