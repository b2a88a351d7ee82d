import type { ElementDef, SchemaTable, SimpleType } from '../../schema/types.js';
import { type JsonSchema, simpleSchema } from './simple.js';

/** Required by the schema, but given by us where they are left out: see docs/json.md. */
const FILLED_IN = new Set(['FormatoTrasmissione', 'NumeroLinea']);

/** What a type is called in the service's description: `FatturaElettronicaAnagrafica`. */
const nameOf = (prefix: string, typeName: string): string => {
  const short = typeName.replace(/^FatturaElettronica/, '').replace(/Type$/, '');
  return prefix + short.charAt(0).toUpperCase() + short.slice(1);
};

/** Gathers the schemas of one table by name, each type once. */
class TableSchemas {
  readonly schemas = new Map<string, JsonSchema>();
  readonly #uses = new Map<string, number>();

  constructor(
    private readonly prefix: string,
    private readonly refs: string,
    table: SchemaTable,
  ) {
    for (const { type, typeName } of table.elements) if (!type) this.#uses.set(typeName, (this.#uses.get(typeName) ?? 0) + 1);
  }

  #ref(name: string): JsonSchema {
    return { $ref: `${this.refs}${name}` };
  }

  simple(type: SimpleType): JsonSchema {
    const name = nameOf(this.prefix, type.name);
    if (!this.schemas.has(name)) this.schemas.set(name, simpleSchema(type));
    return this.#ref(name);
  }

  complex(def: ElementDef): JsonSchema {
    const name = nameOf(this.prefix, def.typeName);
    if (!this.schemas.has(name)) {
      // Its place among the others is kept, though its parts come first to an end.
      this.schemas.set(name, {});
      this.schemas.set(name, this.objectOf(def));
    }
    return this.#ref(name);
  }

  objectOf(def: ElementDef): JsonSchema {
    const numbered = this.#uses.get(def.typeName) === 1;
    const properties = Object.fromEntries(def.children.map((one) => [one.name, this.#property(one, numbered)]));
    const required: string[] = [];
    const choices: JsonSchema[] = [];
    for (const particle of def.content) {
      if (particle.kind === 'element') {
        if (particle.element.min > 0 && !FILLED_IN.has(particle.element.name)) required.push(particle.element.name);
      } else {
        choices.push({ oneOf: particle.alternatives.map((alternative) => ({ required: alternative.filter(({ min }) => min > 0).map(({ name }) => name) })) });
      }
    }
    const [choice] = choices;
    return { type: 'object', properties, ...(required.length > 0 && { required }), ...choice, additionalProperties: false };
  }

  /** A type that stands in several places has parts with several numbers: these are left out there. */
  #property(def: ElementDef, numbered: boolean): JsonSchema {
    const ref = def.type ? this.simple(def.type) : this.complex(def);
    const label = `${def.label.it} / ${def.label.en}`;
    const description = numbered && def.number !== '' ? `${def.number} ${label}` : label;
    return def.max > 1 ? { type: 'array', items: ref, ...(def.min > 0 && { minItems: 1 }), description } : { allOf: [ref], description };
  }
}

/**
 * The schemas of one format's JSON form, derived from the schema table: one for each type, the document's own under the name of its root.
 *
 * @param refs where the schemas will stand: `#/components/schemas/`
 */
export function tableSchemas(table: SchemaTable, refs: string): Map<string, JsonSchema> {
  const { root, attributes } = table;
  const gathered = new TableSchemas(root.name, refs, table);
  const body = gathered.objectOf(root);
  const own = Object.fromEntries(attributes.map(({ name, type }) => [name, { allOf: [gathered.simple(type)] }]));
  const document: JsonSchema = { ...body, description: `${root.label.it} / ${root.label.en} (${table.formati.join(', ')})`, properties: { ...own, ...(body['properties'] as object) } };
  return new Map([[root.name, document], ...gathered.schemas]);
}
