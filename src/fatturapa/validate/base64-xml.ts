import { sniff } from './sniff.js';

/** Once by the mail, once by who saved the file (incidents T7): more was not seen. */
const MAX_LAYERS = 2;
const NOT_BASE64 = /[^A-Za-z0-9+/=\s]/;
const HEAD_BYTES = 256;

/** The XML that stands in base64 where a file should hold it itself; undefined when the octets are nothing of the kind. */
export function base64Xml(bytes: Buffer): Buffer | undefined {
  let inner = bytes;
  for (let layer = 0; layer < MAX_LAYERS && sniff(inner) === 'unknown'; layer += 1) {
    if (NOT_BASE64.test(inner.toString('latin1', 0, HEAD_BYTES))) return undefined;
    const text = inner.toString('latin1');
    if (NOT_BASE64.test(text)) return undefined;
    inner = Buffer.from(text, 'base64');
  }
  return inner !== bytes && inner.length > 0 && sniff(inner) === 'xml' ? inner : undefined;
}
