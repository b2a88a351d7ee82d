import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { ApiProblem } from '../../api/problem.js';
import { useSandbox } from '../../app/sandbox.js';
import { useI18n } from '../../i18n/i18n.js';
import { EmptyState, PageHead, Skeleton } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { ClockCard } from './clock-card.js';
import { FaultsCard } from './faults-card.js';
import { Outcomes } from './outcomes.js';
import { SuppliersCard } from './suppliers-card.js';

const EVERY_MS = 5_000;

/** The provider and SdI in a box: how things end, what time it is there, what is broken. */
export function SandboxPage() {
  const { t } = useI18n();
  const known = useSandbox();
  const sandbox = useQuery({ queryKey: keys.sandbox, queryFn: api.sandbox, enabled: known !== null, refetchInterval: known ? EVERY_MS : false });
  const { data } = sandbox;
  const off = known === null || (sandbox.error instanceof ApiProblem && sandbox.error.status === 404);
  return (
    <>
      <PageHead
        title={t('sandbox.title')}
        tab={t('sandbox.title')}
        lead={
          <>
            {t('sandbox.body')} {data && <span className="nowrap">{t('sandbox.arrivals', { n: data.arrivals })}.</span>}
          </>
        }
      />
      {off ? (
        <EmptyState icon="sandbox" title={t('sandbox.off.title')}>
          <p>{t('sandbox.off.body')}</p>
        </EmptyState>
      ) : sandbox.isError ? (
        <ProblemBox error={sandbox.error} onRetry={() => void sandbox.refetch()} />
      ) : !data ? (
        <Skeleton lines={8} className="card" />
      ) : (
        <div className="columns">
          <div className="column-main">
            <Outcomes outcomes={data.outcomes} />
          </div>
          <div className="column-side">
            <ClockCard clock={data.clock} />
            {data.suppliers && <SuppliersCard suppliers={data.suppliers} />}
            <FaultsCard faults={data.faults} kinds={data.faultKinds} />
          </div>
        </div>
      )}
    </>
  );
}
