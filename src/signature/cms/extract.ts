import { reason, type SignatureReasonCode } from '../reasons.js';
import { type CmsForm, type ExtractLimits, openLayers } from './layers.js';

export type { CmsForm, ExtractLimits } from './layers.js';

export type Extraction =
  /** The innermost content. `layers` counts the signatures around it (a p7m in a p7m has two). */
  | { readonly ok: true; readonly content: Buffer; readonly form: CmsForm; readonly layers: number }
  | { readonly ok: false; readonly reason: SignatureReasonCode; readonly text: string };

/**
 * The content of a signed file (`.p7m`, CAdES): DER, BER with chunked strings, base64 with any line ends, PEM, base64 twice, signed files inside each other.
 * No signature is judged here. The content is a view into the input where it stands there in one piece. Never throws.
 */
export function extractCms(bytes: Buffer, limits: ExtractLimits = {}): Extraction {
  const opened = openLayers(bytes, limits);
  if (!opened.ok) return { ok: false, reason: opened.reason, text: reason(opened.reason).text };
  return { ok: true, content: opened.content, form: opened.outermost.form, layers: opened.layers.length };
}
