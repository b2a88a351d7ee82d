import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { Company, CompanyWarning } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Badge, Tag } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { EmptyState, PageHead, Skeleton } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { NewCompanyDialog } from './new-company-dialog.js';

export function CompaniesPage() {
  const { t } = useI18n();
  const [adding, setAdding] = useState(false);
  const companies = useQuery({ queryKey: keys.companies, queryFn: api.companies });
  const mailboxes = useQuery({ queryKey: keys.mailboxes, queryFn: api.mailboxes, staleTime: 30_000 });
  const counts = useQuery({ queryKey: keys.counts(''), queryFn: () => api.statusCounts('') });
  return (
    <>
      <PageHead
        title={t('companies.title')}
        tab={t('companies.title')}
        lead={t('companies.body')}
        actions={
          <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
            {t('companies.add')}
          </Button>
        }
      />
      {companies.isError && <ProblemBox error={companies.error} onRetry={() => void companies.refetch()} />}
      {companies.isPending && <Skeleton lines={5} className="card" />}
      {companies.data?.items.length === 0 && (
        <EmptyState icon="building" title={t('companies.empty.title')}>
          <p>{t('companies.empty.body')}</p>
        </EmptyState>
      )}
      <ul className="cards">
        {companies.data?.items.map((company) => (
          <li key={company.id}>
            <CompanyCard
              company={company}
              warning={counts.data?.warnings?.find(({ companyId }) => companyId === company.id)}
              addresses={mailboxes.data?.items.filter(({ companyId }) => companyId === company.id).map(({ address }) => address)}
            />
          </li>
        ))}
      </ul>
      {adding && <NewCompanyDialog onClose={() => setAdding(false)} />}
    </>
  );
}

function CompanyCard({ company, warning, addresses }: { company: Company; warning: CompanyWarning | undefined; addresses: readonly string[] | undefined }) {
  const { t } = useI18n();
  const { partitaIva, codiceFiscale, transmitter } = company;
  return (
    <article className="card mailbox-card">
      <header className="mailbox-card-head">
        <h2>
          <Link className="card-link" to={`/companies/${company.id}`}>
            {company.name}
          </Link>
        </h2>
        <p className="faint">
          {partitaIva && `${t('mailbox.form.partitaIva')} ${partitaIva}`}
          {!partitaIva && codiceFiscale && `${t('mailbox.form.codiceFiscale')} ${codiceFiscale}`} {company.healthProvider && <Tag>{t('company.health.tag')}</Tag>}
        </p>
      </header>
      <dl className="mailbox-facts">
        <div>
          <dt>{t('company.transmitter')}</dt>
          <dd className="mono">
            {transmitter.idPaese}
            {transmitter.idCodice}
          </dd>
        </div>
        <div>
          <dt>{t('company.mailboxes')}</dt>
          <dd className="break">{addresses?.join(', ') || (addresses ? t('company.mailboxes.none') : '…')}</dd>
        </div>
      </dl>
      {warning && (
        <p>
          <Badge tone={warning.severity === 'error' ? 'bad' : 'wait'}>
            {t('certificate.title')}: {t(warning.severity === 'error' ? 'certificate.state.expired' : 'certificate.state.expiring').toLowerCase()}
          </Badge>
        </p>
      )}
    </article>
  );
}
