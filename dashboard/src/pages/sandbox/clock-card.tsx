import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { Sandbox } from '../../api/types.js';
import { splitSpan } from '../../format/time.js';
import { useI18n } from '../../i18n/i18n.js';
import { Tag } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Card } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { ExactTime } from '../../ui/time.js';

/** As far as the terms of the field need: warnings of a provider, the attestation, the expiry. */
const ADVANCES = [
  { advance: '10m', unit: 'minutes', n: 10 },
  { advance: '1h', unit: 'hours', n: 1 },
  { advance: '12h', unit: 'hours', n: 12 },
  { advance: '1d', unit: 'days', n: 1 },
  { advance: '10d', unit: 'days', n: 10 },
  { advance: '15d', unit: 'days', n: 15 },
] as const;

export function ClockCard({ clock }: { clock: Sandbox['clock'] }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const advance = useMutation({ mutationFn: api.advanceClock, onSuccess: () => client.invalidateQueries({ queryKey: keys.sandbox }) });
  const ahead = splitSpan(clock.offsetMs);
  return (
    <Card title={t('sandbox.clock')} aside={<Tag>{clock.offsetMs > 0 ? t('sandbox.clock.ahead', { span: t(`sandbox.clock.${ahead.unit}`, { n: ahead.n }) }) : t('sandbox.clock.real')}</Tag>}>
      <p className="clock-now tabular">
        <ExactTime at={clock.now} />
      </p>
      <p className="faint">{t('sandbox.clock.body')}</p>
      <div className="button-grid">
        {ADVANCES.map((step) => {
          const span = t(`sandbox.clock.${step.unit}`, { n: step.n });
          return (
            <Button
              key={step.advance}
              small
              aria-label={t('sandbox.clock.advance', { span })}
              busy={advance.isPending && advance.variables === step.advance}
              disabled={advance.isPending}
              onClick={() => advance.mutate(step.advance)}
            >
              +{span}
            </Button>
          );
        })}
      </div>
      {advance.isError && <ProblemBox error={advance.error} />}
    </Card>
  );
}
