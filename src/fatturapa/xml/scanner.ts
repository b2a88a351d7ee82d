import { MAX_DEPTH, MAX_ELEMENTS } from '../limits.js';
import { Attributes, type XmlAttribute } from './attributes.js';
import { isBlank, PLAIN_TEXT } from './characters.js';
import { fail, Lexer } from './lexer.js';
import { Namespaces, NO_NAMESPACE } from './namespaces.js';

/**
 * What the scanner tells, in the order of the document. It allocates nothing for an event: positions are offsets into the text, and what stands there is cut out
 * only by who wants it. The fields of the scanner that describe a start tag hold until the handler returns.
 */
export interface XmlHandler {
  /**
   * A start tag begins at `at`. A handler that knows what it expects here, and finds it there in its plainest form (`<Name>`, no prefix, no attribute), says the name: then
   * nobody need spell it again. Anything else is undefined, and read in the ordinary way.
   */
  expected(at: number): string | undefined;
  /** A start tag, complete and correct: see `name` and its neighbours. */
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
const BRACKET = 0x5d;
const RETURN = 0x0d;
const DECLARATION =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.[0-9]+"|'1\.[0-9]+')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"[A-Za-z][A-Za-z0-9._-]*"|'[A-Za-z][A-Za-z0-9._-]*'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>/;
const MAX_DECLARATION = 1000;

/**
 * One pass over the text of an XML 1.0 document (fifth edition) with namespaces, without document type declaration: it tells the handler what stands there, or throws an
 * `XmlFault` at the first place that is not well-formed. Strict: every rule of well-formedness and every constraint of Namespaces 1.0. Bounded by the limits of `limits.ts`.
 *
 * @example
 * new XmlScanner(text, handler).scan();
 */
export class XmlScanner {
  /** Where the tag that is being told begins. */
  tagStart = 0;
  /** Of the current start tag: its qualified name, and what of it follows the prefix. */
  name = '';
  localName = '';
  /** `''` for none. */
  namespace = NO_NAMESPACE;
  /** Namespace declarations are not counted. */
  attributeCount = 0;

  readonly #text: string;
  readonly #lexer: Lexer;
  readonly #namespaces = new Namespaces();
  readonly #attributes: Attributes;
  /** Qualified names of the open elements. */
  readonly #open: string[] = [];
  #depth = 0;
  #elements = 0;

  constructor(
    text: string,
    private readonly handler: XmlHandler,
  ) {
    this.#text = text;
    this.#lexer = new Lexer(text);
    this.#attributes = new Attributes(this.#lexer, this.#namespaces);
  }

  /** @throws XmlFault at the first fault; what the handler throws passes through */
  scan(): void {
    const text = this.#text;
    const { length } = text;
    if (length === 0) fail('empty', 0);
    let at = this.#misc(this.#declaration());
    if (at >= length) fail('no-root', at);
    if (text.charCodeAt(at) !== LT || text.startsWith('<!', at)) fail('before-root', at);
    at = this.#startTag(at);
    while (this.#depth > 0) {
      if (at >= length) fail('unclosed', at, this.#open[this.#depth - 1]);
      if (text.charCodeAt(at) !== LT) {
        at = this.#characters(at);
        continue;
      }
      const next = at + 1 < length ? text.charCodeAt(at + 1) : 0;
      if (next === SLASH) at = this.#endTag(at);
      else if (next === BANG) at = this.#comment(at);
      else if (next === QUESTION) at = this.#instruction(at);
      else at = this.#startTag(at);
    }
    at = this.#misc(at);
    if (at < length) fail('after-root', at);
  }

  attribute(index: number): XmlAttribute {
    return this.#attributes.get(index);
  }

  /** The namespace that a prefix stands for at the current start tag; `''` asks for the default one. Undefined: not declared. */
  namespaceOf(prefix: string): string | undefined {
    return this.#namespaces.find(prefix);
  }

  // -- tags

  #startTag(at: number): number {
    this.#elements += 1;
    if (this.#elements > MAX_ELEMENTS) fail('elements', at);
    if (this.#depth >= MAX_DEPTH) fail('depth', at);
    this.tagStart = at;
    this.attributeCount = 0;
    const expected = this.#namespaces.hasDefault ? undefined : this.handler.expected(at);
    if (expected === undefined) return this.#spelled(at);
    this.name = expected;
    this.localName = expected;
    this.namespace = NO_NAMESPACE;
    this.#open[this.#depth] = expected;
    this.#depth += 1;
    this.handler.startElement(this);
    return at + expected.length + 2;
  }

  #spelled(at: number): number {
    const text = this.#text;
    const nameEnd = this.#lexer.nameEnd(at + 1);
    const { colon } = this.#lexer;
    const name = text.slice(at + 1, nameEnd);
    const depth = this.#depth + 1;
    let end = nameEnd;
    if (end >= text.length || text.charCodeAt(end) !== GT) {
      end = this.#attributes.read(nameEnd, at, depth);
      this.attributeCount = this.#attributes.count;
      this.#attributes.resolve();
    }
    const prefix = colon < 0 ? '' : text.slice(at + 1, colon);
    this.name = name;
    this.localName = colon < 0 ? name : text.slice(colon + 1, nameEnd);
    this.namespace = this.#namespaces.find(prefix) ?? fail('prefix', at, prefix);
    this.#open[this.#depth] = name;
    this.#depth = depth;
    this.handler.startElement(this);
    if (text.charCodeAt(end) === GT) return end + 1;
    this.#close();
    return end + 2;
  }

  #endTag(at: number): number {
    const text = this.#text;
    const name = this.#open[this.#depth - 1] ?? '';
    if (!text.startsWith(name, at + 2)) this.#wrongEnd(at, name);
    let end = at + 2 + name.length;
    if (end >= text.length || text.charCodeAt(end) !== GT) {
      end = this.#lexer.skipBlanks(end);
      if (end >= text.length || text.charCodeAt(end) !== GT) this.#wrongEnd(at, name);
    }
    this.tagStart = at;
    this.#close();
    return end + 1;
  }

