import { SaxesParser, type SaxesTagNS } from 'saxes';
import { decodeXml } from './decode.js';
import { BODY, type FieldName, kindOf, type Shape, SHAPES } from './fields.js';
import { findings } from './findings.js';
import { headFrom, type Read } from './head.js';
import { MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS, MAX_FINDINGS, MAX_INVOICE_BYTES } from './limits.js';
import type { FatturapaFinding, InvoiceReading } from './types.js';

const XMLDSIG = 'http://www.w3.org/2000/09/xmldsig#';

/** The fields of a shape as a tree of element names, so that each element costs one look-up. */
interface Node {
  readonly children: Map<string, Node>;
  field?: FieldName;
}

function treeOf(shape: Shape): Node {
  const root: Node = { children: new Map() };
  for (const [name, field] of Object.entries(shape.fields)) {
    let node = root;
    for (const step of field.path.split('/')) {
      const next: Node = node.children.get(step) ?? { children: new Map() };
      node.children.set(step, next);
      node = next;
    }
    node.field = name as FieldName;
  }
  return root;
}

const TREES = new Map(SHAPES.map((shape) => [shape, treeOf(shape)]));

/** Ends the pass: what follows cannot be read, or will not be. */
class Stop extends Error {
  constructor(readonly finding: FatturapaFinding) {
    super(finding.code);
  }
}

interface Open {
  readonly name: string;
  /** Undefined where nothing below is read. */
  readonly node: Node | undefined;
  /** XPath with an index where an element of this name stood before it, and always on a body. */
  readonly path: string;
  readonly seen: Map<string, number>;
}

class InvoicePass {
  readonly #parser = new SaxesParser({ xmlns: true });
  readonly #stack: Open[] = [];
  readonly #findings: FatturapaFinding[] = [];
  readonly #reads: Read[] = [];
  readonly #bodies: { path: string; line: number; column: number }[] = [];
  #shape: Shape | undefined;
  #versione: string | undefined;
  #rootPlace: { line: number; column: number } = { line: 1, column: 1 };
  #elements = 0;
  #attributes = 0;
  /** Depth at which something begins that is no part of the invoice (a signature). */
  #skipFrom = Infinity;
  #leaf: { field: FieldName; path: string; line: number; column: number; text: string; broken: boolean } | undefined;

