import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { Sandbox } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Badge, Tag } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { SelectField, TextField } from '../../ui/fields.js';
import { Card } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';

/** What can be broken in the box, and what is. */
export function FaultsCard({ faults, kinds }: { faults: Sandbox['faults']; kinds: Sandbox['faultKinds'] }) {
  const { t, text } = useI18n();
  const client = useQueryClient();
  const [kind, setKind] = useState('');
  const [count, setCount] = useState('1');
  const chosen = kinds.find((candidate) => candidate.kind === kind) ?? kinds[0];
  const refresh = () => client.invalidateQueries({ queryKey: keys.sandbox });
  const add = useMutation({ mutationFn: () => api.addFault(chosen?.kind ?? '', Number(count)), onSuccess: refresh });
  const clear = useMutation({ mutationFn: api.clearFaults, onSuccess: refresh });
  const failed = add.error ?? clear.error;
  return (
    <Card title={t('sandbox.faults')} aside={faults.length > 0 && <Badge tone="wait">{faults.length}</Badge>}>
      <p className="faint">{t('sandbox.faults.body')}</p>
      <form
        className="stack"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          add.mutate();
        }}
      >
        <SelectField label={t('sandbox.faults.kind')} value={chosen?.kind ?? ''} hint={chosen && text(chosen.description)} onChange={(event) => setKind(event.target.value)}>
          {kinds.map((candidate) => (
            <option key={candidate.kind} value={candidate.kind}>
              {candidate.kind}
            </option>
          ))}
        </SelectField>
        <div className="field-action">
          <TextField label={t('sandbox.faults.count')} type="number" min={1} max={1000} required value={count} onChange={(event) => setCount(event.target.value)} />
          <Button type="submit" busy={add.isPending}>
            {t('sandbox.faults.add')}
          </Button>
        </div>
      </form>
      {failed && <ProblemBox error={failed} />}
      <div className="armed">
        <h3>{t('sandbox.faults.active')}</h3>
        {faults.length === 0 ? (
          <p className="faint">{t('sandbox.faults.none')}</p>
        ) : (
          <>
            <ul className="tags">
              {faults.map((fault, index) => (
                <li key={`${fault.kind} ${index}`}>
                  <Tag>
                    <code>{fault.kind}</code> {fault.count !== undefined && t('sandbox.faults.times', { n: fault.count })}
                  </Tag>
                </li>
              ))}
            </ul>
            <Button small busy={clear.isPending} onClick={() => clear.mutate()}>
              {t('sandbox.faults.clear')}
            </Button>
          </>
        )}
      </div>
    </Card>
  );
}
