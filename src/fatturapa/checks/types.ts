import type { Element, InvoiceDocument } from '../document/model.js';
import type { InvoiceSignatures } from '../../signature/invoice/types.js';
import type { Text } from '../schema/types.js';
import type { FormatoTrasmissione, Patch, Severity } from '../types.js';

/** What a check may know beside the document. Everything is optional but the instant: offline, much is unknown, and a check that lacks what it needs is silent. */
export interface CheckContext {
  /** When SdI receives the file: it chooses the rule set, and no date may lie after it. */
  readonly at: Date;
  /** The name that the file has, or will have. */
  readonly fileName?: string;
  /** Bytes of the file as sent. */
  readonly size?: number;
  /** What was found about signatures; absent when nobody looked. */
  readonly signatures?: InvoiceSignatures;
  /** The sender is a health provider: invoices to natural persons must not go through SdI. */
  readonly healthProvider?: boolean;
  /** The file came to us from SdI: it is read as tolerantly as it can be, and its size is not judged. */
  readonly received?: boolean;
  /** Told of a check that threw: a fault of ours, never of the file. The finding `check-failed` is made in any case. */
  readonly onFault?: (code: string, error: unknown) => void;
}

/** A value, or how it is made: of a thousand reports of one rule only fifty are written, and the others need no texts. */
export type Lazily<Value> = Value | (() => Value);

/** What a check reports: where, and the values that its texts name in braces (`{found}`). */
export interface Report {
  readonly at?: Element | undefined;
  /** Where something is missing: the name (or path below `at`) of the element that should be there. */
  readonly missing?: string;
  /** Shown as the finding's value; default the value of `at`. */
  readonly value?: string;
  readonly texts?: Lazily<Readonly<Record<string, string | Text>>>;
  /** The reference does not settle this very case: the finding is a warning with the texts of `Check.doubt`. */
  readonly doubtful?: boolean;
  /** Machine-applicable, only where there is exactly one right value. */
  readonly patch?: Lazily<readonly Patch[] | undefined>;
}

/** One rule of the check table: data, and one function. */
export interface Check {
  /** SdI's code (`00423`), or a word of ours for advice beyond them (`bollo-not-shown`). */
  readonly code: string;
  /** `error`: SdI rejects. `warning`: SdI may reject, or the reference is uncertain. `hint`: advice. */
  readonly severity: Severity;
  readonly formati: readonly FormatoTrasmissione[];
  /** Only for these TipoDocumento; absent: all. `run` is not called when no body is of one of them; in a lot it must pass over the other bodies itself (`bodyCheck` does). */
  readonly tipiDocumento?: readonly string[];
  /** First and last day (YYYY-MM-DD, Europe/Rome) of transmission on which the rule is applied. */
  readonly since?: string;
  readonly until?: string;
  /** As text for people and tests: `0.01`. Absent: exact. */
  readonly tolerance?: string;
  /** One line: what the rule asks. */
  readonly title: Text;
  /** The reason of a finding, with the report's texts in braces. */
  readonly reason: Text;
  /** How to mend it, likewise. */
  readonly mend: Text;
  /** Document and paragraph. */
  readonly source: string;
  /** The texts of a finding reported as `doubtful`: a warning whatever the severity of the check. */
  readonly doubt?: { readonly reason: Text; readonly mend: Text };
  /** Where practice differs from the text, or the reference is uncertain: why it is no error. Goes to docs/checks.md. */
  readonly practice?: Text;
  readonly run: (document: InvoiceDocument, context: CheckContext, report: (what: Report) => void) => void;
}
