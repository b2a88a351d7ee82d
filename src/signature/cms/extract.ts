import { Asn1Error } from '../asn1/ber.js';
import { reason, type SignatureReasonCode } from '../reasons.js';
import { pemBlocks } from '../x509/pem.js';
import { readSignedData, type SignedData } from './signed-data.js';

/** How the outermost layer is written. */
export type CmsForm = 'der' | 'ber' | 'base64' | 'pem';

export type Extraction =
  /** The innermost content. `layers` counts the signatures around it (a p7m in a p7m has two). */
  | { readonly ok: true; readonly content: Buffer; readonly form: CmsForm; readonly layers: number }
  | { readonly ok: false; readonly reason: SignatureReasonCode; readonly text: string };

export interface ExtractLimits {
  /** Octets of the input; default 64 MiB (SdI takes files of at most 5 MB, PEC messages of 100 MB). */
  readonly maxBytes?: number;
  /** Signed files inside each other; default 5 (pec.md 7.1). */
  readonly maxLayers?: number;
}

/** Base64 can be wrapped around CMS twice: once by the mail, once by who saved the file (pec.md 10). */
const MAX_TEXT_LAYERS = 2;
const PEM_LABELS = ['PKCS7', 'CMS', 'PKCS #7 SIGNED DATA'];

const refuse = (code: SignatureReasonCode): Extraction => ({ ok: false, reason: code, text: reason(code).text });

/**
 * The content of a signed file (`.p7m`, CAdES): DER, BER with chunked strings, base64 with any line ends, PEM, base64 twice, signed files inside each other.
 * No signature is judged here. The content is a view into the input where it stands there in one piece. Never throws.
 */
export function extractCms(bytes: Buffer, limits: ExtractLimits = {}): Extraction {
  if (bytes.length > (limits.maxBytes ?? 64 * 1024 * 1024)) return refuse('too-large');
  const maxLayers = limits.maxLayers ?? 5;
  let current = bytes;
  // Set by the first layer; from then on whatever is no further layer is the content.
  let form: CmsForm | undefined;
  for (let layers = 0; ; layers++) {
    const opened = openLayer(current);
    if ('fault' in opened) return form ? { ok: true, content: current, form, layers } : refuse(opened.fault);
    if (layers === maxLayers) return refuse('nested-too-deep');
    form ??= opened.form;
    current = opened.content;
  }
}

function openLayer(bytes: Buffer): { readonly content: Buffer; readonly form: CmsForm } | { readonly fault: SignatureReasonCode } {
  const binary = binaryOf(bytes);
  if (!binary) return { fault: 'not-signed' };
  let data: SignedData;
  try {
    data = readSignedData(binary.bytes);
  } catch (error) {
    return { fault: error instanceof Asn1Error && error.message === 'cms-not-signed-data' ? 'cms-not-signed-data' : 'cms-unreadable' };
  }
  if (data.content === undefined) return { fault: 'cms-no-content' };
  return { content: data.content, form: binary.form ?? (data.definite ? 'der' : 'ber') };
}

/** Undoes the textual wrappings. `form` is absent when there was none. */
function binaryOf(bytes: Buffer): { readonly bytes: Buffer; readonly form?: 'base64' | 'pem' } | undefined {
  let current = bytes;
  let form: 'base64' | 'pem' | undefined;
  for (let layer = 0; layer <= MAX_TEXT_LAYERS; layer++) {
    if (looksBinary(current)) return { bytes: current, ...(form ? { form } : {}) };
    const pem = pemOf(current);
    const text = pem ?? base64Of(current);
    if (!text) return undefined;
    form ??= pem ? 'pem' : 'base64';
    current = text;
  }
  return undefined;
}

/** A SEQUENCE with a long or indefinite length: `0x30` alone is also the digit zero. */
const looksBinary = (bytes: Buffer): boolean => bytes[0] === 0x30 && ((bytes[1] ?? 0) & 0x80) !== 0;

function pemOf(bytes: Buffer): Buffer | undefined {
  const start = bytes.subarray(0, 4096).indexOf('-----BEGIN ');
  if (start < 0) return undefined;
  const text = bytes.subarray(start).toString('latin1');
  return PEM_LABELS.flatMap((label) => pemBlocks(text, label))[0];
}

const BASE64_LETTER = new Uint8Array(256);
for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=') BASE64_LETTER[letter.charCodeAt(0)] = 1;
for (const blank of ' \t\r\n\0') BASE64_LETTER[blank.charCodeAt(0)] = 2;

/** Decodes text that consists of base64 letters and white space only (and starts with a byte order mark at most). */
function base64Of(bytes: Buffer): Buffer | undefined {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let letters = 0;
  for (let at = start; at < bytes.length; at++) {
    const kind = BASE64_LETTER[bytes[at] ?? 0];
    if (kind === 0) return undefined;
    if (kind === 1) letters++;
  }
  return letters < 8 ? undefined : Buffer.from(bytes.subarray(start).toString('latin1').replaceAll('\0', ''), 'base64');
}
