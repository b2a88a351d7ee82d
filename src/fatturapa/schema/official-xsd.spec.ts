import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DOMParser, type Element as XmlElement } from '@xmldom/xmldom';
import { describe, expect, it } from 'vitest';
import { ORDINARY_TYPES, SIMPLIFIED_TYPES } from './simple-types.js';
import { ORDINARY, SIMPLIFIED, type ElementDef, type Particle, type SchemaTable, type SimpleType } from './index.js';

/** Proves the table equal to the official schemas, element by element and facet by facet. */

const XSD = path.resolve(__dirname, '../../../../shared/corpus/official/xsd');
const NAMESPACE = 'http://www.w3.org/2001/XMLSchema';

const FORMATS = [
  { table: ORDINARY, types: ORDINARY_TYPES, file: 'FatturaPA_v1.2.3.xsd' },
  { table: SIMPLIFIED, types: SIMPLIFIED_TYPES, file: 'FatturaSemplificata_VFSM10_v1.0.2.xsd' },
] as const;

class OfficialSchema {
  readonly root: XmlElement;

  constructor(file: string) {
    const document = new DOMParser().parseFromString(readFileSync(path.join(XSD, file), 'utf8').replace(/^\uFEFF/, ''), 'text/xml');
    this.root = document.documentElement!;
  }

  children(parent: XmlElement, ...names: string[]): XmlElement[] {
    return [...parent.childNodes].filter((node): node is XmlElement => node.nodeType === 1 && node.namespaceURI === NAMESPACE && names.includes(node.localName!));
  }

  named(kind: string, name: string): XmlElement | undefined {
    return this.children(this.root, kind).find((one) => one.getAttribute('name') === name);
  }

  names(kind: string): string[] {
    return this.children(this.root, kind).map((one) => one.getAttribute('name')!);
  }
}

/** A tree of what stands where, in a form that both sides can be brought into. */
interface Shape {
  name: string;
  min: number;
  max: number;
  type: string;
  default: string | undefined;
  content: (Shape | Shape[][])[];
}

const withoutPrefix = (type: string): string => type.replace(/^xs:/, '');

function officialShape(schema: OfficialSchema, element: XmlElement): Shape {
  const type = withoutPrefix(element.getAttribute('type')!);
  const complex = schema.named('complexType', type);
  const max = element.getAttribute('maxOccurs') ?? '1';
  // What this does not know of, the table does not say.
  expect([...element.attributes].map((one) => one.name).filter((name) => !['name', 'type', 'minOccurs', 'maxOccurs', 'default'].includes(name))).toEqual([]);
  return { name: element.getAttribute('name')!, min: Number(element.getAttribute('minOccurs') ?? 1), max: max === 'unbounded' ? Infinity : Number(max), type, default: element.getAttribute('default') ?? undefined, content: complex ? officialContent(schema, schema.children(complex, 'sequence')[0]!) : [] };
}

function officialContent(schema: OfficialSchema, sequence: XmlElement): Shape['content'] {
  const items = [...sequence.childNodes].filter((node): node is XmlElement => node.nodeType === 1);
  return items.flatMap((item): Shape['content'] => {
    if (item.localName === 'choice') {
      expect(item.attributes).toHaveLength(0);
      return [schema.children(item, 'sequence').map((one) => schema.children(one, 'element').map((element) => officialShape(schema, element)))];
    }
    expect(item.localName).toBe('element');
    // The enveloped signature is no part of the document's own content.
    return item.getAttribute('ref') === 'ds:Signature' ? [] : [officialShape(schema, item)];
  });
}

const ownContent = (particle: Particle): Shape | Shape[][] => (particle.kind === 'element' ? ownShape(particle.element) : particle.alternatives.map((one) => one.map(ownShape)));
const ownShape = (element: ElementDef): Shape => ({ name: element.name, min: element.min, max: element.max, type: element.typeName, default: element.default, content: element.content.map(ownContent) });

const BASES: Readonly<Record<string, { base: string; whiteSpace: string }>> = {
  'xs:string': { base: 'string', whiteSpace: 'preserve' },
  'xs:normalizedString': { base: 'string', whiteSpace: 'replace' },
  'xs:token': { base: 'string', whiteSpace: 'collapse' },
  'xs:decimal': { base: 'decimal', whiteSpace: 'collapse' },
  'xs:integer': { base: 'integer', whiteSpace: 'collapse' },
  // XML Schema collapses dates; libxml2 takes no white space around them, and it is the measure (see values/accept.spec.ts).
  'xs:date': { base: 'date', whiteSpace: 'preserve' },
};

