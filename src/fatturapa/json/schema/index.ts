import { ORDINARY, SIMPLIFIED } from '../../schema/index.js';
import type { SchemaTable } from '../../schema/types.js';
import type { JsonSchema } from './simple.js';
import { tableSchemas } from './table-schemas.js';

export type { JsonSchema } from './simple.js';

const TABLES: readonly SchemaTable[] = [ORDINARY, SIMPLIFIED];
const COMPONENTS = '#/components/schemas/';

/** The name of the schema of a whole document, of either format, among {@link openApiSchemas}. */
export const INVOICE_SCHEMA = 'FatturaElettronicaJson';

const wrapped = (name: string, refs: string): JsonSchema => ({ type: 'object', properties: { [name]: { $ref: refs + name } }, required: [name], additionalProperties: false });

/** Schemas that the two formats have in common, under the ordinary format's names. */
function shared(ordinary: ReadonlyMap<string, JsonSchema>, simplified: ReadonlyMap<string, JsonSchema>, refs: string): Map<string, JsonSchema> {
  const [long, short] = [SIMPLIFIED.root.name, ORDINARY.root.name];
  const renamed = new Map<string, string>();
  for (const name of simplified.keys()) {
    const other = short + name.slice(long.length);
    if (name !== long && ordinary.has(other)) renamed.set(name, other);
  }
  const rename = (schema: JsonSchema): JsonSchema =>
    JSON.parse(JSON.stringify(schema), (key, value: unknown) => (key === '$ref' && typeof value === 'string' ? refs + (renamed.get(value.slice(refs.length)) ?? value.slice(refs.length)) : value)) as JsonSchema;
  // One that differs keeps its own name, and so do all that refer to it: until nothing changes any more.
  for (let before = -1; before !== renamed.size; ) {
    before = renamed.size;
    for (const [name, other] of renamed) if (JSON.stringify(rename(simplified.get(name) ?? {})) !== JSON.stringify(ordinary.get(other))) renamed.delete(name);
  }
  return new Map([...ordinary, ...[...simplified].filter(([name]) => !renamed.has(name)).map(([name, schema]) => [name, rename(schema)] as const)]);
}

/**
 * The JSON form as OpenAPI schemas by name, each type once; {@link INVOICE_SCHEMA} is a whole document. Derived from the schema table: plain objects to be put
 * under `components.schemas`.
 *
 * @example
 * document.components.schemas = { ...document.components.schemas, ...openApiSchemas() };
 */
export function openApiSchemas(refs = COMPONENTS): Record<string, JsonSchema> {
  const schemas = shared(tableSchemas(ORDINARY, refs), tableSchemas(SIMPLIFIED, refs), refs);
  const document: JsonSchema = {
    description: 'Una fattura elettronica in JSON, uno a uno con lo schema di FatturaPA (docs/json.md) / An e-invoice as JSON, one to one with FatturaPA’s schema (docs/json.md)',
    oneOf: TABLES.map(({ root }) => wrapped(root.name, refs)),
  };
  return Object.fromEntries([[INVOICE_SCHEMA, document], ...schemas]);
}

/** The JSON Schema (2020-12) of one format's documents, complete in itself. */
export function jsonSchema(kind: SchemaTable['kind']): JsonSchema {
  const table = kind === 'ordinary' ? ORDINARY : SIMPLIFIED;
  const refs = '#/$defs/';
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title: `${table.root.name} ${table.version}`, ...wrapped(table.root.name, refs), $defs: Object.fromEntries(tableSchemas(table, refs)) };
}
