import type { Buildable, BuildElement } from '../build/model.js';

export type JsonValue = string | JsonDocument | readonly (string | JsonDocument)[];

/** One element that holds elements: its children by name, arrays where one may repeat. */
export interface JsonDocument {
  readonly [name: string]: JsonValue;
}

const valueOf = (element: BuildElement): string | JsonDocument => (element.def.type ? element.value : objectOf(element, {}));

function objectOf(element: BuildElement, start: Readonly<Record<string, JsonValue>>): JsonDocument {
  const groups = new Map<string, (string | JsonDocument)[]>();
  const repeatable = new Set<string>();
  for (const one of element.children) {
    const { name, max } = one.def;
    if (max > 1) repeatable.add(name);
    const group = groups.get(name);
    if (group) group.push(valueOf(one));
    else groups.set(name, [valueOf(one)]);
  }
  const object: Record<string, JsonValue> = { ...start };
  for (const [name, values] of groups) {
    const [only, ...others] = values;
    // What a wrong file repeats is shown whole; only an array can do it.
    object[name] = only === undefined || repeatable.has(name) || others.length > 0 ? values : only;
  }
  return object;
}

/**
 * The document as JSON, one to one with the schema table (docs/json.md): arrays wherever an element may repeat, every value the exact
 * string of the file. `fromJson` of it builds the same document.
 */
export function toJson(document: Buildable): JsonDocument {
  const { versione, sistemaEmittente, root } = document;
  return { [root.def.name]: objectOf(root, { versione, ...(sistemaEmittente !== undefined && { SistemaEmittente: sistemaEmittente }) }) };
}
