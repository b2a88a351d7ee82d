import { Link } from 'react-router';
import type { Mailbox, SdiAddressSighting, SdiAddressVersion } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { CopyButton } from '../../ui/copy.js';
import { Card } from '../../ui/layout.js';
import { ExactTime } from '../../ui/time.js';

/** Where the mailbox's invoices go, every version of it with its reason, and what was seen beside it. */
export function SdiAddress({ mailbox }: { mailbox: Mailbox }) {
  const { t } = useI18n();
  const { sdiAddressHistory: history, sdiAddressSightings: seen } = mailbox;
  return (
    <Card title={t('mailbox.sdiAddress')}>
      <p className="address-in-force">
        <span className="mono break">{mailbox.sdiAddress}</span>
        <CopyButton text={mailbox.sdiAddress} what={t('mailbox.sdiAddress')} />
      </p>
      {history.length > 0 && (
        <>
          <h3 className="minor">{t('mailbox.sdiHistory')}</h3>
          <ol className="history">
            {history.map((version, index) => (
              // Two versions may begin in the same millisecond; only the newest end grows.
              <Version key={history.length - index} version={version} />
            ))}
          </ol>
        </>
      )}
      {seen.length > 0 && (
        <>
          <h3 className="minor">{t('mailbox.sdiSeen')}</h3>
          <ul className="history">
            {seen.map((sighting) => (
              <Seen key={sighting.address} sighting={sighting} />
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

function Version({ version }: { version: SdiAddressVersion }) {
  const { t } = useI18n();
  const { source, decidedBy } = version;
  return (
    <li>
      <span className="mono break">{version.address}</span>
      <span className="faint">
        {t(`mailbox.sdiSource.${source}`, { by: decidedBy || t('mailbox.sdiSomebody') })} · <ExactTime at={version.inForceSince} style="short" />
        {version.until && (
          <>
            {' – '}
            <ExactTime at={version.until} style="short" />
          </>
        )}
        <Evidence messageId={version.messageId} />
      </span>
      {version.note && <span className="break">{version.note}</span>}
    </li>
  );
}

function Seen({ sighting }: { sighting: SdiAddressSighting }) {
  const { t } = useI18n();
  return (
    <li>
      <span className="mono break">{sighting.address}</span>
      <span className="faint">
        {t(`mailbox.sdiSeen.${sighting.how}`)} · <ExactTime at={sighting.lastSeenAt} style="short" />
        {sighting.settled && <> · {t(`mailbox.sdiSeen.${sighting.settled}`)}</>}
        <Evidence messageId={sighting.messageId} />
      </span>
    </li>
  );
}

function Evidence({ messageId }: { messageId: string | null }) {
  const { t } = useI18n();
  if (!messageId) return null;
  return (
    <>
      {' · '}
      <Link to={`?message=${messageId}`} preventScrollReset>
        {t('mailbox.sdiMessage')}
      </Link>
    </>
  );
}
