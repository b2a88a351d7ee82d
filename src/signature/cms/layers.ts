import { Asn1Error } from '../asn1/ber.js';
import type { SignatureReasonCode } from '../reasons.js';
import { pemBlocks } from '../x509/pem.js';
import { readSignedData, type SignedData } from './signed-data.js';

/** How a layer is written. */
export type CmsForm = 'der' | 'ber' | 'base64' | 'pem';

export interface ExtractLimits {
  /** Octets of the input; default 64 MiB (SdI takes files of at most 5 MB, PEC messages of 100 MB). */
  readonly maxBytes?: number;
  /** Signed files inside each other; default 5 (pec.md 7.1). */
  readonly maxLayers?: number;
}

export interface CmsLayer {
  readonly data: SignedData;
  readonly content: Buffer;
  readonly form: CmsForm;
}

export type Opening = { readonly ok: true; readonly outermost: CmsLayer; readonly layers: readonly CmsLayer[]; readonly content: Buffer } | { readonly ok: false; readonly reason: SignatureReasonCode };

/** Base64 can be wrapped around CMS twice: once by the mail, once by who saved the file (pec.md 10). */
const MAX_TEXT_LAYERS = 2;
const PEM_LABELS = ['PKCS7', 'CMS', 'PKCS #7 SIGNED DATA'];

/** Opens signed files inside each other; what is no further layer is the content. Signers and certificates may be broken: nothing is judged here. Never throws. */
export function openLayers(bytes: Buffer, limits: ExtractLimits = {}): Opening {
  if (bytes.length > (limits.maxBytes ?? 64 * 1024 * 1024)) return { ok: false, reason: 'too-large' };
  const maxLayers = limits.maxLayers ?? 5;
  const layers: CmsLayer[] = [];
  let content = bytes;
  for (;;) {
    const opened = openLayer(content);
    if ('fault' in opened) {
      const [outermost] = layers;
      return outermost ? { ok: true, outermost, layers, content } : { ok: false, reason: opened.fault };
    }
    if (layers.length === maxLayers) return { ok: false, reason: 'nested-too-deep' };
    layers.push(opened);
    content = opened.content;
  }
}

function openLayer(bytes: Buffer): CmsLayer | { readonly fault: SignatureReasonCode } {
  const binary = binaryOf(bytes);
  if (!binary) return { fault: 'not-signed' };
  let data: SignedData;
  try {
    data = readSignedData(binary.bytes, true);
  } catch (error) {
    return { fault: error instanceof Asn1Error && error.message === 'cms-not-signed-data' ? 'cms-not-signed-data' : 'cms-unreadable' };
  }
  if (data.content === undefined) return { fault: 'cms-no-content' };
  return { data, content: data.content, form: binary.form ?? (data.definite ? 'der' : 'ber') };
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
