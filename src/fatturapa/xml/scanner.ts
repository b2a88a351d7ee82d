import { COLON, NAME_CLASS, NAME_REST, NAME_START, PLAIN_ATTRIBUTE, PLAIN_TEXT, isBlank, isNameRest, isNameStart, isXmlCharacter, normalizeLineEnds } from './characters.js';
import { XmlFault, type XmlFaultKind } from './faults.js';
import { MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS, MAX_NAME } from '../limits.js';
import { NO_NAMESPACE, Namespaces } from './namespaces.js';

/**
 * What the scanner tells, in the order of the document. It allocates nothing for an event: positions are offsets into the text, and what stands there is cut out
 * only by who wants it. The fields of the scanner that describe a start tag hold until the handler returns.
 */
export interface XmlHandler {
  /** A start tag, complete and correct: see `nameStart` and its neighbours, `attributeCount`, `namespace`. */
  startElement(scanner: XmlScanner): void;
  /** The end of the element that was opened last; for `<a/>` right after its start. */
  endElement(scanner: XmlScanner): void;
  /**
   * A run of character data that holds no reference. One text may come in several runs: around references, comments, instructions.
   *
   * @param blank it is white space only
   * @param returns it holds carriage returns, which mean line feeds (XML 1.0, 2.11)
   */
  characters(start: number, end: number, blank: boolean, returns: boolean): void;
  /** The content of a CDATA section, which may be empty. */
  cdata(start: number, end: number, returns: boolean): void;
  /** What a reference in character data stands for. */
  reference(character: string, offset: number): void;
}

const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;
const AMPERSAND = 0x26;
const EQUALS = 0x3d;
const BRACKET = 0x5d;
const RETURN = 0x0d;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', apos: "'", quot: '"' };
const DECLARATION = /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.[0-9]+"|'1\.[0-9]+')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"[A-Za-z][A-Za-z0-9._-]*"|'[A-Za-z][A-Za-z0-9._-]*'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>/;
const MAX_DECLARATION = 1000;

/**
 * One pass over the text of an XML 1.0 document (fifth edition) with namespaces, without document type declaration: it tells the handler what stands there, or throws an
 * `XmlFault` at the first place that is not well-formed. Strict: every rule of well-formedness and every constraint of Namespaces 1.0. Bounded by the limits of `limits.ts`.
 *
 * @example
 * new XmlScanner(text, handler).scan();
 */
export class XmlScanner {
  /** Of the current start tag: where its `<` stands. */
  tagStart = 0;
  /** Its qualified name, `text.slice(nameStart, nameEnd)`; the local part begins at `localStart`. */
  nameStart = 0;
  nameEnd = 0;
  localStart = 0;
  /** A hash of the local part, by `hashOfName`. Equal names have equal hashes; the reverse must be proved. */
  nameHash = 0;
  /** Namespace of the element; `''` for none. */
  namespace = NO_NAMESPACE;
  attributeCount = 0;
  /** Elements that are open, the current one included: 1 for the root. */
  depth = 0;
  /** Where the tag ends that is being told: the offset behind its `>`. */
  tagEnd = 0;

  readonly #text: string;
  readonly #length: number;
  readonly #handler: XmlHandler;
  readonly #namespaces = new Namespaces();
  #elements = 0;
  /** Names of the open elements, by depth. */
  readonly #nameStarts: number[] = [];
  readonly #nameEnds: number[] = [];
  /** Attributes of the current start tag. */
  readonly #attributes: Attribute[] = [];

  constructor(text: string, handler: XmlHandler) {
    this.#text = text;
    this.#length = text.length;
    this.#handler = handler;
  }

