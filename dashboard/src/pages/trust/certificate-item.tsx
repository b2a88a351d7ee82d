import type { ReactNode } from 'react';
import type { TrustScope, TrustUse } from '../../api/trust-types.js';
import { formatInstant } from '../../format/time.js';
import { useI18n } from '../../i18n/i18n.js';
import { Tag } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Fact } from '../../ui/copy.js';

export interface ShownCertificate {
  readonly fingerprint: string;
  readonly use: TrustUse;
  readonly scope: TrustScope;
  readonly subject: string;
  readonly issuer: string;
  readonly emails: readonly string[];
  readonly notBefore: string | null;
  readonly notAfter: string | null;
  readonly expiresInDays: number | null;
}

/** The name by which people know a certificate: its CN, or all of its subject. */
export const shortName = (subject: string): string => /(?:^|, )CN=([^,]+)/.exec(subject)?.[1] ?? subject;

/** One certificate: its name and state, what can be said in a line, and the rest for whoever opens it. */
export function CertificateItem({ certificate, badge, line, facts, onRevoke }: { certificate: ShownCertificate; badge: ReactNode; line: ReactNode; facts?: ReactNode; onRevoke?: () => void }) {
  const { t, language } = useI18n();
  const { subject, issuer, emails, notBefore, notAfter, expiresInDays, fingerprint, use, scope } = certificate;
  return (
    <>
      <p className="outcome-head">
        <strong className="break">{emails[0] ?? shortName(subject)}</strong>
        {badge}
      </p>
      <p className="faint break">{line}</p>
      <p className="tags">
        <Tag>{t(`trust.use.${use}`)}</Tag>
        {scope === 'sandbox' && <Tag>{t('mailbox.sandbox')}</Tag>}
        {expiresInDays !== null && <Tag>{expiresInDays < 0 ? t('certificate.past', { n: -expiresInDays }) : t('certificate.left', { n: expiresInDays })}</Tag>}
      </p>
      <details className="trust-details">
        <summary>{t('trust.details')}</summary>
        <dl className="fact-list fact-list-wide">
          {emails.length > 0 && (
            <Fact label={t('trust.emails')}>
              <span className="break">{emails.join(', ')}</span>
            </Fact>
          )}
          <Fact label={t('trust.subject')}>
            <span className="break">{subject}</span>
          </Fact>
          <Fact label={t('trust.issuer')}>
            <span className="break">{issuer}</span>
          </Fact>
          {notBefore && notAfter && (
            <Fact label={t('trust.validity')}>{t('certificate.fromTo', { from: formatInstant(language, notBefore, 'day'), to: formatInstant(language, notAfter, 'day') })}</Fact>
          )}
          <Fact label={t('trust.fingerprint')} copy={fingerprint} mono>
            <span className="break">{fingerprint}</span>
          </Fact>
          {facts}
        </dl>
        {onRevoke && (
          <p className="actions">
            <Button kind="danger" onClick={onRevoke}>
              {t('trust.revoke')}
            </Button>
          </p>
        )}
      </details>
    </>
  );
}
