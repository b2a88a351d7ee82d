import { isBase64 } from '../../schema/values/base64.js';
import { isInteger } from '../../schema/values/numbers.js';
import { NORMALIZERS } from '../../schema/values/white-space.js';
import { XML_NAMESPACE } from '../../xml/namespaces.js';
import type { XmlScanner } from '../../xml/scanner.js';
import { isAnyUri } from '../../xml/uri.js';
import { XSI } from '../attributes.js';
import type { FindingList } from '../finding-list.js';
import { fault } from '../structure-findings.js';
import type { Leaf, SimpleName } from './model.js';
import { globalType, type SignatureType, typeNamed, XMLDSIG } from './xmldsig.js';

export { XMLDSIG };
export const SIGNATURE_NAME = 'Signature';

/** An open element; without a type nothing is asked of it. */
interface Frame {
  readonly name: string;
  readonly type: SignatureType | undefined;
  /** The place in the content of the element before. */
  at: number;
  text: string;
}

const collapse = NORMALIZERS.collapse;
const BLANK = /^[ \t\r\n]*$/;
const NC_NAME = /^[\p{L}_][\p{L}\p{N}\p{M}._\u00b7-]*$/u;

/**
 * Holds an enveloped signature against the schema of XML Signature, as the official schemas do. Only its structure: whether it verifies is another question, and whose
 * answer is in `signature/`. The first fault is reported, the rest of the signature is passed over: no person mends a signature by hand.
 */
export class SignatureReader {
  readonly #frames: Frame[] = [];
  readonly #ids = new Set<string>();
  #offset = 0;
  #failed = false;

  /** @param documentRoot expanded name of the root, which no signature may hold */
  constructor(
    private readonly findings: FindingList,
    private readonly rootPath: string,
    private readonly documentRoot: { readonly name: string; readonly namespace: string },
  ) {}

  startElement(scanner: XmlScanner): void {
    const { localName, namespace } = scanner;
    this.#offset = scanner.tagStart;
    const parent = this.#frames.at(-1);
    const type = this.#typeOf(parent, localName, namespace);
    this.#frames.push({ name: localName, type, at: -1, text: '' });
    if (!this.#failed) this.#attributes(scanner, type);
  }

  /** True when it was the end of the signature. */
  endElement(scanner: XmlScanner): boolean {
    const frame = this.#frames.at(-1);
    this.#offset = scanner.tagStart;
    if (frame?.type && !this.#failed) {
      const { type, at, text, name } = frame;
      if (type.simple && !isOf(type.simple, text)) this.#fail(`il valore di ${name} non è ammesso`, `the value of ${name} is not allowed`);
      if (type.machine && !type.machine.mayEnd(at)) this.#fail(`il contenuto di ${name} non è completo`, `the content of ${name} is not complete`);
    }
    this.#frames.pop();
    return this.#frames.length === 0;
  }

  characters(text: string, offset: number): void {
    const frame = this.#frames.at(-1);
    if (!frame?.type || this.#failed) return;
    this.#offset = offset;
    if (frame.type.simple) frame.text += text;
    else if (!frame.type.mixed && !BLANK.test(text)) this.#fail(`in ${frame.name} c’è del testo`, `there is text in ${frame.name}`);
  }

  cdata(text: string, offset: number): void {
    const frame = this.#frames.at(-1);
    this.#offset = offset;
    if (frame?.type?.machine && !frame.type.mixed) this.#fail(`in ${frame.name} c’è del testo`, `there is text in ${frame.name}`);
    else this.characters(text, offset);
  }

  #typeOf(parent: Frame | undefined, name: string, namespace: string): SignatureType | undefined {
    if (this.#failed) return undefined;
    if (!parent) return globalType(SIGNATURE_NAME);
    if (namespace === this.documentRoot.namespace && name === this.documentRoot.name) return this.#fail(`la firma contiene un’altra fattura (${name})`, `the signature holds another invoice (${name})`);
    const global = namespace === XMLDSIG ? globalType(name) : undefined;
    // In what no schema describes, only what one does describe is looked at.
    if (!parent.type) return global;
    const { machine } = parent.type;
    const at = machine?.next(parent.at, (leaf) => fits(leaf, name, namespace)) ?? -1;
    const leaf = machine?.leaf(at);
    if (!leaf) return this.#fail(`in ${parent.name} non può stare ${name}`, `${name} must not stand in ${parent.name}`);
    parent.at = at;
    if (leaf.kind === 'element') return typeNamed(leaf.type);
    if (!global && leaf.strict) return this.#fail(`in ${parent.name} non può stare ${name}`, `${name} must not stand in ${parent.name}`);
    return global;
  }

  #attributes(scanner: XmlScanner, type: SignatureType | undefined): void {
    const required = new Set(Object.entries(type?.attributes ?? {}).flatMap(([name, attribute]) => (attribute.required ? [name] : [])));
    for (let i = 0; i < scanner.attributeCount; i += 1) {
      const { name, localName, namespace, value, offset } = scanner.attribute(i);
      this.#offset = offset;
      required.delete(name);
      if (namespace === XML_NAMESPACE && localName === 'id') this.#checkId(name, value);
      if (!type || (namespace === XSI && (localName === 'schemaLocation' || localName === 'noNamespaceSchemaLocation'))) continue;
      const known = namespace === '' ? type.attributes?.[name] : undefined;
      if (!known) this.#fail(`l’attributo ${name} non è ammesso`, `the attribute ${name} is not allowed`);
      else if (known.type === 'ID') this.#checkId(name, value);
      else if (!isOf(known.type, value)) this.#fail(`il valore dell’attributo ${name} non è ammesso`, `the value of the attribute ${name} is not allowed`);
    }
    for (const name of required) this.#fail(`manca l’attributo ${name}`, `the attribute ${name} is missing`);
  }

  #checkId(name: string, value: string): void {
    const id = collapse(value);
    if (!isOf('ID', id) || this.#ids.has(id)) this.#fail(`l’attributo ${name}="${id}" non è un identificativo unico`, `the attribute ${name}="${id}" is no unique identifier`);
    this.#ids.add(id);
  }

  #fail(it: string, en: string): undefined {
    if (this.#failed) return;
    this.#failed = true;
    const path = `${this.rootPath}${this.#frames.map(({ name }) => `/${name}`).join('')}`;
    this.findings.report(this.#offset, () =>
      fault(
        path,
        { it: `La firma ds:Signature non è fatta come prevede XML Signature: ${it}.`, en: `The signature ds:Signature is not made as XML Signature has it: ${en}.` },
        { it: 'Firmare di nuovo il file originale con un programma di firma qualificata; una firma non si corregge a mano.', en: 'Sign the original file again with a program for qualified signatures; a signature is not mended by hand.' },
      ),
    );
  }
}

function fits(leaf: Leaf, name: string, namespace: string): boolean {
  if (leaf.kind === 'element') return namespace === XMLDSIG && leaf.name === name;
  return !leaf.other || (namespace !== XMLDSIG && namespace !== '');
}

function isOf(type: SimpleName, text: string): boolean {
  switch (type) {
    case 'string':
      return true;
    case 'base64Binary':
      return isBase64(collapse(text));
    case 'integer':
      return isInteger(collapse(text));
    case 'anyURI':
      return isAnyUri(collapse(text));
    case 'ID':
      return NC_NAME.test(collapse(text));
  }
}
