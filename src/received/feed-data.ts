/** The type of the feed's entry about a supplier's invoice. */
export const RECEIVED = 'received_invoice.received';

export interface ReceivedSubject {
  readonly receivedInvoiceId: string;
  readonly companyId: string;
  readonly mailboxId: string;
  readonly identificativoSdi: string | null;
  readonly fileName: string;
  /** Of the first document; '' where the file says none. */
  readonly number: string;
  readonly documentsCount: number;
  readonly sequence: number;
}

/** What the feed and the webhooks tell of it: ids and where to read more, never the document. */
export function feedData(subject: ReceivedSubject): Record<string, unknown> {
  return { ...subject, url: `/v1/received-invoices/${subject.receivedInvoiceId}` };
}
