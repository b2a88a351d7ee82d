import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { InvoiceDetail, Party } from '../../api/types.js';
import { formatBytes } from '../../format/money.js';
import { useI18n } from '../../i18n/i18n.js';
import { Fact } from '../../ui/copy.js';
import { Card } from '../../ui/layout.js';

/** By what the invoice is known elsewhere: ready to be copied into another system. */
export function KeysCard({ invoice }: { invoice: InvoiceDetail }) {
  const { t, language } = useI18n();
  return (
    <Card title={t('invoice.keys')}>
      <dl className="fact-list">
        <Fact label={t('invoice.key.fileName')} copy={invoice.fileName} mono>
          {invoice.fileName}
        </Fact>
        <Fact label={t('invoice.key.identificativoSdi')} copy={invoice.identificativoSdi ?? undefined} mono={Boolean(invoice.identificativoSdi)}>
          {invoice.identificativoSdi ?? <span className="faint">{t('invoice.key.none')}</span>}
        </Fact>
        <Fact label={t(invoice.originalSha256 ? 'invoice.key.sent' : 'invoice.key.sha256')} copy={invoice.sha256} mono>
          <span className="break">{invoice.sha256}</span>
        </Fact>
        {invoice.originalSha256 && (
          <Fact label={t('invoice.key.original')} copy={invoice.originalSha256} mono>
            <span className="break">{invoice.originalSha256}</span>
            <a className="fact-link" href={api.originalUrl(invoice.id)} download>
              {t('invoice.original.download')}
            </a>
          </Fact>
        )}
        <Fact label={t('invoice.key.id')} copy={invoice.id} mono>
          <span className="break">{invoice.id}</span>
        </Fact>
        <Fact label={t('invoice.format')}>
          {invoice.formatoTrasmissione} · {formatBytes(language, invoice.size)}
        </Fact>
      </dl>
    </Card>
  );
}

export function PartiesCard({ invoice }: { invoice: InvoiceDetail }) {
  const { t } = useI18n();
  const mailboxes = useQuery({ queryKey: keys.mailboxes, queryFn: api.mailboxes, staleTime: 30_000 });
  const mailbox = mailboxes.data?.items.find(({ id }) => id === invoice.mailboxId);
  return (
    <Card title={t('invoice.parties')}>
      <dl className="fact-list">
        <Fact label={t('invoice.seller')}>
          <PartyName party={invoice.seller} />
        </Fact>
        <Fact label={t('invoice.buyer')}>
          <PartyName party={invoice.buyer} />
        </Fact>
        <Fact label={t('invoice.recipientCode')} mono>
          {invoice.codiceDestinatario}
        </Fact>
        {mailbox && (
          <Fact label={t('invoice.mailbox')}>
            <Link to={`/mailboxes/${mailbox.id}`}>{mailbox.address}</Link>
          </Fact>
        )}
      </dl>
    </Card>
  );
}

function PartyName({ party }: { party: Party }) {
  return (
    <>
      <strong>{party.name}</strong>
      {party.id && <span className="second tabular">{party.id}</span>}
    </>
  );
}
