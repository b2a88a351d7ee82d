import { CODE_TABLES, FREE_TEXT_CODES } from '../code-tables.js';
import { ORDINARY_TYPES, SIMPLIFIED_TYPES } from '../simple-types.js';
import type { CodeEntry, ElementDef, SchemaTable, SimpleType } from '../types.js';
import { TABLES } from './places.js';

/** `docs/schema.md`, written from the table; a spec compares the file with this. */

const FORMATS: Readonly<Record<SchemaTable['kind'], { readonly title: string; readonly file: string; readonly anchor: string }>> = {
  ordinary: { title: 'Ordinary invoice (FPA12, FPR12)', file: 'FatturaPA_v1.2.3.xsd', anchor: 'ordinary' },
  simplified: { title: 'Simplified invoice (FSM10)', file: 'FatturaSemplificata_VFSM10_v1.0.2.xsd', anchor: 'simplified' },
};

const cell = (text: string): string => text.replaceAll('|', '\\|');
const code = (text: string): string => `\`${text}\``;
const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const grid = (head: readonly string[], rows: readonly (readonly string[])[]): string => [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');

/** As the specification writes it: `<0.N>`. */
const cardinality = ({ min, max }: ElementDef): string => `${min}.${max === Infinity ? 'N' : max}`;

/** The alternative of a choice that an element belongs to: `A`, `B`; empty for elements outside choices. */
function alternativeOf(element: ElementDef): string {
  for (const particle of element.parent?.content ?? []) {
    if (particle.kind === 'element') continue;
    const index = particle.alternatives.findIndex((alternative) => alternative.includes(element));
    if (index >= 0) return ` (either ${String.fromCharCode('A'.charCodeAt(0) + index)})`;
  }
  return '';
}

const depthOf = (element: ElementDef): number => (element.parent ? depthOf(element.parent) + 1 : 0);

/** A type whose facets differ between the formats has an entry for each. */
const typeAnchor = (type: SimpleType, table: SchemaTable): string => `type-${type.name.toLowerCase()}${isOwn(type) && table.kind === 'simplified' ? '-fsm10' : ''}`;
const isOwn = (type: SimpleType): boolean => SIMPLIFIED_TYPES[type.name as keyof typeof SIMPLIFIED_TYPES] !== ORDINARY_TYPES[type.name as keyof typeof ORDINARY_TYPES];

function elementRow(element: ElementDef, table: SchemaTable): readonly string[] {
  const { type, label } = element;
  const notes = type ? `[${type.name}](#${typeAnchor(type, table)})${element.default === undefined ? '' : `, ${code(element.default)} when empty`}` : '';
  return [element.number, `${'&emsp;'.repeat(depthOf(element))}${code(element.name)}${alternativeOf(element)}`, cardinality(element), notes, cell(label.it), cell(label.en)];
}

function formatSection(table: SchemaTable): string {
  const { title, file } = FORMATS[table.kind];
  const attributes = table.attributes.map(({ name, required, type }) => `- ${code(name)}${required ? '' : ' (optional)'}: [${type.name}](#${typeAnchor(type, table)}), ${type.expected.en}`);
  return [
    `## ${title}`,
    `Schema ${table.version} (${code(file)}), namespace ${code(table.namespace)}, root element ${code(table.root.name)}. After its last element it may hold the enveloped ${code('ds:Signature')}.`,
    `Attributes of the root:`,
    attributes.join('\n'),
    grid(['Number', 'Element', 'Times', 'Type', 'Italian label', 'English label'], table.elements.map((element) => elementRow(element, table))),
  ].join('\n\n');
}

function facetsOf(type: SimpleType): string {
  const { minLength, maxLength } = type;
  const characters = maxLength === 1 ? 'character' : 'characters';
  const span = minLength === maxLength ? '' : minLength === undefined ? 'up to ' : `${minLength} to `;
  const length = maxLength === undefined ? [] : [`${span}${maxLength} ${characters}`];
  const pattern = type.pattern === undefined ? [] : [`pattern ${code(cell(type.pattern))}`];
  const ends = [type.minValue === undefined ? '' : `from ${type.minValue}`, type.maxValue === undefined ? '' : `to ${type.maxValue}`].filter((end) => end !== '');
  const bounds = ends.length > 0 ? [ends.join(' ')] : [];
  const codes = type.codes ? [`codes [${type.codes.name}](#${codesAnchor(type.codes)})`] : [];
  return [...length, ...pattern, ...bounds, ...codes].join(', ');
}

function typeSection(): string {
  const used = TABLES.flatMap((table) => [...table.attributes, ...table.elements].flatMap(({ type }) => (type ? [{ type, table }] : [])));
  const byAnchor = new Map(used.map(({ type, table }) => [typeAnchor(type, table), { type, table }]));
  const rows = [...byAnchor]
    .sort(([, one], [, other]) => one.type.name.localeCompare(other.type.name, 'en'))
    .map(([anchor, { type, table }]) => [
      `<a id="${anchor}"></a>${code(type.name)}${isOwn(type) ? ` (${FORMATS[table.kind].anchor})` : ''}`,
      type.base,
      type.whiteSpace,
      facetsOf(type),
      cell(type.expected.it),
      cell(type.expected.en),
    ]);
  return [
    '## Types of values',
    'White space is treated before a value is judged: `preserve` leaves it, `replace` makes each tab and line break a space, `collapse` also joins spaces and drops them at both ends. The verdict on every value is that of libxml2 with the official schema, which is why dates take no white space around them.',
    grid(['Type', 'Base', 'White space', 'Facets', 'A value must be (Italian)', 'A value must be (English)'], rows),
  ].join('\n\n');
}

const entries = Object.entries(CODE_TABLES);
const codesAnchor = (table: NonNullable<SimpleType['codes']>): string => `codes-${(entries.find(([, one]) => one === table)?.[0] ?? table.name).toLowerCase()}`;

function codeRow({ code: value, label, since, until, inSchema }: CodeEntry): readonly string[] {
  return [code(value), cell(label.it), cell(label.en), since ?? '', until ?? '', inSchema ? 'yes' : 'no'];
}

const codesSection = (): string =>
  [
    '## Codes',
    'Since and until are versions of the format; a date is the last day on which SdI takes the code. What is not in the schema in force is kept for reading older files.',
    ...entries.map(([name, table]) => `### <a id="codes-${name.toLowerCase()}"></a>${name}\n\n${grid(['Code', 'Italian', 'English', 'Since', 'Until', 'In the schema'], table.entries.map(codeRow))}`),
    '## Agreed values of free texts',
    'These elements take any text; for the following the specification says what is meant.',
    ...Object.entries(FREE_TEXT_CODES).map(([name, table]) => `### ${name}\n\n${grid(['Value', 'Italian', 'English'], table.entries.map((entry) => [code(entry.code), cell(entry.label.it), cell(entry.label.en)]))}`),
  ].join('\n\n');

export function schemaDocument(): string {
  return `${[
    '# The documents: elements, types and codes',
    'Written from the schema table (`src/fatturapa/schema`), which a test compares with the official schemas element by element; the numbers are those of the specification. The JSON form has the same names in the same places (`src/fatturapa/schema/document-types.ts`). "Times" is how often an element may stand in its parent: `0.1` at most once, `1.N` once or more. Of elements marked "either A" and "either B" one group stands, not both.',
    ...TABLES.map(formatSection),
    typeSection(),
    codesSection(),
  ].join('\n\n')}\n`;
}
