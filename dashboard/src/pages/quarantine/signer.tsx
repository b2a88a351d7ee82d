import type { CertificateFacts, MessageSigner } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Fact } from '../../ui/copy.js';
import { ExactTime } from '../../ui/time.js';

/** Whose certificate it is and whether it was in force: what a person compares before believing it. */
export function Signer({ title, signer }: { title: string; signer: CertificateFacts & Partial<Pick<MessageSigner, 'signingTime'>> }) {
  const { t } = useI18n();
  return (
    <section>
      <h3>{title}</h3>
      <dl className="fact-list fact-list-wide">
        <Fact label={t('message.signer.subject')}>
          <span className="break">{signer.subject}</span>
        </Fact>
        <Fact label={t('message.signer.issuer')}>
          <span className="break">{signer.issuer}</span>
        </Fact>
        {signer.emails.length > 0 && (
          <Fact label={t('message.signer.emails')} mono>
            <span className="break">{signer.emails.join(', ')}</span>
          </Fact>
        )}
        {signer.notBefore && signer.notAfter && (
          <Fact label={t('message.signer.validity')}>
            <ExactTime at={signer.notBefore} style="day" /> – <ExactTime at={signer.notAfter} style="day" />
            {signer.inForceWhenSigned === false && <strong> · {t('message.signer.notInForce')}</strong>}
          </Fact>
        )}
        {signer.signingTime && (
          <Fact label={t('message.signer.time')}>
            <ExactTime at={signer.signingTime} />
          </Fact>
        )}
        <Fact label={t('message.signer.fingerprint')} copy={signer.fingerprint} mono>
          <span className="break">{signer.fingerprint}</span>
        </Fact>
      </dl>
    </section>
  );
}
