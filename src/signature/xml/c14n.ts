import type { XmlAttribute, XmlDocument, XmlElement, XmlInstruction, XmlNode } from './tree.js';

/**
 * Canonical XML without comments, the two forms that SdI's signatures use (sdi.md 4.6): inclusive 1.0 (W3C REC-xml-c14n-20010315)
 * of a document or of a subtree, and exclusive 1.0 (W3C REC-xml-exc-c14n-20020718) of a subtree, without InclusiveNamespaces.
 */

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

const escapeText = (value: string): string => value.replace(/[&<>\r]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : c === '>' ? '&gt;' : '&#xD;'));
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
const exclusive: Wanted = (element, scope) => {
  const used = new Map<string, string>([[element.prefix, scope.get(element.prefix) ?? '']]);
  for (const { prefix } of element.attributes) if (prefix !== '') used.set(prefix, scope.get(prefix) ?? '');
  return used;
};

const NONE: ReadonlyMap<string, string> = new Map();

class Writer {
  readonly #out: string[] = [];

  constructor(
    private readonly wanted: Wanted,
    private readonly omit: Omit,
  ) {}

  toString(): string {
    return this.#out.join('');
  }

  write(text: string): this {
    this.#out.push(text);
    return this;
  }

  /** @param shown the declarations that the ancestors in the output have made; absent for the apex */
  element(element: XmlElement, scope: ReadonlyMap<string, string>, shown?: ReadonlyMap<string, string>, inherited: readonly XmlAttribute[] = []): void {
    const above = shown ?? NONE;
    const declared = [...this.wanted(element, scope, shown === undefined)]
      .filter(([prefix, namespace]) => prefix !== 'xml' && (above.get(prefix) ?? '') !== namespace)
      .sort(([a], [b]) => byCodePoint(a, b));
    const nowShown = declared.length > 0 ? new Map([...above, ...declared]) : above;
    this.#out.push('<', element.name);
    for (const [prefix, namespace] of declared) this.#out.push(prefix === '' ? ' xmlns="' : ` xmlns:${prefix}="`, escapeAttribute(namespace), '"');
    for (const { name, value } of [...element.attributes, ...inherited].sort(byNamespaceThenName)) this.#out.push(' ', name, '="', escapeAttribute(value), '"');
    this.#out.push('>');
    for (const child of element.children) this.#child(child, scope, nowShown);
    this.#out.push('</', element.name, '>');
  }

  #child(node: XmlNode, scope: ReadonlyMap<string, string>, shown: ReadonlyMap<string, string>): void {
    if (node.kind === 'text') this.#out.push(escapeText(node.value));
    else if (node.kind === 'instruction') this.#out.push(instruction(node));
    else if (!this.omit(node)) this.element(node, node.declarations.size > 0 ? new Map([...scope, ...node.declarations]) : scope, shown);
  }
}

const nothing: Omit = () => false;

/** Inclusive C14N of a whole document, less the subtrees that `omit` names (the text around them stays). */
export function canonicalDocument(document: XmlDocument, omit: Omit = nothing): string {
  const writer = new Writer(inclusive, omit);
  for (const node of document.before) writer.write(`${instruction(node)}\n`);
  writer.element(document.root, inScope(document.root));
  for (const node of document.after) writer.write(`\n${instruction(node)}`);
  return writer.toString();
}

/** Inclusive C14N of a subtree: what a same-document reference without transforms digests (XML Signature 4.4.3.2). Namespaces and `xml:` attributes of the ancestors come along. */
export function canonicalSubtree(element: XmlElement): string {
  const own = new Set(element.attributes.filter((attribute) => attribute.namespace === XML_NAMESPACE).map((attribute) => attribute.local));
  const inherited: XmlAttribute[] = [];
  for (let ancestor = element.parent; ancestor; ancestor = ancestor.parent) {
    for (const attribute of ancestor.attributes) {
      if (attribute.namespace !== XML_NAMESPACE || own.has(attribute.local)) continue;
      own.add(attribute.local);
      inherited.push(attribute);
    }
  }
  const writer = new Writer(inclusive, nothing);
  writer.element(element, inScope(element), undefined, inherited);
  return writer.toString();
}

/** Exclusive C14N of a subtree. */
export function exclusiveSubtree(element: XmlElement): string {
  const writer = new Writer(exclusive, nothing);
  writer.element(element, inScope(element));
  return writer.toString();
}
