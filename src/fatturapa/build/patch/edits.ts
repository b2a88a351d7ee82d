import type { XmlEncoding } from '../../decode.js';

/** Characters `start` to `end` of the text become `text`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const MARKS: Readonly<Partial<Record<XmlEncoding, readonly number[]>>> = { 'utf-8': [0xef, 0xbb, 0xbf], 'utf-16le': [0xff, 0xfe], 'utf-16be': [0xfe, 0xff] };
const reference = (character: string): string => `&#${character.codePointAt(0) ?? 0};`;

/** Text in the file's encoding. What it cannot hold becomes a reference, and so does what the single byte encodings do not have in common. */
function encode(text: string, encoding: XmlEncoding): Buffer {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(text, 'utf8');
    case 'utf-16le':
      return Buffer.from(text, 'utf16le');
    case 'utf-16be':
      return Buffer.from(text, 'utf16le').swap16();
    case 'windows-1252':
    case 'iso-8859-1':
      return Buffer.from(text.replace(/[^\u0000-\u007F\u00A0-\u00FF]/gu, reference), 'latin1');
    default:
      return Buffer.from(text.replace(/[^\u0000-\u007F]/gu, reference), 'latin1');
  }
}

/** Octets that a piece of the decoded text takes in the file. */
function octetsOf(text: string, start: number, end: number, encoding: XmlEncoding): number {
  if (encoding === 'utf-8') return Buffer.byteLength(text.slice(start, end), 'utf8');
  return encoding.startsWith('utf-16') ? 2 * (end - start) : end - start;
}

/**
 * Makes the edits in the octets of a file and leaves all others as they are. At one place an insertion comes before a replacement, and insertions
 * keep their order.
 *
 * @param text what `bytes` decode to, without the byte order mark
 * @param edits that do not overlap
 */
export function editBytes(bytes: Buffer, text: string, encoding: XmlEncoding, edits: readonly Edit[]): Buffer {
  const mark = MARKS[encoding] ?? [];
  const pieces: Buffer[] = [];
  let octet = mark.length > 0 && mark.every((one, i) => bytes[i] === one) ? mark.length : 0;
  let copied = 0;
  let at = 0;
  for (const { start, end, text: inserted } of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    octet += octetsOf(text, at, start, encoding);
    pieces.push(bytes.subarray(copied, octet), encode(inserted, encoding));
    octet += octetsOf(text, start, end, encoding);
    copied = octet;
    at = end;
  }
  return Buffer.concat([...pieces, bytes.subarray(copied)]);
}
