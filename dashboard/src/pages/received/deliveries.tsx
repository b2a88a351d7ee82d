import { Link } from 'react-router';
import type { ReceivedDelivery, ReceivedDetail } from '../../api/received.js';
import { useI18n } from '../../i18n/i18n.js';
import { Badge } from '../../ui/badge.js';
import { DownloadLink } from '../../ui/button.js';
import { Card } from '../../ui/layout.js';
import { ExactTime } from '../../ui/time.js';
import { Digest } from '../invoice/evidence-line.js';

/** The mails of SdI that brought the invoice, each with its own files. */
export function Deliveries({ invoice }: { invoice: ReceivedDetail }) {
  const { t } = useI18n();
  return (
    <Card title={t('received.deliveries')} aside={<p className="faint card-note">{t('received.deliveries.body')}</p>}>
      <ol className="received-deliveries">
        {invoice.deliveries.map((delivery) => (
          <Delivery key={delivery.position} delivery={delivery} />
        ))}
      </ol>
    </Card>
  );
}

function Delivery({ delivery }: { delivery: ReceivedDelivery }) {
  const { t } = useI18n();
  const { kind, links, tentativiInvio, sdiAddress, sha256 } = delivery;
  return (
    <li>
      <p className="received-delivery-head">
        <Badge tone={kind === 'other_bytes' ? 'bad' : kind === 'first' ? 'good' : 'neutral'}>{t(`received.delivery.kind.${kind}`)}</Badge>
        <ExactTime at={delivery.deliveredAt} />
        <span className="faint">{[t('received.delivery.from', { address: sdiAddress }), tentativiInvio !== null && t('received.delivery.attempt', { n: tentativiInvio })].filter(Boolean).join(' · ')}</span>
      </p>
      {delivery.fileName && <p className="mono break">{delivery.fileName}</p>}
      {sha256 && <Digest sha256={sha256} />}
      <div className="actions">
        {links.file && (
          <DownloadLink small href={links.file} name={delivery.fileName ?? undefined}>
            {t('invoice.file.download')}
          </DownloadLink>
        )}
        {links.metadata && (
          <DownloadLink small href={links.metadata}>
            {t('received.metadata.download')}
          </DownloadLink>
        )}
        <Link className="button button-plain button-small" to={`/mailboxes/${delivery.mailboxId}?message=${delivery.messageId}`}>
          {t('received.delivery.mail')}
        </Link>
      </div>
    </li>
  );
}
