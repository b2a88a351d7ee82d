import { isAscii, isUtf8 } from 'node:buffer';

/**
 * Octets of an XML file to text, by byte order mark and declaration (XML 1.0 appendix F). SdI's own documents are UTF-8; files of
 * other programs come as UTF-8 with a mark, UTF-16, windows-1252 and ISO-8859-1 too (sdi.md 6, point 4).
 */
export type Decoding = { readonly ok: true; readonly text: string; readonly encoding: XmlEncoding } | { readonly ok: false; readonly reason: DecodingTrouble; readonly declared?: string };
export type XmlEncoding = 'utf-8' | 'us-ascii' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'iso-8859-1' | 'iso-8859-15';
export type DecodingTrouble = 'unknown-encoding' | 'malformed';

/** Labels that we take, lower case. Octets that begin with `<?xml` one by one cannot be UTF-16, whatever they say: its labels are not here. */
const ENCODINGS: ReadonlyMap<string, XmlEncoding> = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['utf_8', 'utf-8'],
  ['us-ascii', 'us-ascii'],
  ['ascii', 'us-ascii'],
  ['windows-1252', 'windows-1252'],
  ['cp1252', 'windows-1252'],
  ['cp-1252', 'windows-1252'],
  ['x-cp1252', 'windows-1252'],
  ['iso-8859-1', 'iso-8859-1'],
  ['iso8859-1', 'iso-8859-1'],
  ['iso_8859-1', 'iso-8859-1'],
  ['iso-latin-1', 'iso-8859-1'],
  ['latin1', 'iso-8859-1'],
  ['l1', 'iso-8859-1'],
  ['iso-8859-15', 'iso-8859-15'],
  ['iso8859-15', 'iso-8859-15'],
  ['iso_8859-15', 'iso-8859-15'],
  ['latin9', 'iso-8859-15'],
]);

/** Octets 0x80-0x9F of windows-1252. The five that mean nothing stay control characters, as browsers and libxml2 have it. Node's own decoder gets these wrong in some releases. */
const CP1252_HIGH = '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** Where ISO-8859-15 differs from ISO-8859-1. */
const LATIN_9: Readonly<Record<string, string>> = { '\u00a4': '\u20ac', '\u00a6': '\u0160', '\u00a8': '\u0161', '\u00b4': '\u017d', '\u00b8': '\u017e', '\u00bc': '\u0152', '\u00bd': '\u0153', '\u00be': '\u0178' };

const DECLARATION = /^<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,40})["']/;
const DECLARATION_BYTES = 256;

interface Mark {
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be';
  readonly skip: number;
}

/** UTF-16 without a mark is known by its `<?`: without a declaration it would need the mark (XML 1.0, 4.3.3). */
function fromMark(bytes: Buffer): Mark | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', skip: 3 };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', skip: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', skip: 2 };
  if (a === 0x3c && b === 0 && c === 0x3f && d === 0) return { encoding: 'utf-16le', skip: 0 };
  if (a === 0 && b === 0x3c && c === 0 && d === 0x3f) return { encoding: 'utf-16be', skip: 0 };
  return undefined;
}

/** The text, or undefined when the octets are not of the encoding. */
function decodeAs(bytes: Buffer, encoding: XmlEncoding): string | undefined {
  switch (encoding) {
    case 'utf-8':
      // Nearly every invoice is ASCII, and one byte for each character is the quickest to read.
      if (isAscii(bytes)) return bytes.toString('latin1');
      return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
    case 'us-ascii':
      return isAscii(bytes) ? bytes.toString('latin1') : undefined;
    case 'iso-8859-1':
      return bytes.toString('latin1');
    case 'iso-8859-15':
      return bytes.toString('latin1').replace(/[\xa4\xa6\xa8\xb4\xb8\xbc-\xbe]/g, (c) => LATIN_9[c] ?? c);
    case 'windows-1252':
      return bytes.toString('latin1').replace(/[\x80-\x9f]/g, (c) => CP1252_HIGH.charAt(c.charCodeAt(0) - 0x80));
    case 'utf-16le':
    case 'utf-16be':
      return decodeUtf16(bytes, encoding);
  }
}

function decodeUtf16(bytes: Buffer, encoding: 'utf-16le' | 'utf-16be'): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Octets that are not of the encoding that they state, read as windows-1252, in which every octet is a character: what programs in Italy write when they state something else. */
export function decodeAsWestern(bytes: Buffer): string {
  return decodeAs(bytes, 'windows-1252') ?? '';
}

/** The text without its byte order mark. A mark outweighs the declaration; without both it is UTF-8. */
export function decodeXml(bytes: Buffer): Decoding {
  const mark = fromMark(bytes);
  const declared = mark ? undefined : DECLARATION.exec(bytes.toString('latin1', 0, DECLARATION_BYTES))?.[1];
  const encoding = mark?.encoding ?? (declared === undefined ? 'utf-8' : ENCODINGS.get(declared.toLowerCase()));
  if (encoding === undefined) return { ok: false, reason: 'unknown-encoding', ...(declared !== undefined && { declared }) };
  const text = decodeAs(mark ? bytes.subarray(mark.skip) : bytes, encoding);
  return text === undefined ? { ok: false, reason: 'malformed', declared: declared ?? encoding } : { ok: true, text, encoding };
}
