import { useState } from 'react';
import { useSession } from '../../app/session.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { PageHead } from '../../ui/layout.js';
import { EntriesCard } from './entries-card.js';
import { LogCard } from './log-card.js';
import { RevokeDialog, type Revoked } from './revoke-dialog.js';
import { SignersCard } from './signers-card.js';
import { TrustDialog } from './trust-dialog.js';

/** Whose signatures are believed: who signs, which certificates count, every decision. */
export function TrustPage() {
  const { t } = useI18n();
  const { session } = useSession();
  const [adding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<Revoked>();
  // A key of one company decides nothing for all.
  const decides = !session?.companyId;
  const onRevoke = decides ? setRevoking : undefined;
  return (
    <>
      <PageHead
        title={t('trust.title')}
        tab={t('trust.title')}
        lead={t('trust.body')}
        actions={
          decides && (
            <Button kind="primary" icon="shield" onClick={() => setAdding(true)}>
              {t('trust.add')}
            </Button>
          )
        }
      />
      <SignersCard onRevoke={onRevoke} />
      <EntriesCard onRevoke={onRevoke} />
      <LogCard />
      {adding && <TrustDialog onClose={() => setAdding(false)} />}
      {revoking && <RevokeDialog certificate={revoking} onClose={() => setRevoking(undefined)} />}
    </>
  );
}
