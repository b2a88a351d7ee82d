import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildXml } from '../build/build-xml.js';
import { documentsOf } from '../build/testing/documents.js';
import { ORDINARY, SIMPLIFIED } from '../schema/index.js';
import { fromJson } from './from-json.js';
import { toJson } from './to-json.js';

const TABLES = [ORDINARY, SIMPLIFIED];

/** The XML of a form that must be taken. */
function built(form: unknown): string {
  const reading = fromJson(form);
  if (!reading.ok) throw new Error(JSON.stringify(reading.findings));
  return reading.xml.toString();
}

/** Code, JSON pointer and XPath of each finding of a form that must be refused. */
function refusals(form: unknown): string[] {
  const reading = fromJson(form);
  if (reading.ok) throw new Error(`taken: ${reading.xml.toString()}`);
  for (const { message, fix } of reading.findings) for (const text of [message.it, message.en, fix?.it, fix?.en]) expect(text).toMatch(/\.$/);
  return reading.findings.map(({ code, pointer, path }) => `${code} ${pointer} ${path}`);
}

const line = (more: object = {}) => ({ Descrizione: 'Consulenza', PrezzoUnitario: '100.00', PrezzoTotale: '100.00', AliquotaIVA: '22.00', ...more });
const invoice = (lines: unknown, versione: string | undefined = 'FPR12') => ({ FatturaElettronica: { ...(versione && { versione }), FatturaElettronicaHeader: { DatiTrasmissione: { ProgressivoInvio: '1' } }, FatturaElettronicaBody: [{ DatiBeniServizi: { DettaglioLinee: lines } }] } });

describe('XML to JSON to XML', () => {
  it.each(TABLES)('keeps every value and the order, $kind', (schema) => {
    fc.assert(
      fc.property(documentsOf(schema), (document) => {
        const xml = buildXml(document).toString();
        expect(built(toJson(document))).toBe(xml);
        expect(built(JSON.parse(JSON.stringify(toJson(document))))).toBe(xml);
      }),
      { numRuns: 100 },
    );
  });

  it('writes an array wherever an element may repeat, and a string for every value', () => {
    const goods = '/FatturaElettronica/FatturaElettronicaBody/0/DatiBeniServizi/DettaglioLinee/0/NumeroLinea'.split('/').slice(1);
    const reading = fromJson(invoice(line()));
    const json = reading.ok ? toJson(reading.model) : {};
    expect(goods.reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], json)).toBe('1');
  });

  it('takes the properties in any order', () => {
    const reversed = (value: unknown): unknown =>
      Array.isArray(value) ? value.map(reversed) : typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).reverse().map(([name, inner]) => [name, reversed(inner)])) : value;
    fc.assert(
      fc.property(documentsOf(ORDINARY), (document) => {
        expect(built(reversed(toJson(document)))).toBe(buildXml(document).toString());
      }),
      { numRuns: 25 },
    );
  });
});

describe('short forms', () => {
  const full = built(invoice([line({ NumeroLinea: '1' })]));

  it.each<[string, unknown]>([
    ['one element instead of an array of one', invoice(line({ NumeroLinea: '1' }))],
    ['lines without numbers', invoice([line()])],
    ['numbers', invoice([line({ NumeroLinea: 1, PrezzoUnitario: 100, PrezzoTotale: 100, AliquotaIVA: 22 })])],
    ['decimals without their zeros', invoice([line({ PrezzoUnitario: '100', PrezzoTotale: '100.0', AliquotaIVA: '22' })])],
    ['null for what is not there', invoice([line({ Natura: null, ScontoMaggiorazione: null })])],
    ['an empty array for what is not there', invoice([line({ ScontoMaggiorazione: [] })])],
    ['no wrapper', invoice([line()]).FatturaElettronica],
    ['FormatoTrasmissione without versione', { FatturaElettronica: { ...invoice([line()]).FatturaElettronica, versione: undefined, FatturaElettronicaHeader: { DatiTrasmissione: { FormatoTrasmissione: 'FPR12', ProgressivoInvio: '1' } } } }],
  ])('%s', (_, form) => expect(built(form)).toBe(full));

  it('numbers the lines of each body on its own', () => {
    const { FatturaElettronica } = invoice([line(), line()]);
    const xml = built({ FatturaElettronica: { ...FatturaElettronica, FatturaElettronicaBody: [...FatturaElettronica.FatturaElettronicaBody, ...invoice([line()]).FatturaElettronica.FatturaElettronicaBody] } });
    expect([...xml.matchAll(/<NumeroLinea>(\d+)</g)].map(([, number]) => number)).toEqual(['1', '2', '1']);
  });

  it('knows the simplified format by its wrapper', () => {
    const xml = built({ FatturaElettronicaSemplificata: { FatturaElettronicaHeader: { DatiTrasmissione: { ProgressivoInvio: '1' } } } });
    expect(xml).toContain('versione="FSM10"');
    expect(xml).toContain('<FormatoTrasmissione>FSM10</FormatoTrasmissione>');
    expect(built({ versione: 'FSM10', FatturaElettronicaHeader: {} })).toContain('<p:FatturaElettronicaSemplificata ');
  });

  it('leaves a value alone that zeros do not make right, for the validator to see', () => {
    expect(built(invoice([line({ AliquotaIVA: '22.123', PrezzoUnitario: 'gratis', PrezzoTotale: '100.' })]))).toMatch(/<PrezzoUnitario>gratis<.*\n.*<PrezzoTotale>100\.<.*\n.*<AliquotaIVA>22\.123</);
  });

  it('keeps what two places say differently: that is a check of its own (00428)', () => {
    const { FatturaElettronica } = invoice([line()], 'FPA12');
    const xml = built({ FatturaElettronica: { ...FatturaElettronica, FatturaElettronicaHeader: { DatiTrasmissione: { FormatoTrasmissione: 'FPR12' } } } });
    expect(xml).toMatch(/versione="FPA12"[\s\S]*<FormatoTrasmissione>FPR12</);
  });

  it('tells an empty string from nothing', () => {
    expect(built(invoice([line({ UnitaMisura: '' })]))).toContain('<UnitaMisura/>');
  });
});

