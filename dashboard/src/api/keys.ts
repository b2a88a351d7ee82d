import type { InvoiceFilter, VerdictFilter } from './client.js';
import type { ReceivedFilter } from './received.js';

/** Keys of the query cache; the live stream reaches the same entries by them. */
export const keys = {
  session: ['session'] as const,
  sandbox: ['sandbox'] as const,
  companies: ['companies'] as const,
  company: (companyId: string) => ['companies', companyId] as const,
  certificate: (companyId: string) => ['companies', companyId, 'certificate'] as const,
  counts: (company: string) => ['counts', company] as const,
  allCounts: ['counts'] as const,
  verdicts: (filter: VerdictFilter) => ['verdicts', filter] as const,
  verdictInvoices: (code: string, filter: VerdictFilter) => ['verdicts', filter, code] as const,
  invoices: (filter: InvoiceFilter) => ['invoices', filter] as const,
  allInvoices: ['invoices'] as const,
  invoice: (invoiceId: string) => ['invoice', invoiceId] as const,
  timeline: (invoiceId: string) => ['invoice', invoiceId, 'timeline'] as const,
  attempts: (invoiceId: string) => ['invoice', invoiceId, 'attempts'] as const,
  received: (filter: ReceivedFilter) => ['received', filter] as const,
  allReceived: ['received'] as const,
  receivedInvoice: (receivedInvoiceId: string) => ['received-invoice', receivedInvoiceId] as const,
  mailboxes: ['mailboxes'] as const,
  mailbox: (mailboxId: string) => ['mailboxes', mailboxId] as const,
  presets: ['presets'] as const,
  messages: (mailbox: string, disposition: string) => ['messages', mailbox, disposition] as const,
  allMessages: ['messages'] as const,
  message: (messageId: string) => ['message', messageId] as const,
  webhooks: ['webhooks'] as const,
  webhook: (webhookId: string) => ['webhooks', webhookId] as const,
  deliveries: (webhookId: string) => ['webhooks', webhookId, 'deliveries'] as const,
  delivery: (webhookId: string, deliveryId: string) => ['webhooks', webhookId, 'deliveries', deliveryId] as const,
};
