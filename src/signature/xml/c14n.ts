import type { XmlAttribute, XmlDocument, XmlElement, XmlInstruction, XmlNode } from './tree.js';

/**
 * Canonical XML: inclusive 1.0 (W3C REC-xml-c14n-20010315) and exclusive 1.0 (W3C REC-xml-exc-c14n-20020718) of a document or of a subtree.
 * Comments are written where the tree has them.
 */

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

const escapeText = (value: string): string => !/[&<>\r]/.test(value) ? value : value.replace(/[&<>\r]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : c === '>' ? '&gt;' : '&#xD;'));
const ATTRIBUTE_ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '"': '&quot;', '\t': '&#x9;', '\n': '&#xA;', '\r': '&#xD;' };
const escapeAttribute = (value: string): string => value.replace(/[&<"\t\n\r]/g, (c) => ATTRIBUTE_ESCAPES[c] ?? c);
const instruction = ({ target, body }: XmlInstruction): string => `<?${target}${body === '' ? '' : ` ${body.replace(/\r/g, '&#xD;')}`}?>`;

/** Order by code points, as the specification has it; `<` on strings would compare UTF-16 units. */
function byCodePoint(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}

const byNamespaceThenName = (a: XmlAttribute, b: XmlAttribute): number => byCodePoint(a.namespace, b.namespace) || byCodePoint(a.local, b.local);

/** Namespaces that are in force at an element: prefix to namespace, the default under ''. */
function inScope(element: XmlElement | undefined): Map<string, string> {
  const scope = element ? inScope(element.parent) : new Map<string, string>();
  for (const [prefix, namespace] of element?.declarations ?? []) scope.set(prefix, namespace);
  return scope;
}

type Omit = (element: XmlElement) => boolean;
/** Which namespace declarations an element must show, given those in force at it; the apex has no ancestors in the output. */
type Wanted = (element: XmlElement, scope: ReadonlyMap<string, string>, apex: boolean) => Iterable<readonly [string, string]>;

const inclusive: Wanted = (element, scope, apex) => (apex ? scope : element.declarations);
const exclusive =
  (inclusivePrefixes: readonly string[]): Wanted =>
  (element, scope) => {
    const used = new Map<string, string>([[element.prefix, scope.get(element.prefix) ?? '']]);
    for (const { prefix } of element.attributes) if (prefix !== '') used.set(prefix, scope.get(prefix) ?? '');
    for (const prefix of inclusivePrefixes) if (scope.has(prefix)) used.set(prefix, scope.get(prefix) ?? '');
    return used;
  };

const NONE: ReadonlyMap<string, string> = new Map();
const NO_ATTRIBUTES: readonly XmlAttribute[] = [];

class Writer {
  #out = '';

  constructor(
    private readonly wanted: Wanted,
    private readonly omit: Omit,
    private readonly comments = false,
  ) {}

  toString(): string {
    return this.#out;
  }

  write(text: string): this {
    this.#out += text;
    return this;
  }

  /** @param shown the declarations that the ancestors in the output have made; absent for the apex */
  element(element: XmlElement, scope: ReadonlyMap<string, string>, shown?: ReadonlyMap<string, string>, inherited: readonly XmlAttribute[] = NO_ATTRIBUTES): void {
    const above = shown ?? NONE;
    const declared = this.#declared(element, scope, shown);
    const nowShown = declared.length > 0 ? new Map([...above, ...declared]) : above;
    this.#out += `<${element.name}`;
    for (const [prefix, namespace] of declared) this.#out += `${prefix === '' ? ' xmlns' : ` xmlns:${prefix}`}="${escapeAttribute(namespace)}"`;
    if (element.attributes.length + inherited.length > 0) for (const { name, value } of [...element.attributes, ...inherited].sort(byNamespaceThenName)) this.#out += ` ${name}="${escapeAttribute(value)}"`;
    this.#out += '>';
    for (const child of element.children) this.#child(child, scope, nowShown);
    this.#out += `</${element.name}>`;
  }

  #declared(element: XmlElement, scope: ReadonlyMap<string, string>, shown: ReadonlyMap<string, string> | undefined): readonly (readonly [string, string])[] {
    // Most elements of a large document declare nothing.
    if (shown && this.wanted === inclusive && element.declarations.size === 0) return [];
    const above = shown ?? NONE;
    return [...this.wanted(element, scope, shown === undefined)].filter(([prefix, namespace]) => prefix !== 'xml' && (above.get(prefix) ?? '') !== namespace).sort(([a], [b]) => byCodePoint(a, b));
  }

  #child(node: XmlNode, scope: ReadonlyMap<string, string>, shown: ReadonlyMap<string, string>): void {
    if (node.kind === 'text') this.#out += escapeText(node.value);
    else if (node.kind === 'instruction') this.#out += instruction(node);
    else if (node.kind === 'comment') {
      if (this.comments) this.#out += `<!--${node.value.replace(/\r/g, '&#xD;')}-->`;
    }
    else if (!this.omit(node)) this.element(node, node.declarations.size > 0 ? new Map([...scope, ...node.declarations]) : scope, shown);
  }
}

const nothing: Omit = () => false;

/** Which of the canonical forms. */
export interface CanonicalForm {
  readonly exclusive: boolean;
  /** PrefixList of InclusiveNamespaces; `''` for `#default`. Exclusive only. */
  readonly inclusivePrefixes?: readonly string[];
  readonly comments?: boolean;
}

const INCLUSIVE: CanonicalForm = { exclusive: false };
const EXCLUSIVE: CanonicalForm = { exclusive: true };

const writerOf = (form: CanonicalForm, omit: Omit): Writer => new Writer(form.exclusive ? exclusive(form.inclusivePrefixes ?? []) : inclusive, omit, form.comments);

/** C14N of a whole document, less the subtrees that `omit` names (the text around them stays). Comments outside the root are never written. */
export function canonicalDocument(document: XmlDocument, omit: Omit = nothing, form: CanonicalForm = INCLUSIVE): string {
  const writer = writerOf(form, omit);
  for (const node of document.before) writer.write(`${instruction(node)}\n`);
  writer.element(document.root, inScope(document.root));
  for (const node of document.after) writer.write(`\n${instruction(node)}`);
  return writer.toString();
}

/**
 * C14N of a subtree. Inclusive by default: what a same-document reference without transforms digests (XML Signature 4.4.3.2), where namespaces and `xml:` attributes
 * of the ancestors come along.
 */
export function canonicalSubtree(element: XmlElement, form: CanonicalForm = INCLUSIVE, omit: Omit = nothing): string {
  const writer = writerOf(form, omit);
  writer.element(element, inScope(element), undefined, form.exclusive ? [] : inheritedAttributes(element));
  return writer.toString();
}

/** `xml:` attributes of the ancestors (Canonical XML 2.4). */
function inheritedAttributes(element: XmlElement): XmlAttribute[] {
  const own = new Set(element.attributes.filter((attribute) => attribute.namespace === XML_NAMESPACE).map((attribute) => attribute.local));
  const inherited: XmlAttribute[] = [];
  for (let ancestor = element.parent; ancestor; ancestor = ancestor.parent) {
    for (const attribute of ancestor.attributes) {
      if (attribute.namespace !== XML_NAMESPACE || own.has(attribute.local)) continue;
      own.add(attribute.local);
      inherited.push(attribute);
    }
  }
  return inherited;
}

/** Exclusive C14N of a subtree. */
export const exclusiveSubtree = (element: XmlElement): string => canonicalSubtree(element, EXCLUSIVE);
