import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { ReceivedDetail, ReceivedSignature } from '../../api/received.js';
import type { Party } from '../../api/types.js';
import { formatBytes } from '../../format/money.js';
import { useI18n } from '../../i18n/i18n.js';
import { Badge } from '../../ui/badge.js';
import { Fact } from '../../ui/copy.js';
import { Card } from '../../ui/layout.js';
import { ExactTime } from '../../ui/time.js';

/** By what the invoice is known elsewhere, and when the buyer received it. */
export function ReceivedKeys({ invoice }: { invoice: ReceivedDetail }) {
  const { t, language } = useI18n();
  return (
    <Card title={t('invoice.keys')}>
      <dl className="fact-list">
        <Fact label={t('received.key.at')}>
          <ExactTime at={invoice.receivedAt} />
        </Fact>
        <Fact label={t('invoice.key.fileName')} copy={invoice.fileName} mono>
          <span className="break">{invoice.fileName}</span>
        </Fact>
        <Fact label={t('invoice.key.identificativoSdi')} copy={invoice.identificativoSdi ?? undefined} mono={Boolean(invoice.identificativoSdi)}>
          {invoice.identificativoSdi ?? <span className="faint">{t('received.key.unknown')}</span>}
        </Fact>
        {invoice.sha256 && (
          <Fact label={t('invoice.key.original')} copy={invoice.sha256} mono>
            <span className="break">{invoice.sha256}</span>
          </Fact>
        )}
        {invoice.xmlSha256 && invoice.xmlSha256 !== invoice.sha256 && (
          <Fact label={t('received.key.xml')} copy={invoice.xmlSha256} mono>
            <span className="break">{invoice.xmlSha256}</span>
          </Fact>
        )}
        <Fact label={t('invoice.key.id')} copy={invoice.id} mono>
          <span className="break">{invoice.id}</span>
        </Fact>
        <Fact label={t('invoice.format')}>{[invoice.formatoTrasmissione, invoice.size !== null && formatBytes(language, invoice.size)].filter(Boolean).join(' · ') || '–'}</Fact>
        {invoice.acknowledgedAt && (
          <Fact label={t('received.acknowledged')}>
            <ExactTime at={invoice.acknowledgedAt} />
          </Fact>
        )}
        {invoice.sentInvoiceId && (
          <Fact label={t('received.sent')}>
            <Link to={`/invoices/${invoice.sentInvoiceId}`}>{t('received.sent.open')}</Link>
          </Fact>
        )}
      </dl>
    </Card>
  );
}

export function ReceivedParties({ invoice }: { invoice: ReceivedDetail }) {
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
        {invoice.codiceDestinatario && (
          <Fact label={t('invoice.recipientCode')} mono>
            {invoice.codiceDestinatario}
          </Fact>
        )}
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
      <strong>{party.name || '–'}</strong>
      {party.id && <span className="second tabular">{party.id}</span>}
    </>
  );
}

/** Who signed, and whether what is read is what was signed. */
export function ReceivedSignatures({ signatures }: { signatures: readonly ReceivedSignature[] }) {
  const { t } = useI18n();
  return (
    <Card title={t('received.signatures')}>
      {signatures.length === 0 && <p className="faint">{t('received.signatures.none')}</p>}
      {signatures.map((signature, index) => (
        <div key={index} className="received-signature">
          <p>
            <Badge tone={signature.intact ? 'good' : 'wait'}>{t(signature.intact ? 'received.signature.intact' : 'received.signature.broken')}</Badge>{' '}
            <span className="faint">{signature.form === 'cades' ? 'CAdES' : 'XAdES'}</span>
          </p>
          <p className="break">{signature.subject ?? t('received.signature.unknownSigner')}</p>
          {signature.signingTime && (
            <p className="faint">
              <ExactTime at={signature.signingTime} />
            </p>
          )}
        </div>
      ))}
    </Card>
  );
}
