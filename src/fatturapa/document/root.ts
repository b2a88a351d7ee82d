import { ORDINARY, SIMPLIFIED } from '../schema/index.js';
import type { SchemaTable, Text } from '../schema/types.js';
import { FORMATI_TRASMISSIONE } from '../types.js';
import type { XmlScanner } from '../xml/scanner.js';
import { checkAttributes } from './attributes.js';
import { type Content, contentOf } from './content.js';
import { ElementNode } from './element.js';
import type { Fault } from './fault.js';
import type { FindingList } from './finding-list.js';
import { type Element, xpathOf } from './model.js';
import { fault } from './structure-findings.js';
import { explainValue } from './value-findings.js';

const SCHEMAS: readonly SchemaTable[] = [ORDINARY, SIMPLIFIED];

/** Formats 1.0 and 1.1 of the invoice to public bodies (until 2017): what suppliers' old files are, read leniently by today's table. */
const OLDER_NAMESPACES: readonly string[] = ['http://www.fatturapa.gov.it/sdi/fatturapa/v1.0', 'http://www.fatturapa.gov.it/sdi/fatturapa/v1.1'];

export interface Root {
  readonly schema: SchemaTable;
  readonly node: ElementNode;
  readonly content: Content;
  readonly namespace: string;
  readonly versione: string;
  readonly sistemaEmittente: string | undefined;
  /** Attributes without namespace. */
  readonly given: ReadonlyMap<string, { readonly value: string; readonly offset: number }>;
}

/** The root is none of ours: nothing below is read. */
export class ForeignRoot extends Error {
  constructor(
    readonly finding: Fault,
    readonly offset: number,
  ) {
    super('the root is none of an invoice');
  }
}

/** Whether a root of this namespace is of a format older than the schema in force. */
export const isOlder = (namespace: string): boolean => OLDER_NAMESPACES.includes(namespace);

/**
 * Chooses the schema by name and namespace of the root.
 *
 * @throws ForeignRoot
 */
export function openRoot(scanner: XmlScanner, received: boolean, findings: FindingList): Root {
  const { localName, name, namespace, tagStart } = scanner;
  const schema = SCHEMAS.find((one) => one.root.name === localName);
  if (!schema) throw new ForeignRoot(wrongRoot(localName, name), tagStart);
  if (namespace !== schema.namespace) {
    const older = isOlder(namespace) && schema === ORDINARY;
    const wrong = (): Fault => wrongNamespace(localName, namespace, schema.namespace);
    if (!received) throw new ForeignRoot(wrong(), tagStart);
    if (older) findings.severity = 'warning';
    else findings.report(tagStart, wrong);
  }
  const node = new ElementNode(schema.root, undefined, 1, tagStart);
  checkAttributes(scanner, node, schema, findings, (attribute) => schema.attributes.some((one) => one.name === attribute));
  const given = new Map<string, { value: string; offset: number }>();
  for (let i = 0; i < scanner.attributeCount; i += 1) {
    const attribute = scanner.attribute(i);
    if (attribute.namespace === '') given.set(attribute.name, attribute);
  }
  return { schema, node, content: contentOf(schema.root), namespace, versione: given.get('versione')?.value ?? '', sistemaEmittente: given.get('SistemaEmittente')?.value, given };
}

/**
 * The root's attributes, looked at when the document has been read: `versione` must equal FormatoTrasmissione (SdI check 00428), so that each tells the right value of the other.
 *
 * @param formato FormatoTrasmissione, where it is one of the schema's
 */
export function checkRootAttributes({ schema, node, given }: Root, formato: string | undefined, findings: FindingList): void {
  for (const { name, required, type } of schema.attributes) {
    const found = given.get(name);
    const value = found && type.normalize(found.value);
    if (value === undefined ? !required : type.accepts(value)) continue;
    const path = `/${node.def.name}/@${name}`;
    if (!required || formato === undefined) {
      if (found) findings.report(found.offset, () => explainValue({ path, what: { it: `l’attributo ${name}`, en: `the attribute ${name}` }, text: found.value, value: value ?? '', optional: !required }, type));
      else findings.report(node.offset, () => fault(path, missing(name), { it: `Scrivere ${name}="..." sulla radice, uguale a FormatoTrasmissione.`, en: `Write ${name}="..." on the root, equal to FormatoTrasmissione.` }));
      continue;
    }
    findings.report(found?.offset ?? node.offset, () =>
      fault(
        path,
        found ? { it: `L’attributo ${name} "${found.value}" non è uguale a FormatoTrasmissione "${formato}".`, en: `The attribute ${name} "${found.value}" does not equal FormatoTrasmissione "${formato}".` } : missing(name),
        { it: `Scrivere ${name}="${formato}" sulla radice.`, en: `Write ${name}="${formato}" on the root.` },
        { ...(found && { value: found.value }), patch: [{ op: found ? 'replace' : 'add', path, value: formato }] },
      ),
    );
  }
}

const missing = (name: string): Text => ({ it: `Manca l’attributo ${name} sulla radice.`, en: `The attribute ${name} is missing on the root.` });

/** FormatoTrasmissione that is none of the schema's, explained by the root. */
export function wrongFormato({ schema, node: root, versione }: Root, formato: Element, fallback: Fault): Fault {
  const right = schema.formati.find((one) => one === versione);
  const known = (FORMATI_TRASMISSIONE as readonly string[]).includes(formato.value);
  return {
    ...fallback,
    ...(known && { message: { it: `FormatoTrasmissione ${formato.value} non è un formato della radice ${root.def.name}.`, en: `FormatoTrasmissione ${formato.value} is no format of the root ${root.def.name}.` } }),
    ...(right !== undefined && { fix: { it: `Scrivere ${right}, come nell’attributo versione.`, en: `Write ${right}, as in the attribute versione.` }, patch: [{ op: 'replace', path: xpathOf(formato), value: right }] }),
  };
}

function wrongRoot(localName: string, name: string): ForeignRoot['finding'] {
  return {
    ...fault(
      `/${localName}`,
      { it: `L’elemento radice è "${name}": non è una fattura elettronica.`, en: `The root element is "${name}": this is not an e-invoice.` },
      { it: 'La radice deve essere FatturaElettronica oppure FatturaElettronicaSemplificata.', en: 'The root must be FatturaElettronica or FatturaElettronicaSemplificata.' },
      { value: name },
    ),
    reason: 'wrong-root',
  };
}

function wrongNamespace(localName: string, namespace: string, expected: string): ForeignRoot['finding'] {
  const old = isOlder(namespace);
  return {
    ...fault(
      `/${localName}`,
      {
        it: namespace === '' ? 'L’elemento radice non ha namespace.' : `Il namespace della radice è "${namespace}"${old ? ', di un formato che SdI non accetta più' : ''}.`,
        en: namespace === '' ? 'The root element has no namespace.' : `The root’s namespace is "${namespace}"${old ? ', of a format that SdI takes no longer' : ''}.`,
      },
      { it: `Il namespace deve essere ${expected}.`, en: `The namespace must be ${expected}.` },
      { value: namespace },
    ),
    reason: 'wrong-root',
  };
}
