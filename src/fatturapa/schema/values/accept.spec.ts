import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ORDINARY_TYPES, SIMPLIFIED_TYPES, type SimpleTypes } from '../simple-types.js';
import type { SimpleType } from '../types.js';

/** Each simple type against libxml2 with the official definition of that type: the same verdict on every value. */

const XSD = path.resolve(__dirname, '../../../../../shared/corpus/official/xsd');
const present = existsSync(XSD);

type Oracle = (type: string, value: string) => boolean;

/** A schema of the official simple types alone, each with an element of its own name. */
async function oracle(file: string, types: SimpleTypes): Promise<Oracle> {
  const { XmlDocument, XsdValidator } = await import('libxml2-wasm');
  const official = [...readFileSync(path.join(XSD, file), 'utf8').matchAll(/<xs:simpleType name="(\w+)">[^]*?<\/xs:simpleType>/g)];
  const own = new Set(official.map((match) => match[1]));
  const elements = Object.keys(types).filter((name) => own.has(name) || /^[a-z]/.test(name));
  const schema = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${official.map((match) => match[0]).join('')}${elements.map((name) => `<xs:element name="${name}" type="${own.has(name) ? '' : 'xs:'}${name}"/>`).join('')}</xs:schema>`;
  using document = XmlDocument.fromString(schema);
  const validator = XsdValidator.fromDoc(document);
  return (type, value) => {
    using instance = XmlDocument.fromString(`<${type}>${value.replace(/[^ -%'-;=?-~]/gu, (character) => `&#${character.codePointAt(0)};`)}</${type}>`);
    try {
      validator.validate(instance);
      return true;
    } catch {
      return false;
    }
  };
}

/** Characters around every limit that a facet draws, all allowed in XML. */
const CHARACTERS = [...'aAzZIN09128 .,-+:;@"\'\\[]()/=_~^!#?&<>\t\n\r', '\u007f', '\u0080', '\u0085', '\u00a0', 'é', 'ÿ', 'Ā', '€', '’', '\u2028', '\ud7ff', '\ufffd', '😀', '\u{10ffff}'];
const character = fc.constantFrom(...CHARACTERS);

const EXAMPLES: Readonly<Record<SimpleType['base'], readonly string[]>> = {
  string: ['IT', 'RM', 'EUR', '00184', 'ABC1234', '01234567890', 'RSSMRA80A01H501U', 'IT60X0542811101000000123456', 'BITAITRRXXX', 'BITAITRR', 'a.b@c.de', '"[]!#-x\\y"@b.c', 'info@[10.0.0.1]', 'aa@b.cc', 'Via Roma 1'],
  decimal: ['0.00', '-1.50', '12345678901.00', '123456789012.12345678', '100.00', '100.01', '99.99', '022.00', '1234.5'],
  integer: ['0', '1', '999', '1000', '9999', '10000', '+1', '-1', '-0', '007', '0000000000000001'],
  date: ['2024-02-29', '1970-01-01', '1969-12-31', '1970-01-01Z', '1970-01-01-00:01', '1970-01-01+14:00', '1970-01-02+14:00', '1900-02-29', '2000-02-29', '-0004-02-29', '12024-12-31', '0001-01-01', '0000-01-01', '2147483647-01-01', '2147483648-01-01', '5867441-01-01', '5867442-01-01'],
  dateTime: ['2024-02-29T23:59:59', '2024-01-01T24:00:00', '2024-01-01T24:00:00.000', '2024-01-01T12:00:00.5+14:00', '2024-01-01T12:00:00Z', `2024-01-01T12:00:59.${'9'.repeat(13)}`, `2024-01-01T12:00:59.${'9'.repeat(14)}`],
  base64Binary: ['', 'QQ==', 'QUI=', 'QUJD', 'QUJD QUJD\n', 'QR==', 'QUJ=', '====', 'Q'],
};

interface Edit {
  readonly at: number;
  readonly drop: number;
  readonly put: string;
}

const edits: fc.Arbitrary<Edit[]> = fc.array(fc.record({ at: fc.nat(40), drop: fc.constantFrom(0, 0, 1, 2), put: fc.oneof(fc.constant(''), character, fc.constantFrom('0', '9', 'Z', 'A', '=', ' ')) }), { maxLength: 3 });

function edited(value: string, list: readonly Edit[]): string {
  const characters = [...value];
  for (const { at, drop, put } of list) characters.splice(at % (characters.length + 1), drop, put);
  return characters.join('');
}

const two = (top: number): fc.Arbitrary<string> => fc.oneof(fc.nat(top), fc.nat(99)).map((number) => String(number).padStart(2, '0'));
const zone = fc.oneof(fc.constantFrom('', '', 'Z'), fc.tuple(fc.constantFrom('+', '-'), two(14), two(59)).map(([sign, hours, minutes]) => `${sign}${hours}:${minutes}`));
const day = fc.tuple(fc.oneof(fc.constantFrom('1969', '1970', '2023', '2024', '0000', '-0001', '10000'), fc.nat(99999).map(String)), two(13), two(32)).map((parts) => parts.join('-'));
const shaped: Partial<Record<SimpleType['base'], fc.Arbitrary<string>>> = {
  date: fc.tuple(day, zone).map((parts) => parts.join('')),
  dateTime: fc.tuple(day, two(25), two(60), two(60), fc.oneof(fc.constant(''), fc.stringMatching(/^\.[0-9]{0,20}$/)), zone).map(([date, hours, minutes, seconds, fraction, offset]) => `${date}T${hours}:${minutes}:${seconds}${fraction}${offset}`),
  integer: fc.tuple(fc.constantFrom('', '', '+', '-'), fc.constantFrom('', '0', '000'), fc.oneof(fc.nat(12000), fc.bigInt({ min: 0n })).map(String)).map((parts) => parts.join('')),
  decimal: fc.tuple(fc.constantFrom('', '', '-', '+'), fc.stringMatching(/^[0-9]{0,13}$/), fc.constantFrom('.', '.', ',', ''), fc.stringMatching(/^[0-9]{0,9}$/)).map((parts) => parts.join('')),
  base64Binary: fc.stringMatching(/^[AQgw+/= \n]{0,12}[=]{0,3}[ !é]{0,2}$/u),
};

/** Values that are of the type, that just are, that just are not, and some that are nothing of the kind. */
function values(type: SimpleType): fc.Arbitrary<string> {
  const limits = [type.minLength ?? 1, type.maxLength ?? 20].flatMap((limit) => [limit - 1, limit, limit + 1]).filter((length) => length >= 0);
  const filled = fc.tuple(fc.constantFrom(...limits), fc.oneof(fc.constantFrom('a', 'A', '7', ' ', 'é', '😀'), character)).map(([length, one]) => one.repeat(length));
  const ofPattern = type.pattern === undefined || type.pattern.includes('\\p') ? [] : [fc.stringMatching(new RegExp(`^(?:${type.pattern})$`, 'u'))];
  const ofShape = shaped[type.base] ?? fc.string({ unit: character, maxLength: 24 });
  const known = fc.constantFrom(...EXAMPLES[type.base]);
  const ofCodes = type.codes ? [fc.constantFrom(...type.codes.entries.map((entry) => entry.code))] : [];
  const clean = fc.oneof(known, ...ofCodes, filled, ofShape, ...ofPattern);
  return fc.oneof(clean, fc.tuple(clean, edits).map(([value, list]) => edited(value, list)), fc.tuple(clean, fc.constantFrom(' ', '\n', '\t ', '  ')).map(([value, blank]) => blank + value + blank));
}

describe.each(
  present
    ? [
        { file: 'FatturaPA_v1.2.3.xsd', types: ORDINARY_TYPES },
        { file: 'FatturaSemplificata_VFSM10_v1.0.2.xsd', types: SIMPLIFIED_TYPES },
      ]
    : [],
)('simple types of $file', ({ file, types }) => {
  let isValid: Oracle;
  beforeAll(async () => {
    isValid = await oracle(file, types);
  });
  const source = readFileSync(path.join(XSD, file), 'utf8');
  const known = Object.values<SimpleType>(types).filter(({ name }) => /^[a-z]/.test(name) || source.includes(`<xs:simpleType name="${name}">`));

  it.each(known.map((type) => [type.name, type] as const))('%s has the verdict of libxml2', (name, type) => {
    const runs = Number(process.env['SCHEMA_RUNS'] ?? 150);
    const verdicts = new Set<boolean>();
    const agrees = (value: string): boolean => {
      const valid = isValid(name, value);
      verdicts.add(valid);
      return type.accepts(type.normalize(value)) === valid;
    };
    fc.assert(fc.property(values(type), agrees), { numRuns: runs });
    expect([...verdicts].sort()).toEqual([false, true]);
  });

  it.each(known.map((type) => [type.name, type] as const))('%s: the examples in the text of what is expected are valid', (name, type) => {
    for (const text of [type.expected.it, type.expected.en]) {
      const example = /(?:per esempio|for example) ([^ ),]+)/.exec(text)?.[1];
      if (example !== undefined && example !== '€') expect({ name, example, valid: type.accepts(example) && isValid(name, example) }).toEqual({ name, example, valid: true });
    }
  });
});

if (!present) it.skip('the official schemas are not beside this checkout: no verdict is compared with libxml2', () => undefined);
