import { MAX_ELEMENTS, MAX_FINDINGS, MAX_INVOICE_BYTES } from '../limits.js';
import type { ElementDef, SchemaTable } from '../schema/types.js';
import type { FatturapaFinding } from '../types.js';
import { expectedKind, jsonFindings } from './findings.js';
import { JsonNumber } from './json-number.js';
import { nearest } from '../near.js';
import { JsonElement, pointerStep } from './place.js';
import { readSimple } from './simple-value.js';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber);
}

/** Only what was written in the JSON itself: nothing is inherited, whatever a property is called. */
export function own(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? (object[name] ?? undefined) : undefined;
}

/** Reads JSON along the schema table: no deeper than it, and no property that it does not know. */
export class ObjectReader {
  readonly findings: FatturapaFinding[] = [];
  #elements = 0;
  #bytes = 0;

  constructor(private readonly schema: SchemaTable) {}

  report(finding: FatturapaFinding): void {
    if (this.findings.length < MAX_FINDINGS) this.findings.push(finding);
  }

  /** Nothing more is read once there is more than any invoice can hold, or more to say than anyone reads. */
  get #done(): boolean {
    return this.findings.length >= MAX_FINDINGS || this.#elements > MAX_ELEMENTS || this.#bytes > MAX_INVOICE_BYTES;
  }

  /** @param attributes names that are attributes of the element, read by the caller */
  readObject(element: JsonElement, given: JsonObject, attributes: readonly string[] = []): void {
    for (const name of Object.keys(given)) {
      if (this.#done) return;
      if (attributes.includes(name)) continue;
      const def = element.def.child(name);
      if (def) this.#readProperty(element, def, given[name]);
      else this.#unknown(element, name);
    }
  }

  /** Null is the same as not there. */
  #readProperty(parent: JsonElement, def: ElementDef, given: unknown): void {
    if (given === null || given === undefined) return;
    const step = pointerStep(def.name);
    if (!Array.isArray(given)) return this.#readOne(new JsonElement(def, parent, 1, step), given, false);
    if (def.max === 1) return this.report(jsonFindings.wrongKind(new JsonElement(def, parent, 1, step).where(), def.name, given, expectedKind(def)));
    for (let i = 0; i < given.length && !this.#done; i++) this.#readOne(new JsonElement(def, parent, i + 1, step + pointerStep(i)), given[i], true);
  }

  #readOne(element: JsonElement, given: unknown, inArray: boolean): void {
    const { def } = element;
    if (++this.#elements > MAX_ELEMENTS) return this.report(jsonFindings.tooManyElements());
    if (def.type) {
      const reading = readSimple(element, def.type, given, inArray);
      if (!reading.ok) return this.report(reading.finding);
      element.value = reading.value;
      this.#bytes += reading.value.length;
      if (this.#bytes > MAX_INVOICE_BYTES) return this.report(jsonFindings.tooLarge());
    } else if (isObject(given)) {
      this.readObject(element, given);
    } else {
      return this.report(jsonFindings.wrongKind(element.where(), def.name, given, inArray ? { it: 'un oggetto', en: 'an object' } : expectedKind(def)));
    }
    element.parent?.children.push(element);
  }

  #unknown(element: JsonElement, name: string): void {
    const { def } = element;
    const near = nearest(name, [...def.children].map((one) => one.name));
    const elsewhere = near === undefined ? this.schema.elements.find((one) => one.name === name)?.parent?.path : undefined;
    this.report(jsonFindings.unknownProperty(element.whereOf(name), name, def.name, near, elsewhere));
  }
}
