import { readSdiAttachments, type SdiMessage } from '../sdi/index.js';

/** A message of SdI as `inspect` shows it: its fields, what its own signature says, and the invoice file that came with it. */
export interface SdiInspection extends Omit<SdiMessage, 'signature'> {
  readonly signature: { readonly verdict: SdiMessage['signature']['verdict']; readonly reasons: readonly string[]; readonly signingTime?: string };
  readonly invoiceFile: string | null;
  /** Whether the invoice file is the one whose hash the message states; null when there is nothing to compare. */
  readonly hashMatches: boolean | null;
}

/** Looks for SdI among the attachments of an original; null when it is not there. */
export function inspectSdi(attachments: readonly { readonly name: string; readonly content: Buffer }[], anchors: readonly Buffer[]): SdiInspection | null {
  if (attachments.length === 0) return null;
  const reading = readSdiAttachments(attachments, anchors);
  if (!reading.ok) return null;
  const { verdict, reasons, signingTime } = reading.message.signature;
  return {
    ...reading.message,
    signature: { verdict, reasons, ...(signingTime === undefined ? {} : { signingTime }) },
    invoiceFile: reading.invoiceFile?.name ?? null,
    hashMatches: reading.hashMatches ?? null,
  };
}
