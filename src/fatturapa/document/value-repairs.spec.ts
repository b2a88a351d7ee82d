import { describe, expect, it } from 'vitest';
import { ORDINARY_TYPES, type SimpleTypeName } from '../schema/simple-types.js';
import { explainValue } from './value-findings.js';

/** What is said of a value of a type, and the value that the patch would write. */
function told(type: SimpleTypeName, text: string, optional = false) {
  const simple = ORDINARY_TYPES[type];
  expect(simple.accepts(simple.normalize(text)), `${text} is of ${type}`).toBe(false);
  const { message, fix, patch } = explainValue({ path: '/a', what: { it: 'l’elemento X', en: 'the element X' }, text, value: simple.normalize(text), optional }, simple);
  const [only] = patch ?? [];
  return { it: `${message.it} ${fix?.it}`, en: `${message.en} ${fix?.en}`, patch: only?.op === 'remove' ? 'remove' : only?.value };
}

describe('amounts', () => {
  it.each<[SimpleTypeName, string, string]>([
    ['Amount2DecimalType', '1.234,56', '1234.56'],
    ['Amount2DecimalType', '1.234.567,5', '1234567.50'],
    ['Amount2DecimalType', '1,234.56', '1234.56'],
    ['Amount2DecimalType', '1234,5', '1234.50'],
    ['Amount2DecimalType', '100', '100.00'],
    ['Amount2DecimalType', '-7,1', '-7.10'],
    ['Amount2DecimalType', '1234.500', '1234.50'],
    ['Amount2DecimalType', '0.120', '0.12'],
    ['Amount2DecimalType', '€ 1.234,50', '1234.50'],
    ['Amount8DecimalType', '0,125', '0.125'],
    ['Amount8DecimalType', '1,2500', '1.2500'],
    ['RateType', '22.000', '22.00'],
    ['RateType', '22,000', '22.00'],
    ['RateType', '22%', '22.00'],
    ['NumeroLineaType', '2.0', '2'],
  ])('%s %s can only be %s', (type, text, right) => expect(told(type, text).patch).toBe(right));

  it.each<[SimpleTypeName, string, readonly string[]]>([
    ['Amount2DecimalType', '1.000', ['1000.00', '1.00']],
    ['Amount2DecimalType', '12.000', ['12000.00', '12.00']],
    ['Amount2DecimalType', '1.230', ['1230.00', '1.23']],
    ['Amount2DecimalType', '-1.230', ['-1230.00', '-1.23']],
    ['Amount2DecimalType', '€ 1.000', ['1000.00', '1.00']],
    ['Amount2DecimalType', '1.234', ['1234.00', '1.23']],
    ['Amount2DecimalType', '1,000', ['1000.00', '1.00']],
    ['Amount2DecimalType', '1.000.000', ['1000000.00']],
    ['Amount8DecimalType', '1,250', ['1250.00', '1.25']],
    ['QuantitaType', '1,250', ['1250.00', '1.25']],
    ['PesoType', '1.250', ['1250.0', '1.25']],
    ['NumeroLineaType', '1.000', ['1000', 'scrivere 1']],
    ['NumeroLineaType', '10.000', ['scrivere 10']],
  ])('%s %s may be several: both are named, none is written', (type, text, readings) => {
    const { it: said, en, patch } = told(type, text);
    expect(patch).toBeUndefined();
    for (const one of readings) expect(said).toMatch(new RegExp(`${one.replace(/\./g, '\\.')}(?![0-9])`));
    expect(en).not.toContain('undefined');
  });

  it('a percent sign makes no amount', () => expect(told('Amount2DecimalType', '22%').patch).toBeUndefined());

  it('says of any way of writing why it is no amount', () => {
    expect(told('Amount2DecimalType', '1234,567').it).toContain('ha 3 decimali, il massimo è 2');
    expect(told('QuantitaType', '-8,00').it).toContain('non può essere negativ');
  });

  it('says where the minus of a quantity belongs', () => {
    const { it: said, en, patch } = told('QuantitaType', '-8.00');
    for (const part of ['8.00 in Quantita', 'meno', 'PrezzoUnitario', 'PrezzoTotale']) expect(said).toContain(part);
    for (const part of ['8.00 in Quantita', 'minus', 'PrezzoUnitario', 'PrezzoTotale']) expect(en).toContain(part);
    expect(patch).toBeUndefined();
  });
});

