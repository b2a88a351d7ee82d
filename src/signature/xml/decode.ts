/**
 * Octets of an XML file to text by byte order mark and declaration (XML 1.0, appendix F), and back for what is inserted into it:
 * a file that is signed keeps its encoding.
 */
export type XmlEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'iso-8859-1';

export interface DecodedXml {
  readonly text: string;
  readonly encoding: XmlEncoding;
  /** Octets of the byte order mark. */
  readonly mark: number;
}

/** Labels that are taken, lower case. US-ASCII is a part of UTF-8. */
const ENCODINGS: Readonly<Record<string, XmlEncoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
  'iso-8859-1': 'iso-8859-1',
  latin1: 'iso-8859-1',
};

/** Octets 0x80-0x9F of windows-1252; U+FFFD marks the five that mean nothing. Node's own decoder gets these wrong in some releases. */
const CP1252_HIGH = '\u20ac\ufffd\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\ufffd\u017d\ufffd\ufffd\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\ufffd\u017e\u0178';
const DECLARATION = /^\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,40})["']/;

const MARKS: readonly { readonly octets: readonly number[]; readonly encoding: XmlEncoding; readonly mark: number }[] = [
  { octets: [0xef, 0xbb, 0xbf], encoding: 'utf-8', mark: 3 },
  { octets: [0xff, 0xfe], encoding: 'utf-16le', mark: 2 },
  { octets: [0xfe, 0xff], encoding: 'utf-16be', mark: 2 },
  { octets: [0x3c, 0x00], encoding: 'utf-16le', mark: 0 },
  { octets: [0x00, 0x3c], encoding: 'utf-16be', mark: 0 },
];

function encodingOf(bytes: Buffer): Pick<DecodedXml, 'encoding' | 'mark'> | undefined {
  const marked = MARKS.find(({ octets }) => octets.every((octet, index) => bytes[index] === octet));
  if (marked) return marked;
  const declared = DECLARATION.exec(bytes.toString('latin1', 0, 256))?.[1];
  const encoding = declared === undefined ? 'utf-8' : ENCODINGS[declared.toLowerCase()];
  return encoding && { encoding, mark: 0 };
}

/** The text without its byte order mark; undefined for an unknown encoding or octets that are not in it. A mark outweighs the declaration. */
export function decodeXml(bytes: Buffer): DecodedXml | undefined {
  const found = encodingOf(bytes);
  if (!found) return undefined;
  const { encoding, mark } = found;
  if (encoding === 'iso-8859-1') return { text: bytes.toString('latin1', mark), encoding, mark };
  if (encoding === 'windows-1252') return { text: bytes.toString('latin1', mark).replace(/[\x80-\x9f]/g, (c) => CP1252_HIGH.charAt(c.charCodeAt(0) - 0x80)), encoding, mark };
  try {
    return { text: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes.subarray(mark)), encoding, mark };
  } catch {
    return undefined;
  }
}

/** Where in the octets a place in the text stands. */
export function octetOffset({ text, encoding, mark }: DecodedXml, place: number): number {
  if (encoding === 'utf-8') return mark + Buffer.byteLength(text.slice(0, place), 'utf8');
  return mark + (encoding.startsWith('utf-16') ? 2 * place : place);
}

/** Markup of ASCII in the encoding of a file. */
export function encodeAscii(markup: string, encoding: XmlEncoding): Buffer {
  if (!encoding.startsWith('utf-16')) return Buffer.from(markup, 'latin1');
  const octets = Buffer.from(markup, 'utf16le');
  return encoding === 'utf-16be' ? octets.swap16() : octets;
}

/** The text in the encoding of a file, for looking for it without decoding the file. */
export const encodedForms = (ascii: string): readonly Buffer[] => [Buffer.from(ascii, 'latin1'), Buffer.from(ascii, 'utf16le'), Buffer.from(ascii, 'utf16le').swap16()];
