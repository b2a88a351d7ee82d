import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { Flow, SandboxOutcome } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { StatusBadge, Tag } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Segmented } from '../../ui/fields.js';
import { Icon } from '../../ui/icon.js';
import { Card } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { useToast } from '../../ui/toasts.js';

/** The code that stands where an ending says `nnnnn`: a line total that does not add up. */
const SAMPLE_CODE = '00423';

/** The table of endings; each row sends an invoice that ends so. */
export function Outcomes({ outcomes }: { outcomes: readonly SandboxOutcome[] }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  const [flow, setFlow] = useState<Flow>('private');
  const send = useMutation({
    mutationFn: (outcome: SandboxOutcome) => api.sample(endingOf(outcome), flow),
    onSuccess: (invoice) => {
      toast(t('sandbox.sent', { number: invoice.number }), <Link to={`/invoices/${invoice.id}`}>{t('sandbox.sent.open')}</Link>);
      void client.invalidateQueries({ queryKey: keys.allCounts });
    },
  });
  const rows = outcomes.filter((outcome) => outcome.flow === 'both' || outcome.flow === flow);
  return (
    <Card
      flush
      title={t('sandbox.outcomes')}
      aside={
        <Segmented
          label={t('sandbox.flow.choose')}
          value={flow}
          onChange={setFlow}
          options={[
            { value: 'private', label: t('flow.private') },
            { value: 'pa', label: t('flow.pa.short') },
          ]}
        />
      }
    >
      <p className="faint card-pad">{t('sandbox.outcomes.body')}</p>
      {send.isError && <ProblemBox error={send.error} />}
      <table className="table outcome-table">
        <caption className="visually-hidden">{t('sandbox.outcomes')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('sandbox.column.ending')}</th>
            <th scope="col">{t('sandbox.column.outcome')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('sandbox.send')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((outcome) => {
            const ending = outcome.ending || t('sandbox.anyEnding');
            const busy = send.isPending && send.variables === outcome;
            return (
              <tr key={`${outcome.ending} ${outcome.flow}`}>
                <td className="cell-ending">{outcome.ending ? <code>{outcome.ending}</code> : <span className="faint">{ending}</span>}</td>
                <td className="cell-outcome">
                  <Description outcome={outcome} />
                </td>
                <td className="cell-send end">
                  <Button small icon="bolt" busy={busy} aria-label={t('sandbox.sendOf', { ending })} onClick={() => send.mutate(outcome)}>
                    {t('sandbox.send')}
                  </Button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Card>
  );
}

/** What a sample is asked to end in. */
function endingOf(outcome: SandboxOutcome): string {
  return outcome.ending.replace(/n{5}$/, SAMPLE_CODE);
}

function Description({ outcome }: { outcome: SandboxOutcome }) {
  const { t, text } = useI18n();
  const before = outcome.statuses.slice(0, -1);
  return (
    <>
      <p>{text(outcome.description)}</p>
      <p className="path">
        {before.map((status, index) => (
          <span key={`${status} ${index}`} className="path-step">
            {t(`status.${status}`)}
            <Icon name="forward" />
          </span>
        ))}
        <StatusBadge status={outcome.final} />
        {outcome.advance && (
          <Tag>
            <Icon name="clock" /> +{outcome.advance}
          </Tag>
        )}
      </p>
    </>
  );
}
