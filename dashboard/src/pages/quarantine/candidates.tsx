import { Link } from 'react-router';
import type { MessageCandidate } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { StatusBadge, Tag } from '../../ui/badge.js';
import { useKeyWord } from './key-words.js';

/** Invoices that the message might be about, and by what: the strongest first. */
export function Candidates({ candidates }: { candidates: readonly MessageCandidate[] }) {
  const { t } = useI18n();
  const word = useKeyWord();
  if (candidates.length === 0) return null;
  return (
    <section>
      <h3>{t('message.candidates')}</h3>
      <ul className="candidates">
        {candidates.map((candidate) => (
          <li key={candidate.invoiceId} className="candidate">
            <div className="candidate-head">
              <Link to={`/invoices/${candidate.invoiceId}`}>{candidate.number}</Link>
              <span>{candidate.buyer}</span>
              <StatusBadge status={candidate.status} />
            </div>
            <p className="tags">
              {candidate.keys.map((key) => (
                <Tag key={key}>{word(key)}</Tag>
              ))}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