  constructor() {
    this.#parser.on('error', (failure) => {
      const detail = failure.message.replace(/^[^:]*:?\d+:\d+: /, '').replace(/\.$/, '');
      throw new Stop(findings.notWellFormed(this.#place(), detail));
    });
    this.#parser.on('doctype', () => {
      throw new Stop(findings.doctype(this.#place()));
    });
    this.#parser.on('attribute', () => {
      this.#attributes += 1;
      if (this.#attributes > MAX_ATTRIBUTES) throw new Stop(findings.tooManyAttributes(this.#place()));
    });
    this.#parser.on('opentag', (tag) => this.#open(tag));
    this.#parser.on('text', (text) => this.#text(text));
    this.#parser.on('cdata', (text) => this.#text(text));
    this.#parser.on('closetag', () => this.#close());
  }

  read(text: string): InvoiceReading {
    try {
      this.#parser.write(text).close();
    } catch (failure) {
      if (failure instanceof Stop) return { ok: false, findings: [...this.#findings, failure.finding].slice(-MAX_FINDINGS) };
      throw failure;
    }
    if (!this.#shape) return { ok: false, findings: [findings.notWellFormed({ line: 1, column: 1 }, 'document must contain a root element')] };
    const head = headFrom({ shape: this.#shape, versione: this.#versione, rootPlace: this.#rootPlace, reads: this.#reads, bodies: this.#bodies });
    const all = [...this.#findings, ...(head.ok ? [] : head.findings)];
    return head.ok && all.length === 0 ? head : { ok: false, findings: all.slice(0, MAX_FINDINGS) };
  }

  #place(): { line: number; column: number } {
    return { line: this.#parser.line, column: this.#parser.column + 1 };
  }

  #report(finding: FatturapaFinding): void {
    if (this.#findings.length < MAX_FINDINGS) this.#findings.push(finding);
  }

  #open(tag: SaxesTagNS): void {
    const place = this.#place();
    this.#elements += 1;
    this.#attributes = 0;
    if (this.#elements > MAX_ELEMENTS) throw new Stop(findings.tooManyElements(place));
    if (this.#stack.length >= MAX_DEPTH) throw new Stop(findings.tooDeep(place));
    const parent = this.#stack.at(-1);
    if (!parent) return this.#openRoot(tag, place);

    if (this.#stack.length >= this.#skipFrom) {
      this.#stack.push({ name: tag.local, node: undefined, path: '', seen: new Map() });
      return;
    }
    const count = (parent.seen.get(tag.local) ?? 0) + 1;
    parent.seen.set(tag.local, count);
    const path = `${parent.path}/${tag.local}${count > 1 || tag.local === BODY ? `[${count}]` : ''}`;
    if (tag.uri !== '') {
      if (tag.uri !== XMLDSIG || this.#stack.length !== 1) this.#report(findings.qualifiedChild({ path, ...place }, tag.uri));
      this.#skipFrom = this.#stack.length + 1;
      this.#stack.push({ name: tag.local, node: undefined, path, seen: new Map() });
      return;
    }
    if (this.#leaf && !this.#leaf.broken) {
      this.#leaf.broken = true;
      this.#report(findings.notText({ path: this.#leaf.path, line: this.#leaf.line, column: this.#leaf.column }, parent.name));
    }
    const node = this.#leaf ? undefined : parent.node?.children.get(tag.local);
    this.#stack.push({ name: tag.local, node, path, seen: new Map() });
    if (node && tag.local === BODY && this.#stack.length === 2) this.#bodies.push({ path, ...place });
    if (node?.field) this.#leaf = { field: node.field, path, ...place, text: '', broken: false };
    else if (node && count > 1 && tag.local !== BODY && !this.#mayRepeat(node)) this.#report(findings.repeated({ path, ...place }, tag.local));
  }

  #openRoot(tag: SaxesTagNS, place: { line: number; column: number }): void {
    const shape = SHAPES.find((one) => one.root === tag.local);
    const path = `/${tag.local}`;
    if (!shape) throw new Stop(findings.wrongRoot({ path, ...place }, tag.name));
    if (tag.uri !== shape.namespace) throw new Stop(findings.wrongNamespace({ path, ...place }, tag.uri, shape.namespace));
    this.#shape = shape;
    this.#rootPlace = place;
    this.#versione = tag.attributes['versione']?.value;
    this.#stack.push({ name: tag.local, node: TREES.get(shape), path, seen: new Map() });
  }

  /** True where some field below may stand several times through this element. */
  #mayRepeat(node: Node): boolean {
    for (const child of node.children.values()) {
      if (child.field ? this.#shape?.fields[child.field]?.repeats : this.#mayRepeat(child)) return true;
    }
    return false;
  }

  #text(text: string): void {
    if (this.#leaf && !this.#leaf.broken && this.#stack.length < this.#skipFrom) this.#leaf.text += text;
  }

  #close(): void {
    const closed = this.#stack.pop();
    if (this.#stack.length < this.#skipFrom - 1) this.#skipFrom = Infinity;
    const leaf = this.#leaf;
    if (!leaf || closed?.node?.field !== leaf.field) return;
    this.#leaf = undefined;
    if (leaf.broken) return;
    const spec = this.#shape?.fields[leaf.field];
    if (!spec) return;
    const place = { path: leaf.path, line: leaf.line, column: leaf.column };
    const kind = kindOf(spec.kind);
    const spaced = leaf.text.replace(/[\t\n\r]/g, ' ');
    const value = kind.whitespace === 'collapse' ? spaced.replace(/ +/g, ' ').trim() : spaced;
    if (!kind.pattern.test(value) || (spec.kind === 'data' && !isDate(value)) || (spec.kind === 'pec' && value.length > 256)) {
      this.#report(findings.wrongValue({ ...place, value }, closed.name, kind));
    }
    this.#reads.push({ field: leaf.field, element: closed.name, value, body: this.#bodies.length, ...place });
  }
}

function isDate(value: string): boolean {
  const day = value.slice(0, 10);
  const instant = Date.parse(`${day}T00:00:00Z`);
  return day >= '1970-01-01' && !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(day);
}

/**
 * What the service needs to know of an invoice file, in one streaming pass; with several bodies (a lot) several documents. First form of the
 * structural check: well-formed, no DOCTYPE, right root, namespace and format, and the fields that the service itself uses as the schema has them
 * (sdi.md 1.2, fatturapa-schema.csv). Never throws on any octets. Findings have 1-based lines and columns.
 *
 * @param bytes the XML itself: a `.p7m` must be opened first
 */
export function readInvoice(bytes: Buffer): InvoiceReading {
  if (bytes.length === 0) return { ok: false, findings: [findings.empty()] };
  if (bytes.length > MAX_INVOICE_BYTES) return { ok: false, findings: [findings.tooLarge(bytes.length)] };
  const decoded = decodeXml(bytes);
  if (!decoded.ok) return { ok: false, findings: [decoded.reason === 'malformed' ? findings.malformedText(decoded.declared ?? 'utf-8') : findings.unknownEncoding(decoded.declared ?? '')] };
  return new InvoicePass().read(decoded.text);
}
