import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromJson } from './from-json.js';
import { JsonNumber } from './json-number.js';
import { parseJson } from './parse-json.js';

/** The value as JSON.parse has it. */
function plain(value: unknown): unknown {
  if (value instanceof JsonNumber) return Number(value.text);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const copy = {};
  for (const [name, inner] of Object.entries(value)) Object.defineProperty(copy, name, { value: plain(inner), enumerable: true, configurable: true, writable: true });
  return copy;
}

function valueOf(text: string): unknown {
  const parsing = parseJson(text);
  if (!parsing.ok) throw new Error(JSON.stringify(parsing.findings));
  return parsing.value;
}

function findingsOf(text: string) {
  const parsing = parseJson(text);
  if (parsing.ok) throw new Error('taken');
  for (const { message, fix } of parsing.findings) for (const said of [message.it, message.en, fix?.it, fix?.en]) expect(said).toMatch(/^\p{Lu}.*\.$/u);
  return parsing.findings;
}

const native = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

/** What any client may write: escapes where none are needed, and white space between all tokens. */
const texts = fc.oneof(
  fc.json({ stringUnit: 'binary', maxDepth: 5 }),
  fc.tuple(fc.jsonValue({ maxDepth: 5 }), fc.stringMatching(/^[ \t\n]{0,3}$/)).map(([value, indent]) => JSON.stringify(value, undefined, indent).replace(/[a-z]/g, (letter) => (letter > 'u' ? `\\u00${letter.charCodeAt(0).toString(16)}` : letter))),
  fc.array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '"a"', '"\\ud83d"', '\\', '1', '-', '0', '.5', 'e', 'E+', 'true', 'null', 'fals', ' ', '\n', '\u00a0', '\u2028', '\t', '"__proto__"'), { maxLength: 12 }).map((tokens) => tokens.join('')),
);

const mutated = fc.tuple(texts, fc.array(fc.tuple(fc.nat(), fc.constantFrom('', '{', '}', '[', ']', ',', ':', '"', '\\', '0', '1', '-', '+', '.', 'e', 'u', 't', ' ', '\r', '\n', '\u0000', '\u001f', '\u007f', '\ud83d', '/', "'", '\ufeff'), fc.nat({ max: 1 })), { minLength: 1, maxLength: 3 })).map(([text, changes]) =>
  changes.reduce((changed, [place, piece, over]) => {
    const at = place % (changed.length + 1);
    return changed.slice(0, at) + piece + changed.slice(at + over);
  }, text),
);

