import { useMutation } from '@tanstack/react-query';
import { receivedApi } from '../../api/received.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';

/** What stands in the list's place before the first invoice. */
export function FirstReceived({ sandbox }: { sandbox: boolean }) {
  const { t } = useI18n();
  const sample = useMutation({ mutationFn: () => receivedApi.sample('p7m') });
  return (
    <EmptyState icon="inbox" title={t('received.empty.title')}>
      <p>{t('received.empty.body')}</p>
      {sandbox && (
        <div className="actions actions-center">
          <Button kind="primary" icon="bolt" busy={sample.isPending || sample.isSuccess} onClick={() => sample.mutate()}>
            {t('received.empty.sample')}
          </Button>
        </div>
      )}
      {sample.isError && <ProblemBox error={sample.error} />}
    </EmptyState>
  );
}
