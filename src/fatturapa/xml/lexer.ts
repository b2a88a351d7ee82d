import { MAX_NAME } from '../limits.js';
import { COLON, isBlank, isNameRest, isNameStart, isXmlCharacter, NAME_CLASS, NAME_REST, NAME_START } from './characters.js';
import { XmlFault, type XmlFaultKind } from './faults.js';

const HASH = 0x23;
const SEMICOLON = 0x3b;
const RETURN = 0x0d;
const ENTITIES: ReadonlyMap<string, string> = new Map([['lt', '<'], ['gt', '>'], ['amp', '&'], ['apos', "'"], ['quot', '"']]);
/** The longest reference that means anything, `&#x0010FFFF;` and some zeros more, is shorter. */
const MAX_REFERENCE = 64;

export function fail(kind: XmlFaultKind, offset: number, detail?: string): never {
  throw new XmlFault(kind, offset, detail);
}

/** The smallest pieces of a text: names, references, characters. Offsets in, offsets out. */
export class Lexer {
  /** Of the name read last: where its colon stands; -1 for none. */
  colon = -1;

  constructor(readonly text: string) {}

  /** Behind the white space that begins at `at`, if any. */
  skipBlanks(at: number): number {
    let end = at;
    while (end < this.text.length && isBlank(this.text.charCodeAt(end))) end += 1;
    return end;
  }

  /** Behind the qualified name that begins at `start` (Namespaces 1.0: QName). Leaves its colon in `colon`. */
  nameEnd(start: number): number {
    const { text } = this;
    let at = start;
    let colon = -1;
    // A name begins, and begins again behind its colon.
    let fresh = true;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code < 128) {
        const kind = NAME_CLASS[code];
        if (kind === NAME_START || (kind === NAME_REST && !fresh)) {
          fresh = false;
        } else if (kind === COLON && !fresh && colon < 0) {
          colon = at;
          fresh = true;
        } else break;
        at += 1;
      } else {
        const point = text.codePointAt(at) ?? code;
        if (!(fresh ? isNameStart(point) : isNameRest(point))) break;
        fresh = false;
        at += point > 0xffff ? 2 : 1;
      }
    }
    if (fresh || (at < text.length && NAME_CLASS[text.charCodeAt(at)] === COLON)) fail('name', at);
    if (at - start > MAX_NAME) fail('name-length', start);
    this.colon = colon;
    return at;
  }

  /** Every character in the range is one of XML's. True when there are carriage returns among them. */
  allowed(start: number, end: number): boolean {
    let returns = false;
    for (let at = start; at < end; at += 1) {
      const code = this.text.charCodeAt(at);
      if (code >= 0x20 && code < 0xd800) continue;
      if (code === RETURN) returns = true;
      else if (code !== 0x0a && code !== 0x09) at = this.rareEnd(at, code) - 1;
    }
    return returns;
  }

  /** Behind a character that no table lists as allowed; a fault when it is not. */
  rareEnd(at: number, code: number): number {
    const point = code >= 0xd800 && code <= 0xdbff ? (this.text.codePointAt(at) ?? code) : code;
    if (!isXmlCharacter(point)) fail('character', at, `U+${point.toString(16).toUpperCase().padStart(4, '0')}`);
    return point > 0xffff ? at + 2 : at + 1;
  }

  /** Behind the reference that begins at `at`. */
  referenceEnd(at: number): number {
    const { text } = this;
    let end = at + 1;
    if (end < text.length && text.charCodeAt(end) === HASH) end += 1;
    while (end < text.length && end - at < MAX_REFERENCE && (NAME_CLASS[text.charCodeAt(end)] ?? 0) > 0) end += 1;
    if (end >= text.length || text.charCodeAt(end) !== SEMICOLON) fail('ampersand', at);
    return end + 1;
  }

  /** What the reference between `at` and `end` stands for. */
  referred(at: number, end: number): string {
    const name = this.text.slice(at + 1, end - 1);
    if (name.charCodeAt(0) !== HASH) return ENTITIES.get(name) ?? fail('entity', at, name);
    const point = /^#x[0-9A-Fa-f]+$/.test(name) ? parseInt(name.slice(2), 16) : /^#[0-9]+$/.test(name) ? parseInt(name.slice(1), 10) : NaN;
    if (!isXmlCharacter(point)) fail('character-reference', at, `&${name};`);
    return String.fromCodePoint(point);
  }

  /** The text between two offsets, which holds none but good references, with them resolved. */
  resolved(start: number, end: number): string {
    const { text } = this;
    let from = start;
    let value = '';
    for (let at = text.indexOf('&', start); at >= 0 && at < end; at = text.indexOf('&', from)) {
      const behind = this.referenceEnd(at);
      value += normalizeAttribute(text.slice(from, at)) + this.referred(at, behind);
      from = behind;
    }
    return value + normalizeAttribute(text.slice(from, end));
  }
}

/** White space of an attribute value becomes spaces (XML 1.0, 2.11 and 3.3.3); what comes from a reference stays. */
function normalizeAttribute(raw: string): string {
  return raw.replace(/\r\n|[\t\n\r]/g, ' ');
}
