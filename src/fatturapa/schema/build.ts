import type { FormatoTrasmissione } from '../types.js';
import type { Choice, Row } from './rows.js';
import type { SimpleTypes } from './simple-types.js';
import type { AttributeDef, ElementDef, Particle, SchemaTable } from './types.js';

export interface TableSource {
  readonly kind: SchemaTable['kind'];
  readonly version: string;
  readonly namespace: string;
  readonly formati: readonly FormatoTrasmissione[];
  readonly types: SimpleTypes;
  readonly root: Row;
}

type Building = { -readonly [Key in keyof ElementDef]: ElementDef[Key] };

class TableBuilder {
  readonly elements: Building[] = [];

  constructor(private readonly types: SimpleTypes) {}

  /** Elements are numbered in document order, so that a parent's id is below its children's. */
  element([name, cardinality, type, it, en, byDefault]: Row, parent: ElementDef | undefined, number: string): Building {
    const byName = new Map<string, ElementDef>();
    const element: Building = {
      id: this.elements.length,
      number,
      name,
      path: `${parent?.path ?? ''}/${name}`,
      parent,
      min: cardinality.startsWith('0') ? 0 : 1,
      max: cardinality.endsWith('N') ? Infinity : 1,
      type: typeof type === 'string' ? this.types[type] : undefined,
      typeName: typeof type === 'string' ? type : type.name,
      default: byDefault,
      content: [],
      children: [],
      child: (wanted) => byName.get(wanted),
      label: Object.freeze({ it, en }),
    };
    this.elements.push(element);
    if (typeof type !== 'string') {
      element.content = Object.freeze(this.content(type.content, element));
      element.children = Object.freeze(element.content.flatMap((particle) => (particle.kind === 'element' ? [particle.element] : particle.alternatives.flat())));
      for (const child of element.children) byName.set(child.name, child);
      if (byName.size !== element.children.length) throw new Error(`two children of one name in ${element.path}`);
    }
    return Object.freeze(element);
  }

  /** The specification numbers an element's children from 1, through the alternatives of a choice. */
  private content(content: readonly (Row | Choice)[], parent: ElementDef): Particle[] {
    let position = 0;
    const child = (row: Row): ElementDef => this.element(row, parent, [...(parent.number ? [parent.number] : []), ++position].join('.'));
    return content.map((item) =>
      Object.freeze<Particle>(
        'choice' in item
          ? { kind: 'choice', alternatives: Object.freeze(item.choice.map((rows) => Object.freeze(rows.map(child)))) }
          : { kind: 'element', element: child(item) },
      ),
    );
  }
}

/** The root's own attributes are the same in both formats. */
const attributesOf = (types: SimpleTypes): readonly AttributeDef[] =>
  Object.freeze([
    Object.freeze({ name: 'versione', required: true, type: types.FormatoTrasmissioneType }),
    Object.freeze({ name: 'SistemaEmittente', required: false, type: types.String10Type }),
  ]);

/** The rows laid out as a tree, each shared content instantiated at every place where it stands. */
export function buildTable({ types, root: rootRow, ...source }: TableSource): SchemaTable {
  const builder = new TableBuilder(types);
  const root = builder.element(rootRow, undefined, '');
  const elements = Object.freeze<ElementDef[]>(builder.elements);
  const byPath = new Map(elements.map((element) => [element.path, element]));
  return Object.freeze({ ...source, root, attributes: attributesOf(types), elements, at: (path: string) => byPath.get(path) });
}