  /** @throws XmlFault at the first fault; what the handler throws passes through */
  scan(): void {
    let at = this.#prolog(this.#declaration());
    at = this.#startTag(at);
    const text = this.#text;
    const length = this.#length;
    while (this.depth > 0) {
      if (at >= length) this.#fail('unclosed', at, this.#openName());
      if (text.charCodeAt(at) !== LT) {
        at = this.#characters(at);
        continue;
      }
      const next = text.charCodeAt(at + 1);
      if (next === SLASH) at = this.#endTag(at);
      else if (next === BANG) at = this.#comment(at, true);
      else if (next === QUESTION) at = this.#instruction(at);
      else at = this.#startTag(at);
    }
    this.#misc(at);
    if (this.#end < length) this.#fail('after-root', this.#end);
  }

  /** The local name of the current start tag. */
  get localName(): string {
    return this.#text.slice(this.localStart, this.nameEnd);
  }

  /** The qualified name of the current start tag. */
  get name(): string {
    return this.#text.slice(this.nameStart, this.nameEnd);
  }

  /** Namespace declarations are not counted among the attributes here. */
  attribute(index: number): { readonly name: string; readonly localName: string; readonly namespace: string; readonly value: string; readonly offset: number } {
    const one = this.#attributes[index];
    if (!one || index >= this.attributeCount) throw new RangeError(`no attribute ${index}`);
    return { name: this.#text.slice(one.start, one.end), localName: this.#text.slice(one.local, one.end), namespace: one.namespace, value: this.#valueOf(one), offset: one.start };
  }

  /** The namespace that a prefix stands for at the current start tag; `''` asks for the default one. Undefined: not declared. */
  namespaceOf(prefix: string): string | undefined {
    return this.#namespaces.find(prefix);
  }

  #fail(kind: XmlFaultKind, offset: number, detail?: string): never {
    throw new XmlFault(kind, offset, detail);
  }

  #openName(): string {
    return this.depth === 0 ? '' : this.#text.slice(this.#nameStarts[this.depth - 1], this.#nameEnds[this.depth - 1]);
  }

  // -- outside the root

  #declaration(): number {
    const text = this.#text;
    if (this.#length === 0) this.#fail('empty', 0);
    if (!text.startsWith('<?xml') || !isBlank(text.charCodeAt(5))) return 0;
    const match = DECLARATION.exec(text.length > MAX_DECLARATION ? text.slice(0, MAX_DECLARATION) : text);
    return match ? match[0].length : this.#fail('declaration', 0);
  }

  #end = 0;

  /** Comments, instructions and white space; leaves in `#end` where they end. */
  #misc(from: number): number {
    let at = from;
    const text = this.#text;
    for (;;) {
      while (at < this.#length && isBlank(text.charCodeAt(at))) at += 1;
      if (text.charCodeAt(at) === LT) {
        const next = text.charCodeAt(at + 1);
        if (next === QUESTION) {
          at = this.#instruction(at);
          continue;
        }
        if (next === BANG) {
          at = this.#comment(at, false);
          continue;
        }
      }
      this.#end = at;
      return at;
    }
  }

  #prolog(from: number): number {
    const at = this.#misc(from);
    if (at >= this.#length) this.#fail('no-root', at);
    if (this.#text.charCodeAt(at) !== LT) this.#fail('before-root', at);
    return at;
  }

  // -- markup that says nothing

  /** `<!--` ... `-->`, in content also `<![CDATA[` ... `]]>`. */
  #comment(at: number, inContent: boolean): number {
    const text = this.#text;
    if (text.startsWith('<!--', at)) {
      const dashes = text.indexOf('--', at + 4);
      if (dashes < 0) this.#fail('comment-open', at);
      if (text.charCodeAt(dashes + 2) !== GT) this.#fail('comment-dashes', dashes);
      this.#allowed(at + 4, dashes);
      return dashes + 3;
    }
    if (text.startsWith('<![CDATA[', at)) {
      if (!inContent) this.#fail(this.#elements === 0 ? 'before-root' : 'after-root', at);
      return this.#cdata(at);
    }
    if (text.startsWith('<!DOCTYPE', at)) this.#fail('doctype', at);
    return this.#fail('markup', at);
  }

