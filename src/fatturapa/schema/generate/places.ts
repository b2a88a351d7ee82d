import { ORDINARY } from '../ordinary.js';
import { SIMPLIFIED } from '../simplified.js';
import type { ElementDef, Particle, SchemaTable } from '../types.js';

export const TABLES: readonly SchemaTable[] = [ORDINARY, SIMPLIFIED];

/** A content or set of codes under the name that it has in TypeScript and in OpenAPI. */
export interface NamedContent {
  readonly name: string;
  readonly table: SchemaTable;
  /** Every element of this content, the first one first. */
  readonly places: readonly [ElementDef, ...ElementDef[]];
}

const plain = (typeName: string): string => typeName.replace(/Type$/, '');

/** Two elements have the same content when this text is the same. */
function signature(element: ElementDef): string {
  const child = (one: ElementDef): string => `${one.name}:${one.min}:${one.max}:${one.type ? own(one) : signature(one)}`;
  const particle = (one: Particle): string => (one.kind === 'element' ? child(one.element) : `(${one.alternatives.map((list) => list.map(child).join()).join('|')})`);
  return `{${element.content.map(particle).join()}}`;
}

const own = (element: ElementDef): string => `${element.typeName}${element.type?.codes?.entries.map((entry) => entry.code).join() ?? ''}`;

/** The simplified format's own contents and codes are told apart by a word; what both formats share has one name. */
const SIMPLIFIED_WORD = 'Semplificata';

/** Every content (elements that hold elements) and every set of codes of both formats, each once. */
export function namedContents(): readonly NamedContent[] {
  const bySignature = new Map<string, { name: string; table: SchemaTable; places: [ElementDef, ...ElementDef[]] }>();
  const names = new Set<string>();
  for (const table of TABLES) {
    for (const element of table.elements) {
      if (element.type && !element.type.codes) continue;
      const key = `${element.typeName} ${element.type ? own(element) : signature(element)}`;
      const known = bySignature.get(key);
      if (known) {
        known.places.push(element);
        continue;
      }
      const name = element.parent ? `${plain(element.typeName)}${names.has(plain(element.typeName)) ? SIMPLIFIED_WORD : ''}` : element.name;
      if (names.has(name)) throw new Error(`two contents of one name: ${name}`);
      names.add(name);
      bySignature.set(key, { name, table, places: [element] });
    }
  }
  return [...bySignature.values()];
}
