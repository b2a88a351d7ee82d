import type { CodeTable, ElementDef, Particle, Text } from '../types.js';
import { type NamedContent, namedContents } from './places.js';

/** `document-types.ts`, written from the table; a spec compares the file with this. */

const HEAD = `/* Generated from the schema table (UPDATE_DOCS=1 npx vitest run --project unit src/fatturapa/schema); do not edit. Numbers are those of the specification, of either format. */

/** The JSON form of an ordinary invoice (FPA12, FPR12). Values are the exact strings of the document: decimals, dates and whole numbers too. */
export interface OrdinaryDocument {
  readonly FatturaElettronica: FatturaElettronica;
}

/** The JSON form of a simplified invoice (FSM10). */
export interface SimplifiedDocument {
  readonly FatturaElettronicaSemplificata: FatturaElettronicaSemplificata;
}

export type FatturaDocument = OrdinaryDocument | SimplifiedDocument;
`;

/** Numbers that a comment lists before it breaks off. */
const NUMBERS_SHOWN = 4;

function numbersOf(elements: readonly ElementDef[]): string {
  const numbers = [...new Set(elements.map((element) => element.number))].filter((number) => number !== '');
  return numbers.length > NUMBERS_SHOWN ? `${numbers.slice(0, NUMBERS_SHOWN).join(', ')}, ...` : numbers.join(', ');
}

/** The label of a content or of codes, where it is the same at every place. */
const commonLabel = (places: readonly ElementDef[]): string => (new Set(places.map((place) => place.label.it)).size === 1 && places[0] ? labelText(places[0].label) : '');

const comment = (...parts: readonly string[]): string => `/** ${parts.filter((part) => part !== '').join(' ')} */\n`;

const labelText = (label: Text): string => (label.it === label.en ? label.it : `${label.it} / ${label.en}`);

class TypesWriter {
  private readonly nameOf = new Map<ElementDef, string>();

  constructor(private readonly contents: readonly NamedContent[]) {
    for (const { name, places } of contents) for (const place of places) this.nameOf.set(place, name);
  }

  write(): string {
    return [HEAD, ...this.contents.map((content) => (content.places[0].type?.codes ? codesType(content, content.places[0].type.codes) : this.contentType(content)))].join('\n');
  }

  private contentType({ name, table, places }: NamedContent): string {
    const [first] = places;
    const placesOf = (child: ElementDef): ElementDef[] => places.flatMap((place) => place.child(child.name) ?? []);
    const attributes = first.parent
      ? []
      : table.attributes.map((attribute) => ({ name: attribute.name, optional: !attribute.required, type: attribute.type.codes ? unionOf(attribute.type.codes) : 'string' }));
    const fixed = [
      ...attributes.map((one) => `  /** Attribute of the root. */\n  readonly ${one.name}${one.optional ? '?' : ''}: ${one.type};\n`),
      ...first.content.flatMap((particle) => (particle.kind === 'element' ? [this.property(particle.element, placesOf(particle.element))] : [])),
    ].join('');
    const choices = first.content.flatMap((particle) => (particle.kind === 'choice' ? [this.choiceType(particle, placesOf)] : []));
    const said = comment(numbersOf(places), commonLabel(places));
    if (choices.length === 0) return `${said}export interface ${name} {\n${fixed}}\n`;
    return `${said}export type ${name} = {\n${fixed}} & (\n${choices.join('')});\n`;
  }

  private property(element: ElementDef, places: readonly ElementDef[]): string {
    const expected = element.type ? `: ${element.type.expected.en}` : '';
    const single = this.nameOf.get(element) ?? 'string';
    const type = element.max > 1 ? `readonly ${single}[]` : single;
    return `  ${comment(numbersOf(places), `${labelText(element.label)}${expected}`)}  readonly ${element.name}${element.min === 0 ? '?' : ''}: ${type};\n`;
  }

  /** Each alternative forbids the names of the others. */
  private choiceType(particle: Particle & { readonly kind: 'choice' }, placesOf: (element: ElementDef) => readonly ElementDef[]): string {
    const every = particle.alternatives.flat();
    return particle.alternatives
      .map((alternative) => {
        const others = every.filter((element) => !alternative.includes(element)).map((element) => `  readonly ${element.name}?: never;\n`);
        return `  | {\n${[...alternative.map((element) => this.property(element, placesOf(element))), ...others].join('').replace(/^ {2}/gm, '      ')}    }\n`;
      })
      .join('');
  }
}

const admitted = (codes: CodeTable) => codes.entries.filter((entry) => entry.inSchema);
const unionOf = (codes: CodeTable): string => admitted(codes).map((entry) => `'${entry.code}'`).join(' | ');

function codesType({ name, places }: NamedContent, codes: CodeTable): string {
  const lines = admitted(codes).map((entry) => `  /** ${labelText(entry.label)} */\n  | '${entry.code}'`);
  return `${comment(numbersOf(places), commonLabel(places))}export type ${name} =\n${lines.join('\n')};\n`;
}

export const documentTypesSource = (): string => new TypesWriter(namedContents()).write();
