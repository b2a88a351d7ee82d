import { useState } from 'react';
import type { Mailbox } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { Card } from '../../ui/layout.js';
import { DecideSdiAddress } from './decide-sdi-address.js';

/** What about the mailbox a person should look at, with the act that settles it. */
export function Remarks({ mailbox }: { mailbox: Mailbox }) {
  const { t, text } = useI18n();
  const [deciding, setDeciding] = useState<string>();
  if (mailbox.remarks.length === 0) return null;
  const open = mailbox.sdiAddressSightings.filter(({ settled }) => settled === null);
  return (
    <Card title={t('mailbox.remarks')}>
      {mailbox.remarks.map((remark) => (
        <div key={remark.text.it} className="channel-error">
          <p>{text(remark.text)}</p>
        </div>
      ))}
      {open.length > 0 && (
        <div className="actions">
          {open.map(({ address }) => (
            <Button key={address} kind="primary" onClick={() => setDeciding(address)}>
              {t('mailbox.sdiConfirm', { address })}
            </Button>
          ))}
          <Button onClick={() => setDeciding(mailbox.sdiAddress)}>{t('mailbox.sdiLeave', { address: mailbox.sdiAddress })}</Button>
        </div>
      )}
      {deciding && <DecideSdiAddress mailbox={mailbox} address={deciding} onClose={() => setDeciding(undefined)} />}
    </Card>
  );
}
