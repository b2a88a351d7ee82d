import { request } from './request.js';
import type { Finding, Flow, Page, Party } from './types.js';

export interface ReceivedFilter {
  readonly q: string;
  readonly company: string;
  readonly mailbox: string;
  readonly from: string;
  readonly to: string;
  readonly type: string;
  readonly findings: string;
  readonly acknowledged: string;
  readonly message: string;
}

export interface ReceivedInvoice {
  readonly id: string;
  readonly companyId: string;
  readonly mailboxId: string;
  readonly identificativoSdi: string | null;
  readonly fileName: string;
  readonly sha256: string | null;
  readonly size: number | null;
  readonly xmlSha256: string | null;
  readonly formatoTrasmissione: string | null;
  readonly flow: Flow | null;
  readonly codiceDestinatario: string | null;
  readonly seller: Party;
  readonly buyer: Party;
  readonly tipoDocumento: string;
  readonly number: string;
  readonly date: string | null;
  readonly total: string | null;
  readonly currency: string | null;
  readonly documentsCount: number;
  readonly signed: 'none' | 'cades' | 'xades';
  readonly worstFinding: Finding['severity'] | null;
  readonly sentInvoiceId: string | null;
  readonly deliveriesCount: number;
  readonly receivedAt: string;
  readonly takenAt: string;
  readonly acknowledgedAt: string | null;
  readonly links: Readonly<Record<'self', string>> & Readonly<Record<'file' | 'opened' | 'metadata' | 'html', string | null>>;
}

export interface ReceivedDocument {
  readonly position: number;
  readonly tipoDocumento: string;
  readonly numero: string;
  readonly data: string | null;
  readonly divisa: string | null;
  readonly importoTotaleDocumento: string | null;
}

export interface ReceivedDelivery {
  readonly position: number;
  readonly kind: 'first' | 'repeated' | 'completing' | 'other_bytes';
  readonly mailboxId: string;
  readonly messageId: string;
  readonly fileName: string | null;
  readonly sha256: string | null;
  readonly tentativiInvio: number | null;
  readonly sdiAddress: string;
  readonly deliveredAt: string;
  readonly links: Readonly<Record<'file' | 'metadata', string | null>>;
}

export interface ReceivedSignature {
  readonly form: 'cades' | 'xades';
  readonly layer: number;
  readonly intact: boolean;
  readonly fault?: string;
  readonly signingTime?: string;
  readonly subject?: string;
  readonly issuer?: string;
}

export interface ReceivedDetail extends ReceivedInvoice {
  readonly documents: readonly ReceivedDocument[];
  readonly deliveries: readonly ReceivedDelivery[];
  readonly findings: readonly Finding[];
  readonly signatures: readonly ReceivedSignature[];
  readonly ruleVersion: string | null;
}

const self = (id: string): string => `/v1/received-invoices/${encodeURIComponent(id)}`;

/** Calls about suppliers' invoices. */
export const receivedApi = {
  list: (filter: ReceivedFilter, cursor: string | undefined, limit: number, signal?: AbortSignal) =>
    request<Page<ReceivedInvoice>>('/v1/received-invoices', { query: { ...filter, cursor, limit }, signal }),
  get: (id: string) => request<ReceivedDetail>(self(id)),
  htmlUrl: (id: string, language: string) => `${self(id)}/html?lang=${language}`,
  acknowledge: (id: string) => request<ReceivedDetail>(`${self(id)}/acknowledge`, { method: 'POST', body: {} }),
  /** Has the sandbox's supplier send an invoice. */
  sample: (variant: string) => request<{ fileName: string; identificativoSdi: string }>('/v1/sandbox/received', { method: 'POST', body: { variant } }),
};