  #cdata(at: number): number {
    const end = this.#text.indexOf(']]>', at + 9);
    if (end < 0) this.#fail('cdata-open', at);
    this.#handler.cdata(at + 9, end, this.#allowed(at + 9, end));
    return end + 3;
  }

  #instruction(at: number): number {
    const text = this.#text;
    const end = this.#nameEnd(at + 2);
    if (text.slice(at + 2, end).toLowerCase() === 'xml') this.#fail(end - at === 5 && text.startsWith('xml', at + 2) ? 'declaration-place' : 'instruction-target', at);
    if (this.#colon >= 0) this.#fail('instruction-target', at);
    const close = text.indexOf('?>', end);
    if (close < 0) this.#fail('instruction-open', at);
    if (close > end && !isBlank(text.charCodeAt(end))) this.#fail('instruction-space', end);
    this.#allowed(end, close);
    return close + 2;
  }

  /** Every character in the range is one of XML's. True when there are carriage returns among them. */
  #allowed(start: number, end: number): boolean {
    const text = this.#text;
    let returns = false;
    for (let at = start; at < end; at += 1) {
      const code = text.charCodeAt(at);
      if (code >= 0x20 && code < 0xd800) continue;
      if (code === RETURN) returns = true;
      else if (code !== 0x0a && code !== 0x09) at = this.#beyond(at, code);
    }
    return returns;
  }

  /** A character that is not plainly allowed: the offset of its last unit, or a fault. */
  #beyond(at: number, code: number): number {
    const point = code >= 0xd800 && code <= 0xdbff ? (this.#text.codePointAt(at) ?? code) : code;
    if (!isXmlCharacter(point)) this.#fail('character', at, `U+${point.toString(16).toUpperCase().padStart(4, '0')}`);
    return point > 0xffff ? at + 1 : at;
  }

  // -- character data

  #characters(from: number): number {
    const text = this.#text;
    const length = this.#length;
    let at = from;
    let returns = false;
    let code = text.charCodeAt(at);
    while (isBlank(code)) {
      if (code === RETURN) returns = true;
      at += 1;
      if (at >= length) return at;
      code = text.charCodeAt(at);
    }
    const blank = code === LT;
    while (code !== LT) {
      if (code < 128 ? PLAIN_TEXT[code] === 1 : code < 0xd800) {
        at += 1;
      } else if (code === AMPERSAND) {
        if (at > from) this.#handler.characters(from, at, false, returns);
        const end = this.#referenceEnd(at);
        this.#handler.reference(this.#referred(at, end), at);
        return end;
      } else if (code === BRACKET) {
        if (text.charCodeAt(at + 1) === BRACKET && text.charCodeAt(at + 2) === GT) this.#fail('cdata-close', at);
        at += 1;
      } else if (code === RETURN) {
        returns = true;
        at += 1;
      } else {
        at = this.#beyond(at, code) + 1;
      }
      if (at >= length) break;
      code = text.charCodeAt(at);
    }
    this.#handler.characters(from, at, blank, returns);
    return at;
  }

  /** Where the reference that begins at `at` ends: behind its semicolon. */
  #referenceEnd(at: number): number {
    const text = this.#text;
    let end = at + 1;
    if (text.charCodeAt(end) === 0x23) end += 1;
    while (end < this.#length && end - at < 64 && (NAME_CLASS[text.charCodeAt(end)] ?? 0) > 0) end += 1;
    if (text.charCodeAt(end) !== 0x3b) this.#fail('ampersand', at);
    return end + 1;
  }

  #referred(at: number, end: number): string {
    const name = this.#text.slice(at + 1, end - 1);
    if (name.charCodeAt(0) !== 0x23) return ENTITIES[name] ?? this.#fail('entity', at, name);
    const point = /^#x[0-9A-Fa-f]+$/.test(name) ? parseInt(name.slice(2), 16) : /^#[0-9]+$/.test(name) ? parseInt(name.slice(1), 10) : NaN;
    if (!isXmlCharacter(point)) this.#fail('character-reference', at, `&${name};`);
    return String.fromCodePoint(point);
  }

  // -- tags

  #colon = -1;

  /** The end of the name that begins at `start`; leaves in `#colon` where its last colon stands, in `nameHash` the hash of what follows it. */
  #nameEnd(start: number): number {
    const text = this.#text;
    const length = this.#length;
    let at = start;
    let hash = 0;
    this.#colon = -1;
    // A local part begins at the name's begin and behind a colon.
    let fresh = true;
    while (at < length) {
      const code = text.charCodeAt(at);
      if (code < 128) {
        const kind = NAME_CLASS[code];
        if (kind === NAME_START || (kind === NAME_REST && !fresh)) {
          hash = (Math.imul(hash, 31) + code) | 0;
          fresh = false;
        } else if (kind === COLON && !fresh && this.#colon < 0) {
          this.#colon = at;
          hash = 0;
          fresh = true;
        } else break;
        at += 1;
      } else {
        const point = text.codePointAt(at) ?? code;
        if (!(fresh ? isNameStart(point) : isNameRest(point))) break;
        hash = (Math.imul(hash, 31) + code) | 0;
        fresh = false;
        at += point > 0xffff ? 2 : 1;
      }
    }
    if (fresh || NAME_CLASS[text.charCodeAt(at)] === COLON) this.#fail('name', at);
    if (at - start > MAX_NAME) this.#fail('name-length', start);
    this.nameHash = hash;
    return at;
  }

  #startTag(at: number): number {
    const text = this.#text;
    this.#elements += 1;
    if (this.#elements > MAX_ELEMENTS) this.#fail('elements', at);
    if (this.depth >= MAX_DEPTH) this.#fail('depth', at);
    const nameEnd = this.#nameEnd(at + 1);
    const colon = this.#colon;
    const hash = this.nameHash;
    this.tagStart = at;
    this.nameStart = at + 1;
    this.nameEnd = nameEnd;
    this.localStart = colon < 0 ? at + 1 : colon + 1;
    this.attributeCount = 0;
    this.#namespaces.open();
    let end = nameEnd;
    let code = text.charCodeAt(end);
    if (code !== GT) {
      end = this.#attributesFrom(end);
      code = text.charCodeAt(end);
      this.nameHash = hash;
    }
    if (colon >= 0 || this.#namespaces.hasDefault) this.namespace = this.#namespaces.find(colon < 0 ? '' : text.slice(at + 1, colon)) ?? this.#fail('prefix', at, text.slice(at + 1, colon));
    else this.namespace = NO_NAMESPACE;
    if (this.attributeCount > 0) this.#resolveAttributes();

    this.#nameStarts[this.depth] = at + 1;
    this.#nameEnds[this.depth] = nameEnd;
    this.depth += 1;
    const empty = code === SLASH;
    this.tagEnd = empty ? end + 2 : end + 1;
    this.#handler.startElement(this);
    if (empty) this.#close();
    return this.tagEnd;
  }

  #endTag(at: number): number {
    const text = this.#text;
    const start = this.#nameStarts[this.depth - 1] ?? 0;
    const size = (this.#nameEnds[this.depth - 1] ?? 0) - start;
    for (let i = 0; i < size; i += 1) if (text.charCodeAt(at + 2 + i) !== text.charCodeAt(start + i)) this.#wrongEnd(at);
    let end = at + 2 + size;
    if (text.charCodeAt(end) !== GT) {
      while (end < this.#length && isBlank(text.charCodeAt(end))) end += 1;
      if (text.charCodeAt(end) !== GT || (end === at + 2 + size && size > 0)) this.#wrongEnd(at);
    }
    this.tagStart = at;
    this.tagEnd = end + 1;
    this.#close();
    return end + 1;
  }

  #close(): void {
    this.#handler.endElement(this);
    this.depth -= 1;
    this.#namespaces.close();
  }

  #wrongEnd(at: number): never {
    const end = this.#nameEnd(at + 2);
    const name = this.#text.slice(at + 2, end);
    const open = this.#openName();
    return name === open ? this.#fail('tag', end, open) : this.#fail('end-tag', at, `${name} ${open}`);
  }

  // -- attributes

  /** Reads attributes and namespace declarations; the offset of the `>` or `/` that ends the tag. */
  #attributesFrom(from: number): number {
    const text = this.#text;
    const length = this.#length;
    let at = from;
    let read = 0;
    for (;;) {
      const before = at;
      while (at < length && isBlank(text.charCodeAt(at))) at += 1;
      if (at >= length) this.#fail('tag-open', this.tagStart);
      const code = text.charCodeAt(at);
      if (code === GT) return at;
      if (code === SLASH) return text.charCodeAt(at + 1) === GT ? at : this.#fail('tag', at);
      if (code === LT) this.#fail('tag-open', this.tagStart);
      if (at === before) this.#fail(read === 0 ? 'name' : 'attribute-space', at);
      read += 1;
      if (read > MAX_ATTRIBUTES) this.#fail('attributes', at);
      at = this.#attribute(at);
    }
  }

  #attribute(start: number): number {
    const text = this.#text;
    const end = this.#nameEnd(start);
    const colon = this.#colon;
    const one = this.#attributes[this.attributeCount] ?? new Attribute();
    this.#attributes[this.attributeCount] = one;
    let at = end;
    while (at < this.#length && isBlank(text.charCodeAt(at))) at += 1;
    if (text.charCodeAt(at) !== EQUALS) this.#fail('attribute-value', start, text.slice(start, end));
    at += 1;
    while (at < this.#length && isBlank(text.charCodeAt(at))) at += 1;
    const quote = text.charCodeAt(at);
    if (quote !== 0x22 && quote !== 0x27) this.#fail('attribute-value', start, text.slice(start, end));
    one.start = start;
    one.end = end;
    one.colon = colon;
    one.local = colon < 0 ? start : colon + 1;
    one.valueStart = at + 1;
    one.plain = true;
    at = this.#attributeValueEnd(at + 1, quote, one);
    one.valueEnd = at;
    if (text.startsWith('xmlns', start) && (colon < 0 ? end - start === 5 : colon - start === 5)) this.#declare(one);
    else this.attributeCount += 1;
    return at + 1;
  }

  #attributeValueEnd(from: number, quote: number, one: Attribute): number {
    const text = this.#text;
    const length = this.#length;
    let at = from;
    while (at < length) {
      const code = text.charCodeAt(at);
      if (code === quote) return at;
      if (code < 128 ? PLAIN_ATTRIBUTE[code] === 1 : code < 0xd800) {
        at += 1;
      } else if (code === LT) {
        this.#fail('attribute-lt', at);
      } else if (code === AMPERSAND) {
        one.plain = false;
        const end = this.#referenceEnd(at);
        this.#referred(at, end);
        at = end;
      } else if (isBlank(code)) {
        one.plain = false;
        at += 1;
      } else if (code === 0x22 || code === 0x27) {
        at += 1;
      } else {
        at = this.#beyond(at, code) + 1;
      }
    }
    return this.#fail('tag-open', this.tagStart);
  }

  /** Normalised as XML 1.0, 3.3.3 has it for an attribute without declaration. */
  #valueOf(one: Attribute): string {
    const raw = this.#text.slice(one.valueStart, one.valueEnd);
    if (one.plain) return raw;
    return normalizeLineEnds(raw)
      .replace(/[\t\n]/g, ' ')
      .replace(/&[^;]*;/g, (reference) => (reference.startsWith('&#') ? String.fromCodePoint(parseInt(reference.startsWith('&#x') ? reference.slice(3) : reference.slice(2), reference.startsWith('&#x') ? 16 : 10)) : (ENTITIES[reference.slice(1, -1)] ?? '')));
  }

  #declare(one: Attribute): void {
    const prefix = one.colon < 0 ? '' : this.#text.slice(one.local, one.end);
    const trouble = this.#namespaces.declare(prefix, this.#valueOf(one));
    if (trouble) this.#fail(trouble, one.start, this.#text.slice(one.start, one.end));
  }

  /** Prefixes to namespaces; no attribute twice, by name or by expanded name. */
  #resolveAttributes(): void {
    const text = this.#text;
    for (let i = 0; i < this.attributeCount; i += 1) {
      const one = this.#attributes[i];
      if (!one) continue;
      // The default namespace is not for attributes.
      one.namespace = one.colon < 0 ? NO_NAMESPACE : (this.#namespaces.find(text.slice(one.start, one.colon)) ?? this.#fail('prefix', one.start, text.slice(one.start, one.colon)));
      const local = text.slice(one.local, one.end);
      for (let j = 0; j < i; j += 1) {
        const other = this.#attributes[j];
        if (other && other.namespace === one.namespace && other.end - other.local === local.length && text.startsWith(local, other.local)) this.#fail('attribute-twice', one.start, text.slice(one.start, one.end));
      }
    }
  }
}

/** One attribute of the current start tag: offsets. Made once and used again. */
class Attribute {
  start = 0;
  end = 0;
  colon = -1;
  local = 0;
  valueStart = 0;
  valueEnd = 0;
  /** The value stands as it is: no reference, no white space to normalise. */
  plain = true;
  namespace = NO_NAMESPACE;
}

/** The hash that `XmlScanner.nameHash` has for this local name. */
export function hashOfName(name: string): number {
  let hash = 0;
  for (let i = 0; i < name.length; i += 1) hash = (Math.imul(hash, 31) + name.charCodeAt(i)) | 0;
  return hash;
}
