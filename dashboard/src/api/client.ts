import { ApiProblem } from './problem.js';
import { request } from './request.js';
import type {
  Archive,
  Attempt,
  Company,
  Delivery,
  DeliveryDetail,
  HeldCounts,
  Invoice,
  InvoiceDetail,
  Mailbox,
  MailboxTest,
  Message,
  MessageDetail,
  Page,
  Preset,
  Sandbox,
  Session,
  SignatureForm,
  SigningCertificate,
  StatusCounts,
  TakenInvoice,
  Timeline,
  Verdict,
  VerdictStats,
  Webhook,
} from './types.js';

export interface InvoiceFilter {
  readonly status: string;
  readonly company: string;
  readonly q: string;
  readonly from: string;
  readonly to: string;
}

/** Days of intake, and whose. */
export interface VerdictFilter {
  readonly company: string;
  readonly from: string;
  readonly to: string;
}

/** What is asked of the ledger of messages. */
export interface MessageFilter {
  readonly mailbox?: string;
  readonly disposition?: string;
  readonly reason?: string;
  readonly q?: string;
  readonly from?: string;
  readonly to?: string;
}

/** A message to be attached to an invoice; with `states` the person vouches for what it claims. */
export interface Attachment {
  readonly invoiceId: string;
  readonly note: string;
  readonly states?: readonly string[];
  readonly override?: true;
}

export interface NewMailbox {
  readonly companyId: string;
  readonly address: string;
  readonly provider: string;
  /** For both sides, unless a side has its own. Absent on a change: the stored one stays. */
  readonly password?: string;
  readonly smtp: MailboxEndpoint;
  readonly imap: MailboxEndpoint;
  readonly folders: readonly string[];
  readonly sdiAddress: string;
  readonly providerSigners: readonly string[];
  readonly quotaPerHour: number;
  readonly quotaPerDay: number;
}

export interface MailboxChange extends Partial<Omit<NewMailbox, 'companyId' | 'provider'>> {
  readonly enabled?: boolean;
  readonly isDefault?: true;
}

export interface MailboxEndpoint {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls';
  readonly user: string;
}

export interface NewCompany {
  readonly name: string;
  readonly partitaIva?: string;
  readonly codiceFiscale?: string;
  readonly transmitter?: { readonly idPaese: string; readonly idCodice: string };
  readonly healthProvider?: boolean;
}

export interface CompanyChange {
  readonly name?: string;
  readonly healthProvider?: boolean;
}

export interface NewWebhook {
  readonly url: string;
  readonly description?: string;
  readonly eventTypes: readonly string[];
  readonly companyId?: string;
}

const id = encodeURIComponent;

/** Random, also where the page is not a secure context and `randomUUID` is missing. */
export function idempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (octet) => octet.toString(16).padStart(2, '0')).join('');
}

/** A file as a request carries it: the JSON form is a body by its own media type, everything else a form that keeps the name. */
async function carried(file: File): Promise<{ body: FormData | Blob; headers: Readonly<Record<string, string>> }> {
  if (await isJson(file)) return { body: file, headers: { 'content-type': 'application/json' } };
  const form = new FormData();
  form.append('file', file, file.name);
  return { body: form, headers: {} };
}

