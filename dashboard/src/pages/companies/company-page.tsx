import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { Link, useParams } from 'react-router';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { Company } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { HealthBadge, Tag } from '../../ui/badge.js';
import { Button, LinkButton } from '../../ui/button.js';
import { Fact } from '../../ui/copy.js';
import { Dialog } from '../../ui/dialog.js';
import { CheckField, TextField } from '../../ui/fields.js';
import { Icon } from '../../ui/icon.js';
import { Card, PageHead, Skeleton } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { ExactTime } from '../../ui/time.js';
import { useToast } from '../../ui/toasts.js';
import { CertificateCard } from './certificate-card.js';

/** One company: how it signs, what must not leave in its name, by which mailboxes it sends. */
export function CompanyPage() {
  const { id = '' } = useParams();
  const { t } = useI18n();
  const [renaming, setRenaming] = useState(false);
  const company = useQuery({ queryKey: keys.company(id), queryFn: () => api.company(id) });
  const back = (
    <Link className="back" to="/companies">
      <Icon name="back" />
      {t('companies.title')}
    </Link>
  );
  if (!company.data) {
    return (
      <>
        <PageHead above={back} title={t('companies.title')} tab={t('companies.title')} />
        {company.isError ? <ProblemBox error={company.error} onRetry={() => void company.refetch()} /> : <Skeleton lines={6} className="card" />}
      </>
    );
  }
  const { data } = company;
  return (
    <>
      <PageHead
        above={back}
        tab={data.name}
        title={<span className="break">{data.name}</span>}
        lead={
          <>
            {data.partitaIva ?? data.codiceFiscale} {data.healthProvider && <Tag>{t('company.health.tag')}</Tag>}
          </>
        }
        actions={
          <>
            <LinkButton icon="invoice" to={`/?company=${data.id}`}>
              {t('company.invoices')}
            </LinkButton>
            <Button onClick={() => setRenaming(true)}>{t('company.rename')}</Button>
          </>
        }
      />
      <div className="columns">
        <div className="column-main">
          <CertificateCard companyId={data.id} />
          <HealthCard company={data} />
        </div>
        <div className="column-side">
          <IdentityCard company={data} />
          <MailboxesCard companyId={data.id} />
        </div>
      </div>
      {renaming && <RenameDialog company={data} onClose={() => setRenaming(false)} />}
    </>
  );
}

function useChange(company: Company, after: () => void = () => undefined) {
  const { t } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: (change: Parameters<typeof api.changeCompany>[1]) => api.changeCompany(company.id, change),
    onSuccess: async (changed) => {
      client.setQueryData(keys.company(company.id), changed);
      after();
      toast(t('company.saved'));
      await client.invalidateQueries({ queryKey: keys.companies, exact: true });
    },
  });
}

/** Takes effect at once, as a switch does. */
function HealthCard({ company }: { company: Company }) {
  const { t } = useI18n();
  const change = useChange(company);
  const [chosen, setChosen] = useState<boolean>();
  const choose = (healthProvider: boolean) => {
    setChosen(healthProvider);
    change.mutate({ healthProvider }, { onSettled: () => setChosen(undefined) });
  };
  return (
    <Card title={t('company.health')}>
      <p>{t('company.health.body')}</p>
      <CheckField label={t('company.health.switch')} checked={chosen ?? company.healthProvider} disabled={change.isPending} onChange={(event) => choose(event.target.checked)} />
      {change.isError && <ProblemBox error={change.error} />}
    </Card>
  );
}

function IdentityCard({ company }: { company: Company }) {
  const { t } = useI18n();
  const { transmitter, partitaIva, codiceFiscale } = company;
  const transmitsAs = `${transmitter.idPaese}${transmitter.idCodice}`;
  return (
    <Card title={t('company.identity')}>
      <dl className="fact-list">
        {partitaIva && (
          <Fact label={t('mailbox.form.partitaIva')} copy={partitaIva} mono>
            {partitaIva}
          </Fact>
        )}
        {codiceFiscale && (
          <Fact label={t('mailbox.form.codiceFiscale')} copy={codiceFiscale} mono>
            {codiceFiscale}
          </Fact>
        )}
        <Fact label={t('company.transmitter')} copy={transmitsAs} mono>
          {transmitsAs}
        </Fact>
        <Fact label={t('company.since')}>
          <ExactTime at={company.createdAt} style="day" />
        </Fact>
      </dl>
      <p className="faint">{t('company.transmitter.hint')}</p>
    </Card>
  );
}

function MailboxesCard({ companyId }: { companyId: string }) {
  const { t } = useI18n();
  const mailboxes = useQuery({ queryKey: keys.mailboxes, queryFn: api.mailboxes, staleTime: 30_000 });
  const ours = mailboxes.data?.items.filter((mailbox) => mailbox.companyId === companyId);
  return (
    <Card title={t('company.mailboxes')}>
      {mailboxes.isError && <ProblemBox error={mailboxes.error} onRetry={() => void mailboxes.refetch()} />}
      {ours?.length === 0 && <p>{t('company.mailboxes.none')}</p>}
      <ul className="stack">
        {ours?.map((mailbox) => (
          <li key={mailbox.id} className="company-mailbox">
            <Link className="break" to={`/mailboxes/${mailbox.id}`}>
              {mailbox.address}
            </Link>
            <HealthBadge health={mailbox.health.send} />
          </li>
        ))}
      </ul>
      {ours?.length === 0 && (
        <LinkButton small icon="plus" to="/mailboxes/new">
          {t('mailboxes.add')}
        </LinkButton>
      )}
    </Card>
  );
}

function RenameDialog({ company, onClose }: { company: Company; onClose: () => void }) {
  const { t } = useI18n();
  const form = useId();
  const [name, setName] = useState(company.name);
  const change = useChange(company, onClose);
  return (
    <Dialog
      title={t('company.rename')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind="primary" type="submit" form={form} busy={change.isPending}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="stack"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          change.mutate({ name: name.trim() });
        }}
      >
        <TextField label={t('mailbox.form.companyName')} required autoFocus maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
        {change.isError && <ProblemBox error={change.error} />}
      </form>
    </Dialog>
  );
}
