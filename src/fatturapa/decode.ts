/**
 * Octets of an XML file to text, by byte order mark and declaration (XML 1.0 appendix F). SdI's own documents are UTF-8; files of
 * other programs come as UTF-8 with a mark, UTF-16, windows-1252 and ISO-8859-1 too (sdi.md 6, point 4).
 */
export type Decoding = { readonly ok: true; readonly text: string; readonly encoding: XmlEncoding } | { readonly ok: false; readonly reason: DecodingTrouble; readonly declared?: string };
export type XmlEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'iso-8859-1';
export type DecodingTrouble = 'unknown-encoding' | 'malformed';

/** Labels that we take, lower case. US-ASCII is read as UTF-8, of which it is a part. */
const ENCODINGS: Readonly<Record<string, XmlEncoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
  'iso-8859-1': 'iso-8859-1',
  latin1: 'iso-8859-1',
};

/** Octets 0x80-0x9F of windows-1252; U+FFFD marks the five that mean nothing. Node's own decoder gets these wrong in some releases. */
const CP1252_HIGH = '\u20ac\ufffd\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\ufffd\u017d\ufffd\ufffd\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\ufffd\u017e\u0178';

const DECLARATION = /^\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,40})["']/;

function fromMark(bytes: Buffer): { encoding: XmlEncoding; skip: number } | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', skip: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', skip: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', skip: 2 };
  if (bytes[0] === 0x3c && bytes[1] === 0x00) return { encoding: 'utf-16le', skip: 0 };
  if (bytes[0] === 0x00 && bytes[1] === 0x3c) return { encoding: 'utf-16be', skip: 0 };
  return undefined;
}

function decodeAs(bytes: Buffer, encoding: XmlEncoding): string {
  switch (encoding) {
    case 'iso-8859-1':
      return bytes.toString('latin1');
    case 'windows-1252':
      return bytes.toString('latin1').replace(/[\x80-\x9f]/g, (c) => CP1252_HIGH.charAt(c.charCodeAt(0) - 0x80));
    default:
      return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  }
}

/** The text without its byte order mark. A mark outweighs the declaration; without both it is UTF-8. */
export function decodeXml(bytes: Buffer): Decoding {
  const mark = fromMark(bytes);
  let encoding: XmlEncoding = mark?.encoding ?? 'utf-8';
  let declared: string | undefined;
  if (!mark) {
    declared = DECLARATION.exec(bytes.toString('latin1', 0, 256))?.[1];
    if (declared !== undefined) {
      const known = ENCODINGS[declared.toLowerCase()];
      // Octets that begin with "<?xml" one by one cannot be UTF-16, whatever they say.
      if (!known || known.startsWith('utf-16')) return { ok: false, reason: 'unknown-encoding', declared };
      encoding = known;
    }
  }
  try {
    return { ok: true, text: decodeAs(mark ? bytes.subarray(mark.skip) : bytes, encoding), encoding };
  } catch {
    return { ok: false, reason: 'malformed', declared: declared ?? encoding };
  }
}
