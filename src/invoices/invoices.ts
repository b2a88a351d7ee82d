import type { Sql, Tx } from '../platform/database/sql.js';
import { defineJob } from '../platform/jobs/jobs.js';
import type { Flow, Status } from '../sdi/lifecycle/types.js';

/** Wakes the send lane of a mailbox: something became due. */
export const SendDue = defineJob<{ mailboxId: string }>('outbox.send-due');

/** What the other rooms need to know of an invoice. */
export interface InvoiceRef {
  readonly id: string;
  readonly companyId: string;
  readonly mailboxId: string;
  readonly fileName: string;
  /** Upper case, without extension. */
  readonly baseName: string;
  readonly sha256: string;
  readonly size: number;
  readonly flow: Flow;
  readonly status: Status;
  readonly identificativoSdi?: string;
  readonly attempt: number;
  readonly documentsCount: number;
}

/** Keys by which a message may name an invoice (sdi.md 5.4, in this order). All within one mailbox: another company's mail never matches. */
export interface InvoiceKeys {
  readonly identificativoSdi?: string;
  readonly sha256?: string;
  readonly fileName?: string;
}

export interface MatchRequest {
  readonly mailboxId: string;
  readonly keys: InvoiceKeys;
}

export interface InvoiceMatch {
  readonly invoice: InvoiceRef;
  readonly by: keyof InvoiceKeys;
}

export abstract class Invoices {
  abstract get(id: string, sql?: Sql): Promise<InvoiceRef | undefined>;
  /** Those of the ids that exist, in no order. */
  abstract getAll(ids: readonly string[], sql?: Sql): Promise<InvoiceRef[]>;
  /** For each request the first match in the order of the keys, and by which; in the order of the requests. */
  abstract matchAll(requests: readonly MatchRequest[], sql?: Sql): Promise<(InvoiceMatch | undefined)[]>;
  /** Invoices of this mailbox whose time to be sent has come, oldest first. */
  abstract due(mailboxId: string, limit: number, sql?: Sql): Promise<InvoiceRef[]>;
  /** When the next invoice of this mailbox becomes due, if any waits. */
  abstract nextDueAt(mailboxId: string, sql?: Sql): Promise<Date | undefined>;
  /** Mailboxes that have something due now; for the sweep. */
  abstract mailboxesWithDue(): Promise<string[]>;
  /** Sets when it is to be sent (again), or with undefined that it is not. */
  abstract schedule(tx: Tx, invoiceId: string, at: Date | undefined): Promise<void>;
  /** Positions of the documents with this number and year (RiferimentoFattura, sdi.md 4.3). */
  abstract documentPositions(invoiceId: string, reference: { numero: string; anno: string; posizione?: number }, sql?: Sql): Promise<number[]>;
}