describe('texts', () => {
  it.each<[SimpleTypeName, string, number]>([
    ['String20Type', 'Fatt n. 101 del 2026/A', 2],
    ['NumeroCivicoType', '12 bis / a', 2],
    ['String10Type', 'confezione da 6', 5],
    ['CodiceType', 'una descrizione lunga del codice', 4],
  ])('%s %s is too long, and nobody knows how to make it shorter', (type, text, over) => {
    const { it: said, patch } = told(type, text);
    expect(patch).toBeUndefined();
    expect(said).toContain(`Accorciarlo di ${over} caratteri`);
    expect(said).not.toContain('maiuscolo');
  });

  it('an address for mail is no code', () => expect(told('EmailContattiType', 'info ditta').patch).toBeUndefined());
  it('mail with spaces neither', () => expect(told('EmailType', 'in fo@ditta.it').patch).toBeUndefined());

  it.each<[SimpleTypeName, string, string]>([
    ['NazioneType', 'it', 'IT'],
    ['ProvinciaType', 'm i', 'MI'],
    ['CodiceFiscaleType', 'rssmra80a01h501u', 'RSSMRA80A01H501U'],
    ['CodiceDestinatarioType', 'abc 1234', 'ABC1234'],
    ['IBANType', 'IT60 X054 2811 1010 0000 0123 456', 'IT60X0542811101000000123456'],
    ['BICType', 'bitaitrr', 'BITAITRR'],
    ['DivisaType', 'eur', 'EUR'],
    ['CAPType', '20 100', '20100'],
    ['TipoDocumentoType', 'td01', 'TD01'],
    ['ModalitaPagamentoType', 'MP-05', 'MP05'],
    ['NaturaType', 'n2.1', 'N2.1'],
  ])('%s %s is a code: %s', (type, text, right) => expect(told(type, text).patch).toBe(right));
});

describe('codes', () => {
  it.each([['N2.'], ['n2'], ['N 6'], [' N3 ']])('Natura %s leads to no code that SdI refuses', (text) => {
    const { it: said, patch } = told('NaturaType', text);
    expect(patch).toBeUndefined();
    expect(said).not.toContain('Forse');
    expect(said).toContain('N2.1, N2.2');
    expect(said).not.toMatch(/\bN2,/);
  });

  it('suggests the only one that is near', () => expect(told('NaturaType', 'N2,1').it).toContain('Forse N2.1'));
});

describe('nothing', () => {
  it.each<[SimpleTypeName, string]>([
    ['NaturaType', ''],
    ['RateType', ' '],
    ['ProvinciaType', ''],
  ])('%s empty: to remove or to fill, only its author knows', (type, text) => {
    const { it: said, patch } = told(type, text, true);
    expect(patch).toBeUndefined();
    expect(said).toContain('Toglierlo, oppure indicare il valore');
  });
});

describe('texts of megabytes', () => {
  it.each<[string, SimpleTypeName, string]>([
    ['blanks inside a number', 'Amount8DecimalType', `1${' '.repeat(200_000)}1`],
    ['hard blanks inside a rate', 'RateType', `2${'\u00a0'.repeat(200_000)}2`],
    ['zeros', 'String20Type', '0'.repeat(4_900_000)],
    ['typographic quotes', 'String60LatinType', '\u2019'.repeat(2_000_000)],
    ['groups of three', 'Amount2DecimalType', '1.000'.repeat(500_000)],
  ])('%s are refused without a repair, at once', (_what, type, text) => {
    const begin = performance.now();
    const found = explainValue({ path: '/a', what: { it: 'il valore', en: 'the value' }, text, value: text, optional: false, advice: undefined }, ORDINARY_TYPES[type]);
    expect(found.patch).toBeUndefined();
    expect(JSON.stringify(found).length).toBeLessThan(5_000);
    // A second try at each character would take minutes.
    expect(performance.now() - begin).toBeLessThan(5_000);
  });
});
