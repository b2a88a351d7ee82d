import { describe, expect, it } from 'vitest';
import { decodeXml } from './decode.js';

const declared = (label: string, body: readonly number[]): Buffer => Buffer.concat([Buffer.from(`<?xml version="1.0" encoding="${label}"?>`), Buffer.from(body)]);
const textOf = (bytes: Buffer): string | undefined => {
  const decoded = decodeXml(bytes);
  return decoded.ok ? decoded.text.replace(/^<\?xml[^>]*>/, '') : undefined;
};
const utf16 = (text: string, bigEndian = false): Buffer => (bigEndian ? Buffer.from(text, 'utf16le').swap16() : Buffer.from(text, 'utf16le'));

describe('decodeXml', () => {
  it.each([
    ['windows-1252', [0x80, 0x81, 0x92, 0xe0], '\u20ac\u0081\u2019\u00e0'],
    ['CP1252', [0x80], '\u20ac'],
    ['ISO-8859-1', [0x80, 0xa4, 0xe0], '\u0080\u00a4\u00e0'],
    ['latin1', [0xe0], '\u00e0'],
    ['iso-8859-15', [0xa4, 0xbd, 0xe0], '\u20ac\u0153\u00e0'],
    ['UTF-8', [0xc3, 0xa0, 0xf0, 0x9f, 0x98, 0x80], '\u00e0\u{1f600}'],
    ['us-ascii', [0x41], 'A'],
  ])('%s %j', (label, body, text) => {
    expect(textOf(declared(label, body))).toBe(text);
  });

  it.each([
    ['UTF-8', [0xe0]],
    ['UTF-8', [0xed, 0xa0, 0x80]],
    ['UTF-8', [0xc0, 0x80]],
    ['us-ascii', [0xc3, 0xa0]],
  ])('refuses what is not %s: %j', (label, body) => {
    expect(decodeXml(declared(label, body))).toEqual({ ok: false, reason: 'malformed', declared: label });
  });

  it.each(['EBCDIC-IT', 'UTF-16', 'utf-16le', 'UCS-4', 'shift_jis'])('does not know %s where each octet is a character', (label) => {
    expect(decodeXml(declared(label, []))).toEqual({ ok: false, reason: 'unknown-encoding', declared: label });
  });

  it('believes the mark before the declaration', () => {
    expect(textOf(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), declared('ISO-8859-1', [0xc3, 0xa0])]))).toBe('\u00e0');
    expect(textOf(utf16('\ufeff<?xml version="1.0" encoding="UTF-8"?>\u00e0'))).toBe('\u00e0');
    expect(textOf(utf16('\ufeff<a>\u20ac</a>', true))).toBe('<a>\u20ac</a>');
  });

  it('knows UTF-16 without a mark by its declaration only', () => {
    expect(textOf(utf16('<?xml version="1.0"?><a/>'))).toBe('<a/>');
    expect(textOf(utf16('<?xml version="1.0"?><a/>', true))).toBe('<a/>');
    expect(textOf(utf16('<a/>'))).toContain('\0');
  });

  it('refuses halves of characters in UTF-16', () => {
    expect(decodeXml(utf16('\ufeff<a>\ud800</a>')).ok).toBe(false);
    expect(decodeXml(Buffer.concat([utf16('\ufeff<a/>'), Buffer.from([0x20])])).ok).toBe(false);
  });

  it('is UTF-8 where nothing else is said', () => {
    expect(textOf(Buffer.from('<a>\u00e0</a>'))).toBe('<a>\u00e0</a>');
    expect(decodeXml(Buffer.from('<a>\u00e0</a>', 'latin1'))).toEqual({ ok: false, reason: 'malformed', declared: 'utf-8' });
    expect(textOf(Buffer.alloc(0))).toBe('');
  });
});
