import type { SimpleType } from '../../schema/types.js';

/** One JSON Schema object, in the words that OpenAPI 3.0 and JSON Schema 2020-12 share. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** XML Schema's names of character blocks, as ECMAScript's regular expressions (JSON Schema 6.4) write them. */
const BLOCKS: readonly (readonly [RegExp, string])[] = [
  [/\[\\p\{IsBasicLatin\}\\p\{IsLatin-1Supplement\}\]/g, '[\\u0000-\\u00FF]'],
  [/\\p\{IsBasicLatin\}/g, '[\\u0000-\\u007F]'],
];

/** The pattern of a type for JSON Schema, whose patterns match anywhere unless they are anchored. */
export function patternOf(pattern: string): string {
  return `^(?:${BLOCKS.reduce((text, [block, characters]) => text.replace(block, characters), pattern)})$`;
}

const FORMATS: Readonly<Partial<Record<SimpleType['base'], string>>> = { date: 'date', dateTime: 'date-time', base64Binary: 'byte' };

/** Always a string: JSON numbers are a short form that the service takes, not what it gives. */
export function simpleSchema(type: SimpleType): JsonSchema {
  const { base, codes, pattern, minLength, maxLength, expected } = type;
  if (codes) {
    const admitted = codes.entries.filter(({ inSchema }) => inSchema);
    const meanings = admitted.map(({ code, label }) => `- \`${code}\`: ${label.it} / ${label.en}`);
    return { type: 'string', enum: admitted.map(({ code }) => code), description: meanings.join('\n') };
  }
  const format = FORMATS[base];
  return {
    type: 'string',
    ...(minLength !== undefined && { minLength }),
    ...(maxLength !== undefined && { maxLength }),
    ...(base === 'integer' && { pattern: '^[0-9]+$' }),
    ...(pattern !== undefined && { pattern: patternOf(pattern) }),
    ...(format !== undefined && { format }),
    description: `${expected.it} / ${expected.en}`,
  };
}