describe('a JSON text', () => {
  it('has the value that JSON.parse gives it', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary', maxDepth: 6 }), (text) => {
        const value = plain(valueOf(text));
        expect(isDeepStrictEqual(value, JSON.parse(text))).toBe(true);
        expect(JSON.stringify(value)).toBe(JSON.stringify(JSON.parse(text)));
      }),
      { numRuns: 500 },
    );
  });

  it('is taken exactly when JSON.parse takes it, but for what is refused of JSON', () => {
    let [taken, refused] = [0, 0];
    fc.assert(
      fc.property(fc.oneof(texts, mutated), (text) => {
        if (text.startsWith('\ufeff')) return;
        const expected = native(text);
        const parsing = parseJson(text);
        if (parsing.ok) {
          taken++;
          expect(expected && isDeepStrictEqual(plain(parsing.value), expected.value)).toBe(true);
        } else {
          refused++;
          const [code] = parsing.findings.map((finding) => finding.code);
          expect([text, code === 'malformed-json']).toEqual([text, expected === undefined]);
        }
      }),
      { numRuns: 5_000 },
    );
    expect(Math.min(taken, refused)).toBeGreaterThan(500);
  });

  it('keeps its numbers as they were written', () => {
    expect(valueOf('[1.50, 0.0000005, 1.99999999999999999999, -0, 6e1, 1E+400]')).toEqual(['1.50', '0.0000005', '1.99999999999999999999', '-0', '6e1', '1E+400'].map((text) => new JsonNumber(text)));
  });

  it('may begin with a byte order mark', () => {
    expect(valueOf('\ufeff{}')).toEqual({});
    expect(findingsOf('\ufeff\ufeff{}')[0]).toMatchObject({ code: 'malformed-json', line: 1, column: 1 });
  });

  it('says of a property named __proto__ what was written', () => {
    const value = valueOf('{"__proto__": {"x": true}, "constructor": null}');
    expect(Object.entries(value as object)).toEqual([['__proto__', { x: true }], ['constructor', null]]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('leaves halves of a pair to the reader of the document', () => {
    expect(valueOf('["\\ud83d", "\ud83d", "\\ud83d\\ude00"]')).toEqual(['\ud83d', '\ud83d', '😀']);
    expect(fromJson(valueOf('{"FatturaElettronica": {"versione": "FPR12", "SistemaEmittente": "\\ud83d"}}'))).toMatchObject({ ok: false, findings: [{ code: 'json-character' }] });
  });
});

describe('a text that is no JSON', () => {
  it.each([
    ['', 1, 1, 'un valore', 'the end'],
    ['  \n ', 2, 2, 'un valore', 'the end'],
    ['{', 1, 2, 'il nome di una proprietà', 'the end'],
    ['{"a":1,}', 1, 8, 'il nome di una proprietà', '"}"'],
    ['{a:1}', 1, 2, 'tra virgolette', '"a"'],
    ['{"a" 1}', 1, 6, 'due punti', '"1"'],
    ['{"a":}', 1, 6, 'un valore', '"}"'],
    ['{"a":1 "b":2}', 1, 8, 'una virgola', '"""'],
    ['{\r\n"a":1]', 2, 6, 'una virgola', '"]"'],
    ['[1,]', 1, 4, 'un valore', '"]"'],
    ['[1 2]', 1, 4, 'una virgola', '"2"'],
    ['[01]', 1, 3, 'una virgola', '"1"'],
    ['[-]', 1, 3, 'una cifra', '"]"'],
    ['[1.]', 1, 4, 'una cifra', '"]"'],
    ['[1e]', 1, 4, 'una cifra', '"]"'],
    ['[.5]', 1, 2, 'un valore', '"."'],
    ['[NaN]', 1, 2, 'un valore', '"N"'],
    ["['a']", 1, 2, 'un valore', '"\'"'],
    ['["a', 1, 4, 'le virgolette', 'the end'],
    ['["😀\n"]', 1, 4, 'sequenza', 'U+000A'],
    ['["\\x"]', 1, 4, 'sequenze', '"x"'],
    ['["\\u12g4"]', 1, 7, 'cifra esadecimale', '"g"'],
    ['{} {}', 1, 4, 'la fine', '"{"'],
    ['{}\u0000', 1, 3, 'la fine', 'U+0000'],
    ['[\ud83d]', 1, 2, 'un valore', 'U+D83D'],
  ])('%j is told by its place', (text, line, column, expected, found) => {
    const [finding, ...more] = findingsOf(text);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ code: 'malformed-json', severity: 'error', line, column });
    expect(finding?.message.it).toContain(expected);
    expect(finding?.message.en).toContain(found);
  });

  it('has the pointer of the place where it breaks', () => {
    expect(findingsOf('{"a": [1, {"b/c": tru}]}')[0]?.pointer).toBe('/a/1/b~1c');
  });
});

