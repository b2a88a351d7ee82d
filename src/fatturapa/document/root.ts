import { ORDINARY, SIMPLIFIED } from '../schema/index.js';
import type { SchemaTable } from '../schema/types.js';
import type { FatturapaFinding } from '../types.js';
import type { XmlScanner } from '../xml/scanner.js';
import { checkAttributes } from './attributes.js';
import { type Content, contentOf } from './content.js';
import { ElementNode } from './element.js';
import type { FindingList } from './finding-list.js';
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
}

/** The root is none of ours: nothing below is read. */
export class ForeignRoot extends Error {
  constructor(
    readonly finding: Omit<FatturapaFinding, 'line' | 'column' | 'severity'>,
    readonly offset: number,
  ) {
    super('the root is none of an invoice');
  }
}

/** Whether a root of this namespace is of a format older than the schema in force. */
export const isOlder = (namespace: string): boolean => OLDER_NAMESPACES.includes(namespace);

/**
 * Chooses the schema by name and namespace of the root, and looks at the root's attributes.
 *
 * @throws ForeignRoot
 */
export function openRoot(scanner: XmlScanner, received: boolean, findings: FindingList): Root {
  const { localName, name, namespace, tagStart } = scanner;
  const schema = SCHEMAS.find((one) => one.root.name === localName);
  if (!schema) throw new ForeignRoot(wrongRoot(localName, name), tagStart);
  if (namespace !== schema.namespace && !(received && isOlder(namespace) && schema === ORDINARY)) throw new ForeignRoot(wrongNamespace(localName, namespace, schema.namespace), tagStart);

  if (namespace !== schema.namespace) findings.severity = 'warning';
  const node = new ElementNode(schema.root, undefined, 1, tagStart);
  checkAttributes(scanner, node, schema, findings, (attribute) => schema.attributes.some((one) => one.name === attribute));
  const given = new Map<string, { value: string; offset: number }>();
  for (let i = 0; i < scanner.attributeCount; i += 1) {
    const attribute = scanner.attribute(i);
    if (attribute.namespace === '') given.set(attribute.name, attribute);
  }
  for (const { name: attribute, required, type } of schema.attributes) {
    const found = given.get(attribute);
    const path = `/${localName}/@${attribute}`;
    if (!found) {
      if (required) findings.report(tagStart, () => fault(path, { it: `Manca l’attributo ${attribute} sulla radice.`, en: `The attribute ${attribute} is missing on the root.` }, { it: `Scrivere ${attribute}="${schema.formati.join('" oppure "')}", uguale a FormatoTrasmissione.`, en: `Write ${attribute}="${schema.formati.join('" or "')}", equal to FormatoTrasmissione.` }));
    } else if (!type.accepts(type.normalize(found.value))) {
      findings.report(found.offset, () => explainValue({ path, what: { it: `l’attributo ${attribute}`, en: `the attribute ${attribute}` }, text: found.value, value: type.normalize(found.value), optional: !required }, type));
    }
  }
  return { schema, node, content: contentOf(schema.root), namespace, versione: given.get('versione')?.value ?? '' };
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
