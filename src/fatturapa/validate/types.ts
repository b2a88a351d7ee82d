import type { InvoiceSignatures } from '../../signature/invoice/types.js';
import type { InvoiceDocument } from '../document/model.js';
import type { FatturapaFinding, FormatoTrasmissione, InvoiceHead } from '../types.js';

/** What we say of one file before SdI does. */
export interface Verdict {
  /** No finding is an error. */
  readonly valid: boolean;
  readonly formato?: FormatoTrasmissione;
  /** Version of SdI's rules that were applied, by transmission date: `1.9.1`. */
  readonly ruleVersion: string;
  /** Errors first, then warnings, then hints; in each by place in the file. */
  readonly findings: readonly FatturapaFinding[];
}

export interface Validation {
  readonly verdict: Verdict;
  /** What the octets are, whatever the file is called: the extension that its name must have. Absent when they are neither XML nor a signed file. */
  readonly extension?: 'xml' | 'xml.p7m';
  /** The XML: the file itself, or what was signed. */
  readonly content?: Buffer;
  readonly signatures?: InvoiceSignatures;
  /** Absent when the content is no XML of ours. */
  readonly document?: InvoiceDocument;
  /** Absent too when the structure is not valid. */
  readonly head?: InvoiceHead;
}