/** The facets that the schema states, as `SimpleType` names them. */
function officialFacets(schema: OfficialSchema, type: XmlElement): Record<string, unknown> {
  const restriction = schema.children(type, 'restriction')[0]!;
  const facets: Record<string, unknown> = { ...BASES[restriction.getAttribute('base')!] };
  const codes: string[] = [];
  for (const facet of [...restriction.childNodes].filter((node): node is XmlElement => node.nodeType === 1)) {
    const value = facet.getAttribute('value')!;
    switch (facet.localName) {
      case 'enumeration': codes.push(value); break;
      case 'length': facets['minLength'] = facets['maxLength'] = Number(value); break;
      case 'minLength': case 'maxLength': facets[facet.localName] = Number(value); break;
      case 'minInclusive': facets['minValue'] = value; break;
      case 'maxInclusive': facets['maxValue'] = value; break;
      case 'pattern':
        expect(facets['pattern']).toBeUndefined();
        facets['pattern'] = value;
        break;
      case 'whiteSpace': facets['whiteSpace'] = value; break;
      default: throw new Error(`a facet that nobody knows: ${facet.localName}`);
    }
  }
  return codes.length > 0 ? { ...facets, codes } : facets;
}

/** Our facets without the lengths that we read out of a pattern, where the schema states none. */
function ownFacets(type: SimpleType, official: Record<string, unknown>): Record<string, unknown> {
  const { base, whiteSpace, minLength, maxLength, pattern, minValue, maxValue, codes } = type;
  const own = { base, whiteSpace, minLength, maxLength, pattern, minValue, maxValue, codes: codes?.entries.filter((entry) => entry.inSchema).map((entry) => entry.code) };
  if (pattern !== undefined && official['minLength'] === undefined) own.minLength = undefined;
  if (pattern !== undefined && official['maxLength'] === undefined) own.maxLength = undefined;
  return Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
}

const typesInUse = (table: SchemaTable): Set<string> => new Set([...table.elements, ...table.attributes.map(({ type }) => ({ type, typeName: type.name }))].filter((one) => one.type).map((one) => one.typeName));

describe.skipIf(!existsSync(XSD))('the table against the official schemas', () => {
  describe.each(existsSync(XSD) ? FORMATS : [])('$file', ({ table, types, file }) => {
    const schema = new OfficialSchema(file);
    const root = schema.children(schema.root, 'element')[0]!;

    it('is of the same version and namespace', () => {
      expect(table.version).toBe(schema.root.getAttribute('version'));
      expect(table.namespace).toBe(schema.root.getAttribute('targetNamespace'));
    });

    it('has the same elements in the same order, as often, of the same types', () => {
      expect(ownShape(table.root)).toEqual(officialShape(schema, root));
    });

    it('gives the same name to one content only', () => {
      const contents = new Map<string, unknown>();
      for (const element of table.elements.filter((one) => !one.type)) {
        const content = element.content.map(ownContent);
        expect(content).toEqual(contents.get(element.typeName) ?? content);
        contents.set(element.typeName, content);
      }
      expect([...contents.keys()].sort()).toEqual(schema.names('complexType').sort());
    });

    it('has the same attributes, at the root only', () => {
      const official = schema.names('complexType').flatMap((name) => schema.children(schema.named('complexType', name)!, 'attribute').map((one) => ({ of: name, name: one.getAttribute('name'), required: one.getAttribute('use') === 'required', type: one.getAttribute('type') })));
      expect(table.attributes.map(({ name, required, type }) => ({ of: table.root.typeName, name, required, type: type.name }))).toEqual(official);
    });

    it.each(schema.names('simpleType'))('%s has the same facets and the same codes in the same order', (name) => {
      const own = (types as Readonly<Record<string, SimpleType>>)[name];
      // The schema defines a few that no element uses.
      if (!own) return expect(typesInUse(table)).not.toContain(name);
      const official = officialFacets(schema, schema.named('simpleType', name)!);
      expect(ownFacets(own, official)).toEqual(official);
    });

    it('uses no simple type that the schema does not have', () => {
      const known = new Set([...schema.names('simpleType'), 'date', 'dateTime', 'base64Binary']);
      expect([...typesInUse(table)].filter((name) => !known.has(name))).toEqual([]);
    });
  });
});

if (!existsSync(XSD)) it.skip('the official schemas are not beside this checkout: the table is not compared with them', () => undefined);
