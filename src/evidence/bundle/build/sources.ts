import { Injectable } from '@nestjs/common';
import type { Sql } from '../../../platform/database/sql.js';
import type { ChainLink } from '../../chain/index.js';
import type { AttemptRecord, InvoiceRecord, MessageRecord } from '../format/records.js';

/** What the invoice's own room knows of it. */
export interface InvoicePart {
  readonly companyId: string;
  readonly mailboxId: string;
  readonly invoice: Omit<InvoiceRecord, 'company' | 'mailbox' | 'file' | 'original' | 'mediaType'>;
  /** SHA-256 of what came, where other bytes were sent. */
  readonly originalSha256: string | null;
  readonly entries: readonly ChainLink[];
}

export type AttemptPart = Omit<AttemptRecord, 'file' | 'size'> & { readonly id: string };

export type MessagePart = Omit<MessageRecord, 'file' | 'sdi' | 'signers' | 'attempt' | 'size'> & { readonly attemptId: string | null };

/** What each room contributes to an invoice's bundle. All read through the `sql` that they are given: one moment for all. */
export interface Sources {
  readonly invoice: (sql: Sql, invoiceId: string) => Promise<InvoicePart | undefined>;
  /** In order of number. */
  readonly attempts: (sql: Sql, invoiceId: string) => Promise<readonly AttemptPart[]>;
  /** Those that moved the invoice, and of the others no more than the limits allow; in the order in which they were fetched. */
  readonly messages: (sql: Sql, invoiceId: string) => Promise<{ readonly items: readonly MessagePart[]; readonly omitted: number }>;
  /** Whose invoice it is; undefined when there is none. */
  readonly companyOf: (invoiceId: string) => Promise<string | undefined>;
}

/** Where rooms register what they contribute: the bundle knows its format, and nobody's tables. */
@Injectable()
export class BundleSources {
  readonly #sources: Partial<Sources> = {};

  /** @throws Error when another has registered the same part */
  register<Part extends keyof Sources>(part: Part, source: Sources[Part]): void {
    if (this.#sources[part]) throw new Error(`two rooms contribute ${part} to the evidence bundle`);
    (this.#sources as { -readonly [Key in keyof Sources]?: Sources[Key] })[part] = source;
  }

  get<Part extends keyof Sources>(part: Part): Sources[Part] {
    const source = this.#sources[part];
    if (!source) throw new Error(`no room contributes ${part} to the evidence bundle`);
    return source;
  }
}
