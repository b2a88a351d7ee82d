import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { ApiProblem } from '../../api/problem.js';
import type { Finding } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { StatusBadge } from '../../ui/badge.js';
import { LinkButton } from '../../ui/button.js';

/** A PA invoice that came unsigned and that nobody here can sign. */
export function needsCertificate({ code, severity }: Finding): boolean {
  return code === 'unsigned-pa-invoice' && severity === 'error';
}

/** To the one company's certificate, or to the companies where there are several: the file does not say here which it is. */
export function CertificateLink({ onLeave }: { onLeave: () => void }) {
  const { t } = useI18n();
  const companies = useQuery({ queryKey: keys.companies, queryFn: api.companies });
  const [only, ...others] = companies.data?.items ?? [];
  return (
    <p>
      <LinkButton small icon="key" to={only && others.length === 0 ? `/companies/${only.id}` : '/companies'} onClick={onLeave}>
        {t('upload.certificate')}
      </LinkButton>
    </p>
  );
}

/** Where a refusal can be mended, as far as that is here and not in the file. */
export function Remedies({ error, onLeave }: { error: unknown; onLeave: () => void }) {
  const { t } = useI18n();
  if (!(error instanceof ApiProblem)) return null;
  const { duplicates, invoiceId } = error.body;
  if (duplicates && duplicates.length > 0) {
    return (
      <ul className="duplicates">
        {duplicates.map(({ position, number, invoiceId: earlier, fileName, status }) => (
          <li key={position}>
            {t('upload.duplicate', { number })}{' '}
            <Link className="mono break" to={`/invoices/${earlier}`} onClick={onLeave}>
              {fileName}
            </Link>{' '}
            <StatusBadge status={status} />
          </li>
        ))}
      </ul>
    );
  }
  switch (error.slug) {
    case 'unsigned-pa-invoice':
      return <CertificateLink onLeave={onLeave} />;
    case 'unknown-transmitter':
      return (
        <LinkButton small icon="building" to="/companies" onClick={onLeave}>
          {t('upload.companies')}
        </LinkButton>
      );
    case 'no-mailbox':
      return (
        <LinkButton small icon="mailbox" to="/mailboxes/new" onClick={onLeave}>
          {t('upload.mailbox')}
        </LinkButton>
      );
    default:
      return invoiceId ? (
        <Link to={`/invoices/${invoiceId}`} onClick={onLeave}>
          {t('upload.nameTaken')}
        </Link>
      ) : null;
  }
}
