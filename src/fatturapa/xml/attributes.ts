import { MAX_ATTRIBUTE_VALUE, MAX_ATTRIBUTES } from '../limits.js';
import { isBlank, PLAIN_ATTRIBUTE } from './characters.js';
import { fail, type Lexer } from './lexer.js';
import { NO_NAMESPACE, type Namespaces } from './namespaces.js';

const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;
const EQUALS = 0x3d;
const AMPERSAND = 0x26;
const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;
const XMLNS = 'xmlns';

/** One attribute of the current start tag. */
export interface XmlAttribute {
  readonly name: string;
  readonly localName: string;
  readonly namespace: string;
  /** Normalised as XML 1.0, 3.3.3 has it for an attribute without declaration. */
  readonly value: string;
  readonly offset: number;
}

/** Where an attribute stands. Made once and used again. */
class Place {
  start = 0;
  end = 0;
  colon = -1;
  valueStart = 0;
  valueEnd = 0;
  /** The value stands as it is: no reference, no white space to normalise. */
  plain = true;
  namespace = NO_NAMESPACE;

  get local(): number {
    return this.colon < 0 ? this.start : this.colon + 1;
  }
}

/** The attributes of one start tag after the other, and the namespaces that they declare. */
export class Attributes {
  /** Namespace declarations are not counted. */
  count = 0;
  readonly #places: Place[] = [];

  constructor(
    private readonly lexer: Lexer,
    private readonly namespaces: Namespaces,
  ) {}

  get(index: number): XmlAttribute {
    const one = this.#places[index];
    if (!one || index >= this.count) throw new RangeError(`no attribute ${index}`);
    const { text } = this.lexer;
    return { name: text.slice(one.start, one.end), localName: text.slice(one.local, one.end), namespace: one.namespace, value: this.#valueOf(one), offset: one.start };
  }

  /**
   * Reads what stands between an element's name and the end of its tag.
   *
   * @param depth of the element, for its namespace declarations
   * @returns the offset of the `>` or `/>`
   */
  read(from: number, tagStart: number, depth: number): number {
    const { text } = this.lexer;
    this.count = 0;
    let at = from;
    for (let read = 0; ; read += 1) {
      const before = at;
      at = this.lexer.skipBlanks(at);
      if (at >= text.length) fail('tag-open', tagStart);
      const code = text.charCodeAt(at);
      if (code === GT) break;
      if (code === SLASH) {
        if (at + 1 >= text.length || text.charCodeAt(at + 1) !== GT) fail('tag', at);
        break;
      }
      if (code === LT) fail('tag-open', tagStart);
      if (at === before) fail(read === 0 ? 'name' : 'attribute-space', at);
      if (read >= MAX_ATTRIBUTES) fail('attributes', at);
      at = this.#one(at, tagStart, depth);
    }
    return at;
  }

  /** Prefixes to namespaces; no attribute twice, by name or by expanded name. After `read`, when every declaration of the tag is known. */
  resolve(): void {
    const { text } = this.lexer;
    for (let i = 0; i < this.count; i += 1) {
      const one = this.#places[i];
      if (!one) continue;
      // The default namespace is not for attributes.
      one.namespace = one.colon < 0 ? NO_NAMESPACE : (this.namespaces.find(text.slice(one.start, one.colon)) ?? fail('prefix', one.start, text.slice(one.start, one.colon)));
      const local = text.slice(one.local, one.end);
      for (let j = 0; j < i; j += 1) {
        const other = this.#places[j];
        if (other && other.namespace === one.namespace && other.end - other.local === local.length && text.startsWith(local, other.local)) fail('attribute-twice', one.start, text.slice(one.start, one.end));
      }
    }
  }

  #one(start: number, tagStart: number, depth: number): number {
    const { text } = this.lexer;
    const one = (this.#places[this.count] ??= new Place());
    one.start = start;
    one.end = this.lexer.nameEnd(start);
    one.colon = this.lexer.colon;
    let at = this.lexer.skipBlanks(one.end);
    if (at < text.length && text.charCodeAt(at) === EQUALS) at = this.lexer.skipBlanks(at + 1);
    else fail('attribute-value', start, text.slice(start, one.end));
    const quote = at < text.length ? text.charCodeAt(at) : 0;
    if (quote !== DOUBLE_QUOTE && quote !== SINGLE_QUOTE) fail('attribute-value', start, text.slice(start, one.end));
    one.valueStart = at + 1;
    one.valueEnd = this.#valueEnd(one, quote, tagStart);
    if (one.valueEnd - one.valueStart > MAX_ATTRIBUTE_VALUE) fail('attribute-length', start, text.slice(start, one.end));
    if (text.startsWith(XMLNS, start) && (one.colon < 0 ? one.end : one.colon) === start + XMLNS.length) this.#declare(one, depth);
    else this.count += 1;
    return one.valueEnd + 1;
  }

  #valueEnd(one: Place, quote: number, tagStart: number): number {
    const { text } = this.lexer;
    one.plain = true;
    let at = one.valueStart;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code === quote) return at;
      if (code < 128 ? PLAIN_ATTRIBUTE[code] === 1 || code === DOUBLE_QUOTE || code === SINGLE_QUOTE : code < 0xd800) {
        at += 1;
      } else if (code === LT) {
        fail('attribute-lt', at);
      } else if (code === AMPERSAND) {
        one.plain = false;
        const end = this.lexer.referenceEnd(at);
        this.lexer.referred(at, end);
        at = end;
      } else if (isBlank(code)) {
        one.plain = false;
        at += 1;
      } else {
        at = this.lexer.rareEnd(at, code);
      }
    }
    return fail('tag-open', tagStart);
  }

  #valueOf(one: Place): string {
    return one.plain ? this.lexer.text.slice(one.valueStart, one.valueEnd) : this.lexer.resolved(one.valueStart, one.valueEnd);
  }

  #declare(one: Place, depth: number): void {
    const { text } = this.lexer;
    const prefix = one.colon < 0 ? '' : text.slice(one.local, one.end);
    const trouble = this.namespaces.declare(prefix, this.#valueOf(one), depth);
    if (trouble) fail(trouble, one.start, text.slice(one.start, one.end));
  }
}
