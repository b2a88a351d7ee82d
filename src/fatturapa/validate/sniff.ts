import { looksLikeZip } from '../files/zip-directory.js';

const BLANKS = new Set([0x09, 0x0a, 0x0d, 0x20]);

/** What a file may be by its first octets. `unknown`: perhaps a signed file, which begins in many ways. */
export type Sniffed = 'xml' | 'zip' | 'unknown';

export function sniff(bytes: Buffer): Sniffed {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  // UTF-16, with its mark or by the zero beside the first "<" (XML 1.0 appendix F).
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff) || (bytes[0] === 0 && bytes[1] === 0x3c)) return 'xml';
  while (at < bytes.length && BLANKS.has(bytes[at] ?? 0)) at++;
  // An empty file is no XML either, and the XML reader says so.
  if (at === bytes.length || bytes[at] === 0x3c) return 'xml';
  return looksLikeZip(bytes) ? 'zip' : 'unknown';
}

/** Text of which nobody can say more than that it is no XML: no control characters at its beginning. */
export function looksLikeText(bytes: Buffer): boolean {
  return !bytes.subarray(0, 1024).some((octet) => octet < 0x20 && !BLANKS.has(octet));
}
