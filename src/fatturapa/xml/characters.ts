/** Characters and names of XML 1.0, fifth edition (productions 2, 4, 4a), and of Namespaces 1.0. Look-ups by table below U+0080, where almost everything is. */

/** Classes of `NAME_CLASS`. */
export const NOT_A_NAME = 0;
export const NAME_START = 1;
export const NAME_REST = 2;
export const COLON = 3;

function table(fill: (code: number) => number): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, code) => fill(code));
}

/** What a character below U+0080 may be in a name. */
export const NAME_CLASS = table((code) => {
  const c = String.fromCharCode(code);
  if (/[A-Za-z_]/.test(c)) return NAME_START;
  if (/[-.0-9]/.test(c)) return NAME_REST;
  return c === ':' ? COLON : NOT_A_NAME;
});

/** 1 for the characters below U+0080 that character data may simply hold: neither markup, nor reference, nor `]`, nor carriage return, nor forbidden. */
export const PLAIN_TEXT = table((code) => (code === 0x09 || code === 0x0a || (code >= 0x20 && !'<&]'.includes(String.fromCharCode(code))) ? 1 : 0));

/** 1 for the characters below U+0080 that an attribute value may simply hold: neither quote, `<`, `&`, white space to be normalised, nor forbidden. */
export const PLAIN_ATTRIBUTE = table((code) => (code >= 0x20 && !'<&"\''.includes(String.fromCharCode(code)) ? 1 : 0));

/** Pairs of first and last code point that a name may begin with, from U+00C0 on. */
const NAME_START_RANGES = [0xc0, 0xd6, 0xd8, 0xf6, 0xf8, 0x2ff, 0x370, 0x37d, 0x37f, 0x1fff, 0x200c, 0x200d, 0x2070, 0x218f, 0x2c00, 0x2fef, 0x3001, 0xd7ff, 0xf900, 0xfdcf, 0xfdf0, 0xfffd, 0x10000, 0xeffff];

/** Whether a name without prefix may begin with this code point. */
export function isNameStart(code: number): boolean {
  if (code < 128) return NAME_CLASS[code] === NAME_START;
  for (let i = 0; i < NAME_START_RANGES.length; i += 2) if (code >= (NAME_START_RANGES[i] ?? 0) && code <= (NAME_START_RANGES[i + 1] ?? 0)) return true;
  return false;
}

/** Whether this code point may stand in a name after its beginning (the colon apart). */
export function isNameRest(code: number): boolean {
  return code === 0xb7 || (code >= 0x300 && code <= 0x36f) || code === 0x203f || code === 0x2040 || isNameStart(code) || (code < 128 && NAME_CLASS[code] === NAME_REST);
}

/** Whether a document may hold this code point at all (production 2). */
export function isXmlCharacter(code: number): boolean {
  return code >= 0x20 ? code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff) : code === 0x09 || code === 0x0a || code === 0x0d;
}

/** Space, tab, line feed, carriage return (production 3). */
export function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;
}

/** Carriage returns, alone or before a line feed, become line feeds (XML 1.0, 2.11). */
export function normalizeLineEnds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