  #close(): void {
    this.handler.endElement(this);
    if (this.#namespaces.deepest >= this.#depth) this.#namespaces.close(this.#depth);
    this.#depth -= 1;
  }

  #wrongEnd(at: number, open: string): never {
    const end = this.#lexer.nameEnd(at + 2);
    const name = this.#text.slice(at + 2, end);
    return name === open ? fail('tag', end, open) : fail('end-tag', at, `${name} ${open}`);
  }

  // -- character data

  #characters(from: number): number {
    const text = this.#text;
    const { length } = text;
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
        if (at > from) this.handler.characters(from, at, /* blank: */ isBlankRun(text, from, at), returns);
        const end = this.#lexer.referenceEnd(at);
        this.handler.reference(this.#lexer.referred(at, end), at);
        return end;
      } else if (code === BRACKET) {
        if (text.startsWith(']]>', at)) fail('cdata-close', at);
        at += 1;
      } else if (code === RETURN) {
        returns = true;
        at += 1;
      } else {
        at = this.#lexer.rareEnd(at, code);
      }
      if (at >= length) break;
      code = text.charCodeAt(at);
    }
    this.handler.characters(from, at, blank, returns);
    return at;
  }

  // -- markup that says nothing, or nearly

  /** Behind the XML declaration, where there is one. */
  #declaration(): number {
    const text = this.#text;
    if (!text.startsWith('<?xml') || !isBlank(text.charCodeAt(5))) return 0;
    const match = DECLARATION.exec(text.slice(0, MAX_DECLARATION));
    return match ? match[0].length : fail('declaration', 0);
  }

  /** Behind comments, instructions and white space. */
  #misc(from: number): number {
    const text = this.#text;
    let at = this.#lexer.skipBlanks(from);
    for (;;) {
      if (text.startsWith('<?', at)) at = this.#instruction(at);
      else if (text.startsWith('<!', at) && !text.startsWith('<![CDATA[', at)) at = this.#comment(at);
      else return at;
      at = this.#lexer.skipBlanks(at);
    }
  }

  /** `<!--` ... `-->` or `<![CDATA[` ... `]]>`. */
  #comment(at: number): number {
    const text = this.#text;
    if (text.startsWith('<!--', at)) {
      const dashes = text.indexOf('--', at + 4);
      if (dashes < 0) fail('comment-open', at);
      if (!text.startsWith('>', dashes + 2)) fail('comment-dashes', dashes);
      this.#lexer.allowed(at + 4, dashes);
      return dashes + 3;
    }
    if (!text.startsWith('<![CDATA[', at)) fail(text.startsWith('<!DOCTYPE', at) ? 'doctype' : 'markup', at);
    const end = text.indexOf(']]>', at + 9);
    if (end < 0) fail('cdata-open', at);
    this.handler.cdata(at + 9, end, this.#lexer.allowed(at + 9, end));
    return end + 3;
  }

  #instruction(at: number): number {
    const text = this.#text;
    const end = this.#lexer.nameEnd(at + 2);
    const target = text.slice(at + 2, end);
    if (target === 'xml') fail('declaration-place', at);
    if (this.#lexer.colon >= 0 || target.toLowerCase() === 'xml') fail('instruction-target', at);
    const close = text.indexOf('?>', end);
    if (close < 0) fail('instruction-open', at);
    if (close > end && !isBlank(text.charCodeAt(end))) fail('instruction-space', end);
    this.#lexer.allowed(end, close);
    return close + 2;
  }
}

/** A reference ends a run: whether what came before it was white space only is seldom asked, and found out then. */
function isBlankRun(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (!isBlank(text.charCodeAt(at))) return false;
  return true;
}
