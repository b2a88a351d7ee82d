import { normalizeLineEnds } from '../xml/characters.js';
import type { XmlHandler, XmlScanner } from '../xml/scanner.js';
import { checkAttributes } from './attributes.js';
import { Move } from './content.js';
import { ElementNode } from './element.js';
import { explainContent } from './explain-content.js';
import type { FindingList } from './finding-list.js';
import { Frame } from './frame.js';
import { xpathOf } from './model.js';
import { openRoot, type Root, wrongFormato } from './root.js';
import { SIGNATURE_NAME, SignatureReader, XMLDSIG } from './signature/signature-reader.js';
import * as structure from './structure-findings.js';
import { identify, unknownElement } from './unknown-element.js';
import { valueFinding } from './value-findings.js';

const BLANK = /^[ \t\r\n]*$/;

/**
 * Builds the model from what the scanner tells and holds it against the schema table on the way. Each fault is one finding: after one it goes on as the writer most
 * likely meant it, so that nothing follows from it.
 */
export class DocumentReader implements XmlHandler {
  root: Root | undefined;
  signed = false;

  #frame: Frame | undefined;
  /** The element whose value is being read, and what was read of it. */
  #leaf: ElementNode | undefined;
  #text = '';
  /** It holds a CDATA section. */
  #cdata = false;
  /** The element that was found where it was expected, until it is told. */
  #expected: Move | undefined;
  /** Open elements of a part that is not read: something unknown and what is in it. */
  #skipped = 0;
  #signature: SignatureReader | undefined;
  /** Elements in a namespace are one fault, however many. */
  #qualified = false;

  constructor(
    private readonly source: string,
    private readonly findings: FindingList,
    private readonly received: boolean,
  ) {}

  /** Of the element that is being read. */
  get path(): string | undefined {
    const node = this.#leaf ?? this.#frame?.node;
    return node && xpathOf(node);
  }