describe('a property given twice', () => {
  const general = (content: string) => `{"FatturaElettronica": {"versione": "FPR12", "FatturaElettronicaBody": [{}, {"DatiGenerali": {"DatiGeneraliDocumento": ${content}}}]}}`;
  const said = (text: string) => findingsOf(text).map(({ code, pointer, path }) => `${code} ${pointer} ${path}`);

  it.each([
    ['a value', general('{"Divisa":"USD","Divisa":"EUR"}'), 'json-duplicate-key /FatturaElettronica/FatturaElettronicaBody/1/DatiGenerali/DatiGeneraliDocumento/Divisa /FatturaElettronica/FatturaElettronicaBody[2]/DatiGenerali/DatiGeneraliDocumento/Divisa'],
    ['the same value', general('{"Divisa":"EUR","Divisa":"EUR"}'), 'json-duplicate-key /FatturaElettronica/FatturaElettronicaBody/1/DatiGenerali/DatiGeneraliDocumento/Divisa /FatturaElettronica/FatturaElettronicaBody[2]/DatiGenerali/DatiGeneraliDocumento/Divisa'],
    ['a name written with escapes', general('{"Divisa":"USD","\\u0044ivisa":"EUR"}'), 'json-duplicate-key /FatturaElettronica/FatturaElettronicaBody/1/DatiGenerali/DatiGeneraliDocumento/Divisa /FatturaElettronica/FatturaElettronicaBody[2]/DatiGenerali/DatiGeneraliDocumento/Divisa'],
    ['null', general('{"Divisa":null,"Divisa":"EUR"}'), 'json-duplicate-key /FatturaElettronica/FatturaElettronicaBody/1/DatiGenerali/DatiGeneraliDocumento/Divisa /FatturaElettronica/FatturaElettronicaBody[2]/DatiGenerali/DatiGeneraliDocumento/Divisa'],
    ['an element of one that may repeat', general('{"Causale":"a","Causale":"b"}'), 'json-duplicate-key /FatturaElettronica/FatturaElettronicaBody/1/DatiGenerali/DatiGeneraliDocumento/Causale /FatturaElettronica/FatturaElettronicaBody[2]/DatiGenerali/DatiGeneraliDocumento/Causale[1]'],
    ['a name that the schema does not have', general('{"x/y":1,"x/y":2}'), 'json-duplicate-key /FatturaElettronica/FatturaElettronicaBody/1/DatiGenerali/DatiGeneraliDocumento/x~1y /FatturaElettronica/FatturaElettronicaBody[2]/DatiGenerali/DatiGeneraliDocumento'],
    ['an attribute', '{"FatturaElettronica": {"versione": "FPR12", "versione": "FPA12"}}', 'json-duplicate-key /FatturaElettronica/versione /FatturaElettronica/@versione'],
    ['the wrapper', '{"FatturaElettronica": {}, "FatturaElettronica": {}}', 'json-duplicate-key /FatturaElettronica /FatturaElettronica'],
    ['without a wrapper', '{"versione": "FPR12", "FatturaElettronicaBody": {"DatiGenerali": 1, "DatiGenerali": 2}}', 'json-duplicate-key /FatturaElettronicaBody/DatiGenerali /FatturaElettronica/FatturaElettronicaBody[1]/DatiGenerali'],
    ['in what is no invoice', '[{"a":1,"a":1}]', 'json-duplicate-key /0/a undefined'],
    ['__proto__', '{"__proto__":1,"__proto__":2}', 'json-duplicate-key /__proto__ undefined'],
  ])('%s', (_, text, expected) => expect(said(text)).toEqual([expected]));

  it('is told with line and column, once for each, up to 50', () => {
    expect(findingsOf('{"a":1,\n "a":2, "a":3}').map(({ line, column }) => [line, column])).toEqual([[2, 2], [2, 9]]);
    expect(findingsOf(`{${Array.from({ length: 1_000 }, () => '"a":1').join(',')}}`)).toHaveLength(50);
  });

  it('is not a name that only looks the same, or stands elsewhere', () => {
    expect(plain(valueOf('{"a":1,"A":{"a":1},"b":[{"a":1},{"a":1}],"toString":1}'))).toEqual({ a: 1, A: { a: 1 }, b: [{ a: 1 }, { a: 1 }], toString: 1 });
  });
});

