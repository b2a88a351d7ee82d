import type { InvoiceDocument } from '../document/model.js';
import type { FatturapaFinding, FormatoTrasmissione } from '../types.js';

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

/** `document` is absent when the file is no XML of ours. */
export interface Validation {
  readonly verdict: Verdict;
  readonly document?: InvoiceDocument;
}