  expected(at: number): string | undefined {
    const frame = this.#frame;
    if (!frame || this.#leaf || this.#skipped > 0 || this.#signature) return undefined;
    const { source } = this;
    const { moves } = frame.state;
    const initial = source.charCodeAt(at + 1);
    for (let i = 0; i < moves.length; i += 1) {
      const move = moves[i];
      if (move && move.initial === initial && source.startsWith(move.tag, at)) {
        this.#expected = move;
        return move.def.name;
      }
    }
    return undefined;
  }

  startElement(scanner: XmlScanner): void {
    const frame = this.#frame;
    if (this.#expected && frame) {
      this.#open(scanner, frame, this.#expected);
      this.#expected = undefined;
    } else if (this.#skipped > 0) {
      this.#skipped += 1;
    } else if (this.#signature) {
      this.#signature.startElement(scanner);
    } else if (this.#leaf) {
      this.#elementInValue(this.#leaf);
    } else if (!frame) {
      this.root = openRoot(scanner, this.received, this.findings);
      this.#frame = new Frame(this.root.node, this.root.content, undefined);
    } else if (scanner.namespace === '' || !this.#foreign(scanner, frame)) {
      const move = frame.state.moves.find(({ def }) => def.name === scanner.localName) ?? this.#unexpected(scanner, frame);
      if (move) this.#open(scanner, frame, move);
      else this.#skipped = 1;
    }
  }

  endElement(scanner: XmlScanner): void {
    const frame = this.#frame;
    if (this.#skipped > 0) {
      this.#skipped -= 1;
    } else if (this.#signature) {
      if (this.#signature.endElement(scanner)) this.#signature = undefined;
    } else if (this.#leaf) {
      this.#closeValue(this.#leaf);
      this.#leaf = undefined;
    } else if (frame) {
      this.#frame = frame.outer;
      if (frame.wrong || !frame.state.complete) explainContent(frame, scanner.tagStart, this.findings);
    }
  }

  characters(start: number, end: number, blank: boolean, returns: boolean): void {
    if (this.#skipped > 0) return;
    if (this.#leaf) {
      const piece = this.source.slice(start, end);
      const text = returns ? normalizeLineEnds(piece) : piece;
      this.#text = this.#text === '' ? text : this.#text + text;
    } else if (this.#signature) {
      this.#signature.characters(this.source.slice(start, end), start);
    } else if (!blank) {
      this.#loose(this.source.slice(start, end), start);
    }
  }

  cdata(start: number, end: number, returns: boolean): void {
    if (this.#skipped > 0) return;
    if (this.#leaf) {
      this.#cdata = true;
      this.characters(start, end, false, returns);
    } else if (this.#signature) {
      this.#signature.cdata(this.source.slice(start, end), start);
    } else {
      // libxml2, by which our verdict is measured, takes no CDATA section between elements, not even an empty one.
      this.#loose('<![CDATA[', start - '<![CDATA['.length);
    }
  }

  reference(character: string, offset: number): void {
    if (this.#skipped > 0) return;
    if (this.#leaf) this.#text += character;
    else if (this.#signature) this.#signature.characters(character, offset);
    else this.#loose(character, offset);
  }

  // -- as it should be

  #open(scanner: XmlScanner, frame: Frame, move: Move): void {
    const siblings = frame.node.children;
    let index = 1;
    // In a content without faults all elements of a name stand together.
    if (frame.wrong) index = frame.nextIndex(move.def);
    else if (move.again) index = (siblings.at(-1)?.index ?? 0) + 1;
    frame.state = move.next;
    const node = new ElementNode(move.def, frame.node, index, scanner.tagStart);
    siblings.push(node);
    if (scanner.attributeCount > 0 && this.root) checkAttributes(scanner, node, this.root.schema, this.findings);
    if (move.content) {
      this.#frame = new Frame(node, move.content, frame);
    } else {
      this.#leaf = node;
      this.#text = '';
      this.#cdata = false;
    }
  }

  #closeValue(node: ElementNode): void {
    const { type } = node.def;
    if (!type) return;
    const text = this.#text;
    const value = type.normalize(text);
    node.text = text;
    node.value = value;
    if (!node.valid || type.accepts(value)) return;
    const byDefault = text === '' && !this.#cdata ? node.def.default : undefined;
    if (byDefault !== undefined) {
      node.value = byDefault;
      return;
    }
    node.valid = false;
    this.findings.report(node.offset, () => {
      const finding = valueFinding(node, type);
      return this.root && node.def.name === 'FormatoTrasmissione' ? wrongFormato(this.root, node, finding) : finding;
    });
  }

  // -- as it should not

  #elementInValue(leaf: ElementNode): void {
    if (leaf.valid) this.findings.report(leaf.offset, () => structure.elementInValue(leaf));
    leaf.valid = false;
    this.#skipped = 1;
  }

  #loose(text: string, offset: number): void {
    const frame = this.#frame;
    if (!frame || frame.loose || BLANK.test(text)) return;
    frame.loose = true;
    this.findings.report(offset + text.search(/[^ \t\r\n]/), () => structure.looseText(frame.node, text.trim()));
  }

  /** An element in a namespace. True when it is dealt with; else it is read as if it had none. */
  #foreign(scanner: XmlScanner, frame: Frame): boolean {
    const { namespace, localName, tagStart } = scanner;
    if (namespace === XMLDSIG && localName === SIGNATURE_NAME && frame.outer === undefined) {
      if (frame.signature >= 0) this.findings.report(tagStart, () => structure.secondSignature(frame.node));
      else frame.signature = tagStart;
      if (!frame.state.complete) frame.wrong = true;
      frame.state = frame.state.sealed();
      this.signed = true;
      this.#signature = new SignatureReader(this.findings, xpathOf(frame.node), { name: frame.node.def.name, namespace: this.root?.namespace ?? '' });
      this.#signature.startElement(scanner);
      return true;
    }
    if (!frame.node.def.child(localName)) return false;
    if (!this.#qualified) {
      const { name } = scanner;
      this.findings.report(tagStart, () => structure.qualified(frame.node, name, namespace));
    }
    this.#qualified = true;
    return false;
  }

  /** An element that may not come here. The move to go on with as if it might, or nothing when it cannot be read. */
  #unexpected(scanner: XmlScanner, frame: Frame): Move | undefined {
    frame.wrong = true;
    const { content, state } = frame;
    const { localName: name, namespace } = scanner;
    const def = frame.node.def.child(name);
    const slot = def && content.slotOf(def);
    if (slot) return new Move(slot.def, false, slot.index > state.slot ? content.stateAfter(slot.index) : state);
    this.findings.report(scanner.tagStart, () => {
      frame.unknown ??= new Map();
      const unknown = frame.unknown.get(name) ?? identify(name, frame.node.def);
      frame.unknown.set(name, unknown);
      unknown.count += 1;
      return unknownElement(frame.node, unknown, namespace, this.root?.schema, state);
    });
    return undefined;
  }
}