describe('what is refused', () => {
  const LINE = '/FatturaElettronica/FatturaElettronicaBody/0/DatiBeniServizi/DettaglioLinee/0';
  const XPATH = '/FatturaElettronica/FatturaElettronicaBody[1]/DatiBeniServizi/DettaglioLinee[1]';

  it.each<[string, unknown, string]>([
    ['no object', 'x', 'json-root  undefined'],
    ['null', null, 'json-root  undefined'],
    ['an array', [], 'json-root  undefined'],
    ['an empty object', {}, 'json-root  undefined'],
    ['two documents', { FatturaElettronica: {}, FatturaElettronicaSemplificata: {} }, 'json-root  undefined'],
    ['a stranger beside the wrapper', { FatturaElettronica: {}, allegato: 'x' }, 'json-unknown-property /allegato undefined'],
    ['no format', invoice([line()], ''), 'json-format /FatturaElettronica /FatturaElettronica'],
    ['no wrapper and no format', invoice([line()], '').FatturaElettronica, 'json-format  undefined'],
    ['no wrapper and a format that does not exist', { versione: 'FPX', FatturaElettronicaHeader: {} }, 'json-format  undefined'],
    ['a wrapper that holds no object', { FatturaElettronica: 'x' }, 'json-kind /FatturaElettronica /FatturaElettronica'],
    ['an attribute that is no string', { FatturaElettronica: { versione: 12 } }, 'json-kind /FatturaElettronica/versione /FatturaElettronica/@versione'],
    ['an unknown property', invoice([line({ Prezzo: '1' })]), `json-unknown-property ${LINE}/Prezzo ${XPATH}`],
    ['a property of every object', invoice([line({ constructor: '1' })]), `json-unknown-property ${LINE}/constructor ${XPATH}`],
    ['a name that a pointer must escape', invoice([line({ 'a/b~c': '1' })]), `json-unknown-property ${LINE}/a~1b~0c ${XPATH}`],
    ['an array where there is one', invoice([line({ Descrizione: ['a'] })]), `json-kind ${LINE}/Descrizione ${XPATH}/Descrizione`],
    ['an object where there is text', invoice([line({ Descrizione: {} })]), `json-kind ${LINE}/Descrizione ${XPATH}/Descrizione`],
    ['true', invoice([line({ Descrizione: true })]), `json-kind ${LINE}/Descrizione ${XPATH}/Descrizione`],
    ['a number where there is text', invoice([line({ UnitaMisura: 1 })]), `json-kind ${LINE}/UnitaMisura ${XPATH}/UnitaMisura`],
    ['text where there is an object', invoice(['x']), `json-kind ${LINE} ${XPATH}`],
    ['null in an array', invoice([null]), `json-kind ${LINE} ${XPATH}`],
    ['an array in an array', invoice([[]]), `json-kind ${LINE} ${XPATH}`],
    ['a number of more digits than a double holds', invoice([line({ PrezzoUnitario: 1234567890123.4567 })]), `json-number ${LINE}/PrezzoUnitario ${XPATH}/PrezzoUnitario`],
    ['a number with an exponent', invoice([line({ PrezzoUnitario: 1e-7 })]), `json-number ${LINE}/PrezzoUnitario ${XPATH}/PrezzoUnitario`],
    ['a number that has none', invoice([line({ PrezzoUnitario: Infinity })]), `json-number ${LINE}/PrezzoUnitario ${XPATH}/PrezzoUnitario`],
    ['a control character', invoice([line({ Descrizione: 'a\u0000b' })]), `json-character ${LINE}/Descrizione ${XPATH}/Descrizione`],
    ['half a character', invoice([line({ Descrizione: 'a\ud83d' })]), `json-character ${LINE}/Descrizione ${XPATH}/Descrizione`],
    ['a control character in an attribute', { FatturaElettronica: { versione: 'FPR12', SistemaEmittente: '\u0001' } }, 'json-character /FatturaElettronica/SistemaEmittente /FatturaElettronica/@SistemaEmittente'],
    ['numbers on some lines only', invoice([line({ NumeroLinea: '1' }), line()]), `json-line-numbers ${LINE.replace(/0$/, '1')} ${XPATH.replace('Linee[1]', 'Linee[2]')}`],
  ])('%s', (_, form, expected) => expect(refusals(form)).toEqual([expected]));

  it('says nothing is inherited from a prototype', () => {
    expect(refusals(JSON.parse('{"__proto__": {"FatturaElettronica": {"versione": "FPR12"}}}'))).toEqual(['json-root  undefined']);
    expect(refusals(JSON.parse('{"FatturaElettronica": {"versione": "FPR12", "__proto__": {"x": 1}}}'))).toEqual(['json-unknown-property /FatturaElettronica/__proto__ /FatturaElettronica']);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it.each([
    ['Descrizone', 'Descrizione'],
    ['descrizione', 'Descrizione'],
    ['AliquotaIva', 'AliquotaIVA'],
    ['Numero_Linea', 'NumeroLinea'],
    ['DataScadenzaPagamento', '/FatturaElettronica/FatturaElettronicaBody/DatiPagamento/DettaglioPagamento'],
  ])('says what was meant by %s', (name, meant) => {
    const reading = fromJson(invoice([line({ [name]: 'x' })]));
    expect(reading.ok ? '' : reading.findings[0]?.fix?.it).toContain(meant);
  });

  it('tells what a number should have been', () => {
    const reading = fromJson(invoice([line({ UnitaMisura: 40128 })]));
    expect(reading.ok ? '' : reading.findings[0]?.fix?.it).toContain('tra virgolette');
  });

  it('stops at what no invoice can hold, and lists no more than anyone reads', () => {
    const strangers = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`x${i}`, 1]));
    expect(refusals({ FatturaElettronica: { versione: 'FPR12', ...strangers } })).toHaveLength(50);
    const many = Array.from({ length: 300_000 }, () => ({ Tipo: 'SC' }));
    expect(refusals(invoice([line({ ScontoMaggiorazione: many })]))).toEqual(['too-many-elements  undefined']);
    expect(refusals(invoice([line({ Descrizione: 'x'.repeat(5_000_001) })]))).toEqual(['00003  undefined']);
    expect(refusals(invoice([line({ Descrizione: '&'.repeat(2_000_000) })]))).toEqual(['00003  undefined']);
    let deep: unknown = 'x';
    for (let i = 0; i < 100_000; i++) deep = { a: deep };
    expect(refusals(invoice([line({ Descrizione: deep })]))).toHaveLength(1);
  });

  it('never throws, whatever the JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        fromJson(value);
        fromJson({ FatturaElettronica: value });
        fromJson(invoice(value));
      }),
      { numRuns: 300 },
    );
  });
});

describe('numbers', () => {
  it('gives every decimal of 15 digits as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }), fc.integer({ min: 0, max: 9999 }), (whole, fraction) => {
        const text = `${whole}.${String(fraction).padStart(4, '0')}`.replace(/0+$/, '').replace(/\.$/, '');
        if (text === '-0') return;
        const [, sent = ''] = /<PrezzoUnitario>(.*)</.exec(built(invoice([line({ PrezzoUnitario: JSON.parse(text) as number })]))) ?? [];
        expect(sent.replace(/0+$/, '').replace(/\.$/, '')).toBe(text.replace(/^-0$/, '0'));
        expect(sent).toMatch(/^-?\d+\.\d{2,8}$/);
      }),
    );
  });
});
