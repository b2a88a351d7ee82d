import { createBrowserRouter, isRouteErrorResponse, useRouteError } from 'react-router';
import { useI18n } from '../i18n/i18n.js';
import { CompaniesPage } from '../pages/companies/companies-page.js';
import { CompanyPage } from '../pages/companies/company-page.js';
import { InvoicePage } from '../pages/invoice/invoice-page.js';
import { InvoicesPage } from '../pages/invoices/invoices-page.js';
import { MailboxPage } from '../pages/mailboxes/mailbox-page.js';
import { MailboxesPage } from '../pages/mailboxes/mailboxes-page.js';
import { NewMailboxPage } from '../pages/mailboxes/new-mailbox-page.js';
import { ReceivedInvoicePage } from '../pages/received/received-invoice-page.js';
import { ReceivedPage } from '../pages/received/received-page.js';
import { QuarantinePage } from '../pages/quarantine/quarantine-page.js';
import { SandboxPage } from '../pages/sandbox/sandbox-page.js';
import { TrustPage } from '../pages/trust/trust-page.js';
import { VerdictsPage } from '../pages/verdicts/verdicts-page.js';
import { WebhookPage } from '../pages/webhooks/webhook-page.js';
import { WebhooksPage } from '../pages/webhooks/webhooks-page.js';
import { Button, LinkButton } from '../ui/button.js';
import { EmptyState, PageHead } from '../ui/layout.js';
import { Shell } from './shell.js';

export const router = createBrowserRouter([
  {
    element: <Shell />,
    errorElement: <Crashed />,
    children: [
      {
        errorElement: <Crashed />,
        children: [
          { index: true, element: <InvoicesPage /> },
          { path: 'invoices/:id', element: <InvoicePage /> },
          { path: 'received', element: <ReceivedPage /> },
          { path: 'received/:id', element: <ReceivedInvoicePage /> },
          { path: 'companies', element: <CompaniesPage /> },
          { path: 'companies/:id', element: <CompanyPage /> },
          { path: 'mailboxes', element: <MailboxesPage /> },
          { path: 'mailboxes/new', element: <NewMailboxPage /> },
          { path: 'mailboxes/:id', element: <MailboxPage /> },
          { path: 'quarantine', element: <QuarantinePage /> },
          { path: 'webhooks', element: <WebhooksPage /> },
          { path: 'webhooks/:id', element: <WebhookPage /> },
          { path: 'trust', element: <TrustPage /> },
          { path: 'verdicts', element: <VerdictsPage /> },
          { path: 'sandbox', element: <SandboxPage /> },
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
]);

function NotFound() {
  const { t } = useI18n();
  return (
    <>
      <PageHead title={t('app.notFound.title')} tab={t('app.notFound.title')} lead={t('app.notFound.body')} />
      <LinkButton to="/" kind="primary">
        {t('nav.invoices')}
      </LinkButton>
    </>
  );
}

function Crashed() {
  const { t } = useI18n();
  const error = useRouteError();
  return (
    <EmptyState icon="alert" title={t('app.crashed.title')}>
      <p>{t('app.crashed.body')}</p>
      {error instanceof Error && !isRouteErrorResponse(error) && <pre className="code">{error.message}</pre>}
      <Button kind="primary" icon="refresh" onClick={() => window.location.reload()}>
        {t('action.reload')}
      </Button>
    </EmptyState>
  );
}
