import { Link, useLocation } from 'react-router';
import type { InvoiceDetail } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';

const TABS = ['timeline', 'document', 'checks'] as const;
export type Tab = (typeof TABS)[number];

export function tabOf(parameters: URLSearchParams): Tab {
  return TABS.find((tab) => tab === parameters.get('show')) ?? 'timeline';
}

/** Three faces of one invoice, each with an address of its own. */
export function Tabs({ invoice, chosen }: { invoice: InvoiceDetail; chosen: Tab }) {
  const { t } = useI18n();
  const { state } = useLocation();
  const findings = invoice.verdict?.findings ?? [];
  return (
    <nav className="tabs" aria-label={t('invoice.tabs')}>
      {TABS.map((tab) => (
        <Link key={tab} className="tab" to={tab === 'timeline' ? '?' : `?show=${tab}`} state={state} replace preventScrollReset aria-current={tab === chosen ? 'page' : undefined}>
          {t(`invoice.tab.${tab}`)}
          {tab === 'checks' && findings.length > 0 && <span className="tab-count tabular">{findings.length}</span>}
        </Link>
      ))}
    </nav>
  );
}
