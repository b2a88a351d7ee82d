import { useState } from 'react';
import { NavLink, Outlet, ScrollRestoration } from 'react-router';
import { useI18n } from '../i18n/i18n.js';
import { LiveProvider } from '../live/live.js';
import { UploadProvider, useUpload } from '../pages/upload/upload-provider.js';
import { useHeld } from '../pages/quarantine/held.js';
import { PasswordDialog } from '../pages/sign-in/password-dialog.js';
import { SignInPage } from '../pages/sign-in/sign-in-page.js';
import { Button, IconButton } from '../ui/button.js';
import { Icon, Mark, type IconName } from '../ui/icon.js';
import { ProblemBox } from '../ui/problem-box.js';
import { NowProvider } from '../ui/time.js';
import { ToastProvider } from '../ui/toasts.js';
import { ConnectionBanner, LiveSign } from './connection.js';
import { ClockBanner } from './clock-banner.js';
import { Preferences } from './preferences.js';
import { useSandbox } from './sandbox.js';
import { useSession } from './session.js';

/** The frame around every page; without a session, the sign-in stands in its place. */
export function Shell() {
  const { session, loading, error, refresh } = useSession();
  if (error) {
    return (
      <div className="alone">
        <ProblemBox error={error} onRetry={() => void refresh()} />
      </div>
    );
  }
  if (loading) return <div className="alone" aria-busy="true" />;
  if (!session) return <SignInPage />;
  return (
    <LiveProvider>
      <ToastProvider>
        <UploadProvider>
          <Frame />
        </UploadProvider>
      </ToastProvider>
    </LiveProvider>
  );
}

function Frame() {
  const { t } = useI18n();
  const sandbox = useSandbox();
  const { session } = useSession();
  const openUpload = useUpload();
  const held = useHeld();
  const [offerPassword, setOfferPassword] = useState(
    () => session?.passwordSet === false && sessionStorage.getItem('corriere.fresh') === 'key',
  );
  const [preferences, setPreferences] = useState(false);

  const sections: { to: string; icon: IconName; label: string; short: string; rare?: true; count?: number }[] = [
    { to: '/', icon: 'invoice', label: t('nav.invoices'), short: t('nav.invoices') },
    { to: '/received', icon: 'inbox', label: t('received.title'), short: t('received.title') },
    { to: '/companies', icon: 'building', label: t('companies.title'), short: t('companies.title'), rare: true },
    { to: '/mailboxes', icon: 'mailbox', label: t('nav.mailboxes'), short: t('nav.mailboxes.short') },
    { to: '/quarantine', icon: 'quarantine', label: t('quarantine.title'), short: t('quarantine.title'), count: held?.total ?? 0 },
    { to: '/webhooks', icon: 'webhook', label: t('nav.webhooks'), short: t('nav.webhooks'), rare: true },
    { to: '/trust', icon: 'shield', label: t('trust.title'), short: t('trust.title'), rare: true },
    { to: '/verdicts', icon: 'scales', label: t('verdicts.title'), short: t('verdicts.title'), rare: true },
    ...(sandbox ? [{ to: '/sandbox', icon: 'sandbox' as const, label: t('nav.sandbox'), short: t('nav.sandbox') }] : []),
  ];

  return (
    <NowProvider offsetMs={sandbox?.clock.offsetMs ?? 0}>
      <a className="skip" href="#content">
        {t('app.skip')}
      </a>
      <div className="frame">
        <div className="side">
          <div className="side-stick">
            <div className="brand">
              <Mark />
              <span className="brand-name">Corriere</span>
              <span className="brand-live">
                <LiveSign />
              </span>
              <IconButton
                className="brand-menu"
                icon="menu"
                label={t('nav.settings')}
                aria-expanded={preferences}
                onClick={() => setPreferences(!preferences)}
              />
            </div>
            <Button kind="primary" icon="plus" className="side-new" onClick={openUpload}>
              {t('nav.newInvoice')}
            </Button>
            <nav aria-label={t('nav.label')} className="sections">
              {sections.map(({ to, icon, label, short, rare, count }) => (
                <NavLink key={to} to={to} end={to === '/' ? undefined : false} className="section-link" data-rare={rare}>
                  <Icon name={icon} />
                  <span className="section-long">{label}</span>
                  <span className="section-short" aria-hidden="true">
                    {short}
                  </span>
                  {count ? <Count n={count} /> : null}
                </NavLink>
              ))}
              <button type="button" className="section-link section-new" onClick={openUpload}>
                <Icon name="plus" />
                <span>{t('nav.newInvoice.short')}</span>
              </button>
            </nav>
            <div className="side-foot" data-open={preferences || undefined}>
              {sections
                .filter(({ rare }) => rare)
                .map(({ to, icon, label }) => (
                  <NavLink key={to} to={to} className="section-link section-rare" onClick={() => setPreferences(false)}>
                    <Icon name={icon} />
                    <span>{label}</span>
                  </NavLink>
                ))}
              <a className="section-link" href="/docs">
                <Icon name="book" />
                <span>{t('nav.docs')}</span>
              </a>
              <Preferences onPassword={() => setOfferPassword(true)} />
            </div>
          </div>
        </div>
        <main id="content" className="content" tabIndex={-1}>
          <ConnectionBanner />
          <ClockBanner />
          <Outlet />
        </main>
      </div>
      {offerPassword && (
        <PasswordDialog
          onClose={() => {
            sessionStorage.removeItem('corriere.fresh');
            setOfferPassword(false);
          }}
        />
      )}
      <ScrollRestoration />
    </NowProvider>
  );
}

/** How much waits for a person in a section: the figure to see, the words to hear. */
function Count({ n }: { n: number }) {
  const { t } = useI18n();
  return (
    <span className="section-count">
      <span aria-hidden="true">{n > 99 ? '99+' : n}</span>
      <span className="visually-hidden">
        {n} {t('nav.quarantine.count', { n })}
      </span>
    </span>
  );
}