/** Neither XML nor a signed file begins with a brace. */
async function isJson(file: File): Promise<boolean> {
  const start = await file.slice(0, 64).text();
  return /^\uFEFF?\s*\{/.test(start);
}

/** Every call that the dashboard makes, by the API's own paths. */
export const api = {
  session: () => request<Session | undefined>('/v1/session'),
  signIn: (credentials: { key: string } | { password: string }) => request<{ passwordSet: boolean } | undefined>('/v1/session', { method: 'POST', body: credentials }),
  signOut: () => request<void>('/v1/session', { method: 'DELETE' }),
  setPassword: (password: string) => request<void>('/v1/session/password', { method: 'PUT', body: { password } }),

  invoices: (filter: InvoiceFilter, cursor: string | undefined, limit: number, signal?: AbortSignal) =>
    request<Page<Invoice>>('/v1/invoices', { query: { ...filter, cursor, limit }, signal }),
  statusCounts: (company: string) => request<StatusCounts>('/v1/stats/statuses', { query: { company } }),
  invoice: (invoiceId: string) => request<InvoiceDetail>(`/v1/invoices/${id(invoiceId)}`),
  timeline: (invoiceId: string) => request<Timeline>(`/v1/invoices/${id(invoiceId)}/timeline`),
  attempts: (invoiceId: string) => request<Page<Attempt>>(`/v1/invoices/${id(invoiceId)}/attempts`),
  resend: (invoiceId: string, why: { force?: true; reason?: string }) => request<unknown>(`/v1/invoices/${id(invoiceId)}/resend`, { method: 'POST', body: why }),
  fileUrl: (invoiceId: string) => `/v1/invoices/${id(invoiceId)}/file`,
  evidenceUrl: (invoiceId: string) => `/v1/invoices/${id(invoiceId)}/evidence`,
  originalUrl: (invoiceId: string) => `/v1/invoices/${id(invoiceId)}/file?original=true`,
  htmlUrl: (invoiceId: string, language: string) => `/v1/invoices/${id(invoiceId)}/html?lang=${language}`,
  /** One file, under a key that makes a repetition harmless; a legal name of the transmitter is kept, any other replaced. A zip is answered file by file. */
  send: async (file: File, key: string, company?: string) => {
    const { body, headers } = await carried(file);
    return request<TakenInvoice | Archive>('/v1/invoices', { method: 'POST', query: { company }, body, headers: { ...headers, 'idempotency-key': key } });
  },
  /** What sending would be answered; nothing is kept. */
  validate: async (file: File, company?: string) => request<Verdict>('/v1/invoices/validate', { method: 'POST', query: { company }, ...(await carried(file)) }),
  verdicts: (filter: VerdictFilter) => request<VerdictStats>('/v1/stats/verdicts', { query: { ...filter } }),
  verdictInvoices: (code: string, filter: VerdictFilter, cursor: string | undefined, limit: number) => request<VerdictStats>('/v1/stats/verdicts', { query: { ...filter, code, cursor, limit } }),

  companies: () => request<Page<Company>>('/v1/companies', { query: { limit: 200 } }),
  company: (companyId: string) => request<Company>(`/v1/companies/${id(companyId)}`),
  createCompany: (company: NewCompany) => request<Company>('/v1/companies', { method: 'POST', body: company }),
  changeCompany: (companyId: string, change: CompanyChange) => request<Company>(`/v1/companies/${id(companyId)}`, { method: 'PATCH', body: change }),
  /** Null where the company has none. */
  certificate: (companyId: string) =>
    request<SigningCertificate>(`/v1/companies/${id(companyId)}/signing-certificate`).catch((error: unknown) => {
      if (error instanceof ApiProblem && error.slug === 'signing-certificate-not-found') return null;
      throw error;
    }),
  putCertificate: (companyId: string, file: File, password: string, form: SignatureForm) => {
    const body = new FormData();
    body.append('password', password);
    body.append('form', form);
    body.append('file', file, file.name);
    return request<SigningCertificate>(`/v1/companies/${id(companyId)}/signing-certificate`, { method: 'PUT', body });
  },
  setSignatureForm: (companyId: string, form: SignatureForm) => request<SigningCertificate>(`/v1/companies/${id(companyId)}/signing-certificate`, { method: 'PATCH', body: { form } }),
  deleteCertificate: (companyId: string) => request<void>(`/v1/companies/${id(companyId)}/signing-certificate`, { method: 'DELETE' }),

  mailboxes: () => request<Page<Mailbox>>('/v1/mailboxes', { query: { limit: 200 } }),
  mailbox: (mailboxId: string) => request<Mailbox>(`/v1/mailboxes/${id(mailboxId)}`),
  presets: () => request<Page<Preset>>('/v1/mailboxes/presets'),
  createMailbox: (mailbox: NewMailbox) => request<Mailbox>('/v1/mailboxes', { method: 'POST', body: mailbox }),
  changeMailbox: (mailboxId: string, change: MailboxChange) =>
    request<Mailbox>(`/v1/mailboxes/${id(mailboxId)}`, { method: 'PATCH', body: change }),
  reconcile: (mailboxId: string) => request<Mailbox>(`/v1/mailboxes/${id(mailboxId)}/reconcile`, { method: 'POST' }),
  decideSdiAddress: (mailboxId: string, decision: { address: string; note: string }) =>
    request<Mailbox>(`/v1/mailboxes/${id(mailboxId)}/sdi-address`, { method: 'POST', body: decision }),
  testMailbox: (mailboxId: string) => request<MailboxTest>(`/v1/mailboxes/${id(mailboxId)}/test`, { method: 'POST' }),

  messages: (filter: MessageFilter, cursor: string | undefined, limit: number) =>
    request<Page<Message>>('/v1/messages', { query: { ...filter, cursor, limit } }),
  message: (messageId: string) => request<MessageDetail>(`/v1/messages/${id(messageId)}`),
  rawUrl: (messageId: string) => `/v1/messages/${id(messageId)}/raw`,
  judge: (messageId: string) => request<MessageDetail | undefined>(`/v1/messages/${id(messageId)}/judge`, { method: 'POST' }),
  attach: (messageId: string, attachment: Attachment) => request<MessageDetail>(`/v1/messages/${id(messageId)}/attach`, { method: 'POST', body: attachment }),
  notOurs: (messageId: string, note: string) => request<MessageDetail>(`/v1/messages/${id(messageId)}/not-ours`, { method: 'POST', body: { note } }),
  /** Believes the certificate that signed the message, or SdI's notification in it; the service then judges again whatever waits for it. */
  trustCertificate: (messageId: string, use: 'pec' | 'sdi', note: string) => request<unknown>('/v1/trust/certificates', { method: 'POST', body: { messageId, use, note } }),
  held: () => request<HeldCounts>('/v1/stats/quarantine'),

  webhooks: () => request<Page<Webhook>>('/v1/webhooks', { query: { limit: 200 } }),
  webhook: (webhookId: string) => request<Webhook>(`/v1/webhooks/${id(webhookId)}`),
  createWebhook: (webhook: NewWebhook) => request<Webhook>('/v1/webhooks', { method: 'POST', body: webhook }),
  changeWebhook: (webhookId: string, change: Partial<NewWebhook> & { enabled?: boolean }) =>
    request<Webhook>(`/v1/webhooks/${id(webhookId)}`, { method: 'PATCH', body: change }),
  deleteWebhook: (webhookId: string) => request<void>(`/v1/webhooks/${id(webhookId)}`, { method: 'DELETE' }),
  testWebhook: (webhookId: string) => request<Delivery | undefined>(`/v1/webhooks/${id(webhookId)}/test`, { method: 'POST' }),
  deliveries: (webhookId: string, cursor: string | undefined, limit: number) =>
    request<Page<Delivery>>(`/v1/webhooks/${id(webhookId)}/deliveries`, { query: { cursor, limit } }),
  delivery: (webhookId: string, deliveryId: string) => request<DeliveryDetail>(`/v1/webhooks/${id(webhookId)}/deliveries/${id(deliveryId)}`),
  redeliver: (webhookId: string, deliveryId: string) =>
    request<void>(`/v1/webhooks/${id(webhookId)}/deliveries/${id(deliveryId)}/redeliver`, { method: 'POST' }),

  sandbox: () => request<Sandbox>('/v1/sandbox'),
  advanceClock: (advance: string) => request<unknown>('/v1/sandbox/clock', { method: 'POST', body: { advance } }),
  addFault: (kind: string, count: number) => request<unknown>('/v1/sandbox/faults', { method: 'POST', body: { kind, count } }),
  clearFaults: () => request<unknown>('/v1/sandbox/faults', { method: 'DELETE' }),
  sample: (outcome: string, flow: 'private' | 'pa') => request<Invoice>('/v1/sandbox/samples', { method: 'POST', body: { outcome, flow } }),
};
