import type { Random } from './random.js';

/**
 * From text to bytes: declaration, byte order mark, line ends, encoding, and changes to characters that know nothing of tags. Not here, because we differ by design: DOCTYPE (we refuse it always),
 * encodings that only libxml2 knows (Shift JIS, windows-1250 and others), `version="1."`, which libxml2 takes against the specification.
 */
const DECLARATIONS = ['', '<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-8"?>', "<?xml version='1.0' encoding='utf-8'?>", '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', '<?xml version="1.0" standalone="no" ?>\n', '<?xml version = "1.0"\n encoding = "UTF-8" ?>'];
const ODD_DECLARATIONS = ['<?xml version="1.1"?>', '<?xml version="1.05"?>', '<?xml version="2.0"?>', '<?xml version="1.0" encoding="UTF-8" standalone="maybe"?>', '<?xml version="1.0" standalone="yes" encoding="UTF-8"?>', '<?xml encoding="UTF-8"?>', '<?xml version="1.0"encoding="UTF-8"?>', '<?xml version="1.0" foo="bar"?>', '<?xml?>', ' <?xml version="1.0"?>', '\n<?xml version="1.0"?>', '<?xml version="1.0" encoding="" ?>', '<?xml version="1.0" encoding="foo"?>', '<?xml version="1.0" encoding="UTF-16"?>', '<?XML version="1.0"?>', '<?xml version="1.0"', '<?xml version="1.0"?', '<?xml version=1.0?>', '<?xml version="1.0" ?><?xml version="1.0" ?>', '<!-- c --><?xml version="1.0"?>', '<?xml version="1.0" encoding="8859"?>', '<?xml version="1.0" encoding=" UTF-8"?>'];
const BEFORE = ['', '\n', '<!-- c -->', '<?p x?>', '<?xml-stylesheet type="text/xsl" href="f.xsl"?>\n', 'x', '\ufeff', '<![CDATA[]]>', '&#32;', '<a/>'];
const AFTER = ['', '\n', '\r', '<!-- c -->', '<?p x?>\n', 'x', '\u0000', '<a/>', '<![CDATA[]]>', '&#32;', '\u00a0', '<!-- ', '</a>'];

type Encoder = (text: string) => Buffer;

const utf16 = (bigEndian: boolean, mark: boolean): Encoder => (text) => {
  const bytes = Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
};
const marked: Encoder = (text) => Buffer.from(`\ufeff${text}`);
const declaring = (label: string, encode: Encoder): Encoder => (text) => encode(`<?xml version="1.0" encoding="${label}"?>${text}`);
const latin: Encoder = (text) => Buffer.from(text.replace(/[^\u0000-\u00ff]/g, (c) => String.fromCharCode(0x80 + (c.charCodeAt(0) & 0x7f))), 'latin1');
const plain: Encoder = (text) => Buffer.from(text);

/** Encodings for a text without declaration. */
const ENCODERS: readonly Encoder[] = [
  marked,
  utf16(false, true),
  utf16(true, true),
  utf16(false, false),
  utf16(true, false),
  latin,
  declaring('UTF-16', utf16(false, true)),
  declaring('UTF-16', utf16(true, false)),
  declaring('utf-16le', utf16(false, false)),
  declaring('UTF-8', utf16(true, true)),
  declaring('ISO-8859-1', utf16(false, true)),
  declaring('ISO-8859-1', latin),
  declaring('iso-8859-15', latin),
  declaring('windows-1252', latin),
  declaring('cp1252', latin),
  declaring('latin1', latin),
  declaring('US-ASCII', latin),
  declaring('US-ASCII', plain),
  declaring('UTF-8', latin),
  declaring('utf8', plain),
  declaring('windows-1252', plain),
  declaring('ISO-8859-1', marked),
  declaring('US-ASCII', marked),
  declaring('foo', marked),
  declaring('UTF-16', plain),
];

const JUNK = ['<', '>', '&', '"', "'", '/', '=', ' ', '\n', ']]>', '<!--', '-->', '<?', '?>', '</', '/>', '\u0000', '\u0001', '\u00e0', '\u20ac', '\ud800', '\udc00', '\u{1f600}', ':', 'x', '0', '<a>', '</a>', '\ufffe', '\uffff', ';', '#', '-', '.'];

function disturb(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  const span = random.pick([0, 0, 1, 1, 2, 5, 30]);
  return random.pick([
    () => text.slice(0, at) + random.pick(JUNK) + text.slice(at + span),
    () => text.slice(0, at) + text.slice(at + Math.max(1, span)),
    () => text.slice(0, at) + text.slice(at, at + span) + text.slice(at),
    () => text.slice(0, at),
  ])();
}

function lineEnds(random: Random, text: string): string {
  return text.replace(/\r?\n/g, random.pick(['\r\n', '\r', '\n', '\r\r\n', '\n\r', ' ']));
}

export function encode(random: Random, xml: string): Buffer {
  let text = xml;
  if (random.chance(0.08)) text = lineEnds(random, text);
  if (random.chance(0.06)) text = random.pick(BEFORE) + text;
  if (random.chance(0.06)) text += random.pick(AFTER);
  if (random.chance(0.04)) text = disturb(random, text);
  if (random.chance(0.15)) return random.pick(ENCODERS)(text);
  return Buffer.from((random.chance(0.06) ? random.pick(ODD_DECLARATIONS) : random.pick(DECLARATIONS)) + text);
}
