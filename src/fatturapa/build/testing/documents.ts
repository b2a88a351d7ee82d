import fc from 'fast-check';
import type { ElementDef, SchemaTable, SimpleType } from '../../schema/types.js';
import { buildXml } from '../build-xml.js';
import type { Buildable, BuildElement } from '../model.js';

/** Block names of XML Schema's expressions, as JavaScript writes them. */
const inJavaScript = (pattern: string): string =>
  pattern.replace(/\[\\p\{IsBasicLatin\}\\p\{IsLatin-1Supplement\}\]/g, '[\\u0020-\\u00FF]').replace(/\\p\{IsBasicLatin\}/g, '[\\u0020-\\u007F]');

const day = fc.integer({ min: 0, max: 40_000 }).map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
const digits = (min: number, max: number) => fc.stringMatching(new RegExp(`^[0-9]{${min},${max}}$`));

function candidates(type: SimpleType): fc.Arbitrary<string> {
  if (type.codes) return fc.constantFrom(...type.codes.entries.filter(({ inSchema }) => inSchema).map(({ code }) => code));
  switch (type.base) {
    case 'decimal':
      return fc.tuple(fc.constantFrom('', '-'), digits(1, 11), digits(1, 8)).map(([sign, whole, fraction]) => `${sign}${whole}.${fraction}`);
    case 'integer':
      return fc.integer({ min: Number(type.minValue ?? 0), max: Number(type.maxValue ?? 9999) }).map(String);
    case 'date':
      return fc.tuple(day, fc.constantFrom('', '', 'Z', '+01:00')).map(([date, zone]) => date + zone);
    case 'dateTime':
      return fc.tuple(day, fc.constantFrom('T00:00:00', 'T12:34:56', 'T12:34:00.250', 'T23:59:59+02:00')).map(([date, time]) => date + time);
    case 'base64Binary':
      return fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('base64'));
    default:
      if (type.pattern !== undefined) return fc.stringMatching(new RegExp(`^(?:${inJavaScript(type.pattern)})$`));
      return fc.string({ minLength: type.minLength ?? 0, maxLength: type.maxLength ?? 40, unit: fc.constantFrom(...'aZ09 <>&"\'éÀ/._-') });
  }
}

const VALUES = new Map<SimpleType, fc.Arbitrary<string>>();

/** A value of the type, as the schema sees it. */
function valueOf(type: SimpleType): fc.Arbitrary<string> {
  let values = VALUES.get(type);
  if (!values) {
    values = candidates(type)
      .map((text) => type.normalize(text))
      .filter((text) => text !== '' && type.accepts(text));
    VALUES.set(type, values);
  }
  return values;
}

/** How often an element stands in a document: 1 of 2 optional ones, repeated ones up to three times. */
function times(def: ElementDef): fc.Arbitrary<number> {
  return fc.integer({ min: def.min, max: def.max === 1 ? 1 : 3 });
}

function several(def: ElementDef, fixed: Fixed): fc.Arbitrary<BuildElement[]> {
  return times(def).chain((count) => fc.tuple(...Array.from({ length: count }, () => elementOf(def, fixed))));
}

type Fixed = Readonly<Record<string, string>>;

function elementOf(def: ElementDef, fixed: Fixed): fc.Arbitrary<BuildElement> {
  const { type } = def;
  if (type) return (fixed[def.name] === undefined ? valueOf(type) : fc.constant(fixed[def.name] ?? '')).map((value) => ({ def, value, children: [] }));
  const parts = def.content.map((particle) =>
    particle.kind === 'element'
      ? several(particle.element, fixed)
      : fc.constantFrom(...particle.alternatives).chain((alternative) => fc.tuple(...alternative.map((one) => several(one, fixed))).map((groups) => groups.flat())),
  );
  return fc.tuple(...parts).map((groups) => ({ def, value: '', children: groups.flat() }));
}

/** Documents with every element of the table now and then, each value of its type. A counterexample is shown as XML, as it was found. */
export function documentsOf(schema: SchemaTable): fc.Arbitrary<Buildable> {
  const documents = fc
    .tuple(fc.constantFrom(...schema.formati), fc.option(fc.constantFrom('Gestionale', 'a"<&\'>b'), { nil: undefined }))
    .chain(([formato, system]) => elementOf(schema.root, { FormatoTrasmissione: formato }).map((root) => ({ schema, versione: formato, ...(system !== undefined && { sistemaEmittente: system }), root })))
    .map((document) => Object.defineProperty(document, fc.toStringMethod, { value: () => buildXml(document).toString() }));
  return fc.noShrink(documents);
}