describe('numbers of a document', () => {
  const sent = (number: string, name = 'Quantita') => fromJson(valueOf(`{"FatturaElettronica": {"versione": "FPR12", "FatturaElettronicaBody": {"DatiBeniServizi": {"DettaglioLinee": {"${name}": ${number}}}}}}`));

  it.each(['1.99999999999999999999', '2.0000000000000000001', '2e0', '6e1', '6E1', '1e400', '1.0e-7', '1234567890123456', '9007199254740993', '0.1234567890123456'])('refuses %s, which is not exact', (number) => {
    expect(sent(number)).toMatchObject({ ok: false, findings: [{ code: 'json-number', value: number, pointer: '/FatturaElettronica/FatturaElettronicaBody/DatiBeniServizi/DettaglioLinee/Quantita' }] });
  });

  it.each([
    ['2', '2.00'],
    ['1.50', '1.50'],
    ['1.5', '1.50'],
    ['0.0000005', '0.0000005'],
    ['0.00000050', '0.00000050'],
    ['999999999999.123', '999999999999.123'],
    ['1.234567890', '1.234567890'],
  ])('takes %s as %s', (number, text) => {
    const reading = sent(number);
    expect(reading.ok ? reading.xml.toString() : reading.findings).toContain(`<Quantita>${text}</Quantita>`);
  });

  it('does not take a number for text or for an object', () => {
    expect(sent('12', 'Descrizione')).toMatchObject({ ok: false, findings: [{ code: 'json-kind', value: '12', message: { en: 'Descrizione: it is a number and must be a string.' } }] });
    expect(sent('12', 'CodiceArticolo')).toMatchObject({ ok: false, findings: [{ code: 'json-kind', value: '12' }] });
    expect(fromJson(valueOf('12'))).toMatchObject({ ok: false, findings: [{ code: 'json-root' }] });
  });

  it('shows no more of a number than anyone reads', () => {
    const reading = sent('1'.repeat(1_000_000));
    expect(JSON.stringify(reading).length).toBeLessThan(2_000);
  });
});

describe('a text of any size', () => {
  it('is refused where it is deeper than any invoice', () => {
    for (const text of ['['.repeat(100_000), '['.repeat(100_000) + ']'.repeat(100_000), '{"a":'.repeat(100_000)]) expect(findingsOf(text)).toMatchObject([{ code: 'json-depth', line: 1 }]);
    expect(plain(valueOf('['.repeat(256) + ']'.repeat(256)))).toEqual(JSON.parse('['.repeat(256) + ']'.repeat(256)));
    expect(findingsOf('['.repeat(257) + ']'.repeat(257))).toMatchObject([{ code: 'json-depth', column: 257 }]);
  });

  const MANY = 5_000_000;
  it.each<[string, () => string]>([
    ['one string', () => `"${'a'.repeat(MANY)}"`],
    ['escapes', () => `"${'\\n'.repeat(MANY / 2)}"`],
    ['a string without an end', () => `"${'\\u0041'.repeat(MANY / 6)}`],
    ['one number', () => '1'.repeat(MANY)],
    ['numbers', () => `[${'1,'.repeat(MANY / 2)}1]`],
    ['lines', () => `${'\n'.repeat(MANY)}[`],
    ['names', () => `{${Array.from({ length: MANY / 12 }, (_, i) => `"${i}x":1`).join(',')}}`],
    ['the same name', () => `{${'"a":1,'.repeat(MANY / 6)}"a":1}`],
    ['the same name on its own line', () => `{${'"a":1,\n'.repeat(MANY / 7)}"a":1}`],
    ['empty objects', () => `[${'{},'.repeat(MANY / 3)}{}]`],
  ])('is read in time that grows with it: %s', (_, make) => {
    const text = make();
    const start = performance.now();
    parseJson(text);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
