import type { InvoiceDetail, TimelineEntry } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Badge } from '../../ui/badge.js';
import { Findings } from '../../ui/findings.js';
import { Card } from '../../ui/layout.js';
import { ExactTime } from '../../ui/time.js';

/** The codes with which SdI rejected the file. */
function codesOf(timeline: readonly TimelineEntry[]): string[] {
  const told = timeline.filter(({ type }) => type === 'NS').flatMap(({ facts }) => (Array.isArray(facts?.['codes']) ? (facts['codes'] as unknown[]) : []));
  return [...new Set(told.map(String))];
}

/** What the checks said of the file when it came and, where SdI rejected it, whether they had seen it coming. */
export function ChecksPanel({ invoice, timeline }: { invoice: InvoiceDetail; timeline: readonly TimelineEntry[] }) {
  const { t } = useI18n();
  const { verdict } = invoice;
  const codes = invoice.status === 'rejected' ? codesOf(timeline) : [];
  return (
    <Card title={t('invoice.checks')} aside={verdict && <p className="faint card-note">{t('upload.rules', { version: verdict.ruleVersion })}</p>}>
      {!verdict && <p>{t('invoice.checks.unknown')}</p>}
      {verdict && (
        <p className="faint">
          {t('invoice.checks.at')} <ExactTime at={verdict.judgedAt} />
        </p>
      )}
      {verdict && codes.length > 0 && (
        <ul className="came" aria-label={t('invoice.checks.came')}>
          {codes.map((code) => {
            const foretold = verdict.findings.some((finding) => finding.code === code);
            return (
              <li key={code}>
                {t('invoice.checks.rejected')} <code>{code}</code> <Badge tone={foretold ? 'wait' : 'bad'}>{t(foretold ? 'invoice.checks.foretold' : 'invoice.checks.missed')}</Badge>
              </li>
            );
          })}
        </ul>
      )}
      {verdict && verdict.findings.length === 0 && (
        <p>
          <Badge tone="good">{t('findings.none')}</Badge> {t('invoice.checks.clean')}
        </p>
      )}
      {verdict && verdict.findings.length > 0 && <Findings findings={verdict.findings} />}
    </Card>
  );
}
