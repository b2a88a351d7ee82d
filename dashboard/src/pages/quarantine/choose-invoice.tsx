import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { api } from '../../api/client.js';
import type { MessageDetail, Status } from '../../api/types.js';
import { formatDay } from '../../format/time.js';
import { useI18n } from '../../i18n/i18n.js';
import { StatusBadge } from '../../ui/badge.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { SearchBox } from './search-box.js';

const SHOWN = 20;

interface Choice {
  readonly id: string;
  readonly number: string;
  readonly date: string;
  readonly buyer: string;
  readonly status: Status;
}

/** The invoice to attach to: those that the message itself names, and a search among the others of its company. Only those sent from its mailbox can be meant. */
export function ChooseInvoice({ message, value, onChange }: { message: MessageDetail; value: string; onChange: (invoiceId: string) => void }) {
  const { t } = useI18n();
  const group = useId();
  const [q, setQ] = useState('');
  const found = useQuery({
    queryKey: ['invoices', 'choose', message.companyId, q],
    queryFn: ({ signal }) => api.invoices({ status: '', company: message.companyId, q, from: '', to: '' }, undefined, 50, signal),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  });
  const named = message.candidates.map((candidate): Choice => ({ ...candidate, id: candidate.invoiceId }));
  const others =
    q === ''
      ? []
      : (found.data?.items ?? [])
          .filter((invoice) => invoice.mailboxId === message.mailboxId && !named.some(({ id }) => id === invoice.id))
          .slice(0, SHOWN)
          .map((invoice): Choice => ({ id: invoice.id, number: invoice.number, date: invoice.date, buyer: invoice.buyer.name, status: invoice.status }));
  const choices = [...named, ...others];
  return (
    <fieldset className="choices">
      <legend>{t('message.attach.invoice')}</legend>
      <SearchBox label={t('message.attach.search')} placeholder={t('message.attach.search.placeholder')} value={q} onChange={setQ} />
      {found.isError && <ProblemBox error={found.error} />}
      <ul>
        {choices.map((choice) => (
          <li key={choice.id}>
            <label className="choice">
              <input type="radio" name={group} checked={value === choice.id} onChange={() => onChange(choice.id)} />
              <ChoiceWords choice={choice} />
            </label>
          </li>
        ))}
      </ul>
      <p className="faint" role="status">
        {q !== '' && found.isSuccess && others.length === 0 ? t('message.attach.noneFound') : choices.length === 0 ? t('message.attach.none') : ''}
      </p>
    </fieldset>
  );
}

function ChoiceWords({ choice }: { choice: Choice }) {
  const { language } = useI18n();
  return (
    <span className="choice-words">
      <strong>{choice.number}</strong>
      <span>{choice.buyer}</span>
      <span className="faint nowrap">{formatDay(language, choice.date)}</span>
      <StatusBadge status={choice.status} />
    </span>
  );
}
