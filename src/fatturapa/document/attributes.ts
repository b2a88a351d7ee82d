import type { ElementDef, SchemaTable } from '../schema/types.js';
import type { XmlScanner } from '../xml/scanner.js';
import type { FindingList } from './finding-list.js';
import { type Element, xpathOf } from './model.js';
import { fault } from './structure-findings.js';

export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
export const XSD = 'http://www.w3.org/2001/XMLSchema';

/** Types of the schema that come from XML Schema itself. */
const BUILT_IN = new Set(['date', 'dateTime', 'base64Binary']);

/** Whether an `xsi:type` names the very type that the element has. Types derived from it exist, but no invoice has any use for them. */
function namesOwnType(value: string, def: ElementDef, schema: SchemaTable, scanner: XmlScanner): boolean {
  const [first = '', second] = value.split(':');
  const namespace = scanner.namespaceOf(second === undefined ? '' : first);
  return (second ?? first) === def.typeName && namespace === (BUILT_IN.has(def.typeName) ? XSD : schema.namespace);
}

/**
 * The attributes of the current start tag. XML Schema's own hints for a validator may stand on any element (part 1, 2.6); the schema has others on the root only, and those are
 * looked at there.
 *
 * @param declared whether the schema has an attribute of this name here
 */
export function checkAttributes(scanner: XmlScanner, node: Element, schema: SchemaTable, findings: FindingList, declared: (name: string) => boolean = () => false): void {
  for (let i = 0; i < scanner.attributeCount; i += 1) {
    const { name, localName, namespace, value, offset } = scanner.attribute(i);
    if (namespace === '' ? declared(name) : namespace === XSI && (localName === 'schemaLocation' || localName === 'noNamespaceSchemaLocation' || (localName === 'type' && namesOwnType(value, node.def, schema, scanner)))) continue;
    const path = `${xpathOf(node)}/@${name}`;
    findings.report(offset, () =>
      fault(
        path,
        { it: `L’attributo ${name} non è ammesso su ${node.def.name}.`, en: `The attribute ${name} is not allowed on ${node.def.name}.` },
        { it: `Togliere l’attributo ${name}.`, en: `Remove the attribute ${name}.` },
        { value, patch: [{ op: 'remove', path }] },
      ),
    );
  }
}
