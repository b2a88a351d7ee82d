import { SaxesParser, type SaxesTagNS } from 'saxes';

/**
 * An XML document as signatures need it: every node that inclusive and exclusive C14N can see, with namespaces resolved, and nothing else
 * (comments only where asked for, CDATA merged into text). Verification and reading go over this same tree, so that what was signed is what is read.
 */
export interface XmlDocument {
  /** Processing instructions before and after the root. */
  readonly before: readonly XmlInstruction[];
  readonly root: XmlElement;
  readonly after: readonly XmlInstruction[];
  /** Where in the text the root ends: the place behind its end tag. */
  readonly rootEnd: number;
}

export interface XmlElement {
  readonly kind: 'element';
  /** Qualified name as written. */
  readonly name: string;
  readonly prefix: string;
  readonly local: string;
  readonly namespace: string;
  /** Without namespace declarations. */
  readonly attributes: readonly XmlAttribute[];
  /** Declarations on this element: prefix (empty for the default) to namespace. */
  readonly declarations: ReadonlyMap<string, string>;
  readonly parent: XmlElement | undefined;
  readonly children: readonly XmlNode[];
}

export interface XmlAttribute {
  readonly name: string;
  readonly prefix: string;
  readonly local: string;
  readonly namespace: string;
  readonly value: string;
}

export interface XmlText {
  readonly kind: 'text';
  readonly value: string;
}

export interface XmlInstruction {
  readonly kind: 'instruction';
  readonly target: string;
  readonly body: string;
}

export interface XmlComment {
  readonly kind: 'comment';
  readonly value: string;
}

export type XmlNode = XmlElement | XmlText | XmlInstruction | XmlComment;
export type XmlParsing = { readonly ok: true; readonly document: XmlDocument } | { readonly ok: false; readonly reason: string };

export interface XmlLimits {
  readonly depth: number;
  readonly nodes: number;
  /** Of one element. */
  readonly attributes: number;
  /** Namespace declarations of the document. */
  readonly declarations: number;
}

/** An SdI message nests six levels with its signature, and holds at most 200 errors of four elements. */
const MESSAGE: XmlLimits = { depth: 40, nodes: 50_000, attributes: 64, declarations: 256 };
/** 5 MB of the shortest lines that an invoice can have are 400,000 nodes. */
export const INVOICE_LIMITS: XmlLimits = { depth: 40, nodes: 1_000_000, attributes: 64, declarations: 256 };

const NO_ATTRIBUTES: readonly XmlAttribute[] = [];
const NO_DECLARATIONS: ReadonlyMap<string, string> = new Map();

type Building<T> = { -readonly [K in keyof T]: T[K] };
interface Growing extends Building<XmlElement> {
  children: XmlNode[];
}

function elementOf(tag: SaxesTagNS, parent: Growing | undefined): Growing {
  const attributes: XmlAttribute[] = [];
  const declarations: [string, string][] = [];
  for (const { name, prefix, local, uri, value } of Object.values(tag.attributes)) {
    if (prefix === 'xmlns') declarations.push([local, value]);
    else if (name === 'xmlns') declarations.push(['', value]);
    else attributes.push({ name, prefix, local, namespace: uri, value });
  }
  return { kind: 'element', name: tag.name, prefix: tag.prefix, local: tag.local, namespace: tag.uri, attributes: attributes.length > 0 ? attributes : NO_ATTRIBUTES, declarations: declarations.length > 0 ? new Map(declarations) : NO_DECLARATIONS, parent, children: [] };
}

/** Thrown inside the parser's handlers, caught below. */
class Refused extends Error {}

/**
 * Parses text; never throws. A DOCTYPE is refused: nothing of the field has one, and entities come with it.
 * @param comments whether comments below the root are kept
 */
export function parseXml(text: string, limits: XmlLimits = MESSAGE, comments = false): XmlParsing {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const before: XmlInstruction[] = [];
  const after: XmlInstruction[] = [];
  let root: Growing | undefined;
  let open: Growing | undefined;
  let depth = 0;
  let nodes = 0;
  let declarations = 0;
  let rootEnd = 0;
  const grow = (): void => {
    nodes += 1;
    if (nodes > limits.nodes) throw new Refused('too many nodes');
  };
  const addText = (value: string): void => {
    if (!open || value === '') return;
    const last = open.children.at(-1);
    if (last?.kind === 'text') open.children[open.children.length - 1] = { kind: 'text', value: last.value + value };
    else {
      grow();
      open.children.push({ kind: 'text', value });
    }
  };
  // With a seventh handler the parser becomes six times slower (its object leaves V8's fast shape), so only those are set that the text has something for.
  if (text.includes('<!DOCTYPE')) {
    parser.on('doctype', () => {
      throw new Refused('has a DOCTYPE');
    });
  }
  parser.on('opentag', (tag) => {
    grow();
    depth += 1;
    if (depth > limits.depth) throw new Refused('nested too deep');
    const element = elementOf(tag, open);
    declarations += element.declarations.size;
    if (element.attributes.length + element.declarations.size > limits.attributes) throw new Refused('too many attributes');
    if (declarations > limits.declarations) throw new Refused('too many namespace declarations');
    if (open) open.children.push(element);
    else root = element;
    open = element;
  });
  parser.on('closetag', () => {
    depth -= 1;
    open = open?.parent as Growing | undefined;
    if (!open) rootEnd = parser.position;
  });
  parser.on('text', addText);
  if (text.includes('<![CDATA[')) parser.on('cdata', addText);
  if (comments && text.includes('<!--')) {
    parser.on('comment', (value) => {
      if (!open) return;
      grow();
      open.children.push({ kind: 'comment', value });
    });
  }
  parser.on('processinginstruction', ({ target, body }) => {
    grow();
    const instruction: XmlInstruction = { kind: 'instruction', target, body };
    if (open) open.children.push(instruction);
    else (root ? after : before).push(instruction);
  });
  try {
    parser.write(text).close();
  } catch (failure) {
    if (failure instanceof Refused) return { ok: false, reason: failure.message };
    if (!(failure instanceof Error) || failure.constructor !== Error) throw failure;
    return { ok: false, reason: `not well-formed: ${failure.message}` };
  }
  return root ? { ok: true, document: { before, root, after, rootEnd } } : { ok: false, reason: 'no root element' };
}

export function childElements(element: XmlElement): XmlElement[] {
  return element.children.filter((child): child is XmlElement => child.kind === 'element');
}

/** All text below, in order. */
export function textOf(element: XmlElement): string {
  return element.children.map((child) => (child.kind === 'text' ? child.value : child.kind === 'element' ? textOf(child) : '')).join('');
}

export function attributeOf(element: XmlElement, name: string): string | undefined {
  return element.attributes.find((attribute) => attribute.name === name)?.value;
}

/** Every element of the tree, in document order. */
export function* elementsOf(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of element.children) if (child.kind === 'element') yield* elementsOf(child);
}
