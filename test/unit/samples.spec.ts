import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readInvoice } from '../../src/fatturapa/index.js';
import { isCodiceFiscale, isPartitaIva } from '../../src/fatturapa/fiscal-ids.js';

const SAMPLES = path.resolve(__dirname, '../../samples');
const XSD = path.resolve(__dirname, '../../../shared/corpus/official/xsd');
const FILES = readdirSync(SAMPLES).filter((name) => name.endsWith('.xml'));
const read = (file: string): string => readFileSync(path.join(SAMPLES, file), 'utf8');

/** Texts of every element of this name. */
const all = (xml: string, name: string): string[] => [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map((match) => match[1]!);
const parts = (xml: string, name: string): string[] => [...xml.matchAll(new RegExp(`<${name}>.*?</${name}>`, 'gs'))].map((match) => match[0]);
const one = (xml: string, name: string): string => all(xml, name)[0] ?? '';
/** Hundredths, exactly. */
const cents = (amount: string): bigint => {
  expect(amount).toMatch(/^\d+\.\d{2}$/);
  return BigInt(amount.replace('.', ''));
};
const sum = (values: bigint[]): bigint => values.reduce((total, value) => total + value, 0n);
/** Half up to whole units of 1/divisor. */
const rounded = (value: bigint, divisor: bigint): bigint => (2n * value + divisor) / (2n * divisor);

it.each([
  ['privata.xml', 'FPR12', ['TD01']],
  ['pa.xml', 'FPA12', ['TD01']],
  ['lotto.xml', 'FPR12', ['TD01', 'TD01', 'TD01']],
  ['lotto-pa.xml', 'FPA12', ['TD01', 'TD01', 'TD01']],
  ['nota-di-credito.xml', 'FPR12', ['TD04']],
  ['semplificata.xml', 'FSM10', ['TD07']],
])('samples/%s is %s with %j, from the demonstration company', (file, formato, tipi) => {
  const reading = readInvoice(Buffer.from(read(file)));
  expect(reading.ok ? [] : reading.findings).toEqual([]);
  if (!reading.ok) return;
  const { head } = reading;
  expect(head.formatoTrasmissione).toBe(formato);
  expect(head.documents.map((document) => document.tipoDocumento)).toEqual(tipi);
  expect(head.idTrasmittente).toEqual({ idPaese: 'IT', idCodice: '09876543217' });
  expect(head.cedentePrestatore).toMatchObject({ name: 'Officina Dimostrativa S.r.l.', idCodice: '09876543217' });
  for (const document of head.documents) expect(document.importoTotaleDocumento).toMatch(/^\d+\.\d{2}$/);
});

describe.each(FILES)('%s', (file) => {
  const xml = read(file);

  it('has fiscal ids with right check digits, and text of Latin-1', () => {
    for (const id of [...all(xml, 'IdCodice')]) expect(isPartitaIva(id)).toBe(true);
    for (const id of all(xml, 'CodiceFiscale')) expect(isCodiceFiscale(id)).toBe(true);
    expect(Buffer.from(xml, 'latin1').toString('latin1')).toBe(xml);
  });

  it('is right to the cent (SdI checks 00421, 00422, 00423)', () => {
    for (const body of parts(xml, 'FatturaElettronicaBody').filter((part) => part.includes('<DatiRiepilogo>'))) {
      const bases = new Map<string, bigint>();
      for (const line of parts(body, 'DettaglioLinee')) {
        // Price and quantity have two decimals, a discount takes hundredths of a percent: the product is in units of 10^-8.
        const net = cents(one(line, 'PrezzoUnitario')) * cents(one(line, 'Quantita')) * (10_000n - (line.includes('<Percentuale>') ? cents(one(line, 'Percentuale')) : 0n));
        expect(net).toBe(cents(one(line, 'PrezzoTotale')) * 1_000_000n);
        const rate = one(line, 'AliquotaIVA');
        bases.set(rate, (bases.get(rate) ?? 0n) + cents(one(line, 'PrezzoTotale')));
      }
      const summaries = parts(body, 'DatiRiepilogo');
      expect(summaries.map((part) => one(part, 'AliquotaIVA')).sort()).toEqual([...bases.keys()].sort());
      for (const part of summaries) {
        expect(cents(one(part, 'ImponibileImporto'))).toBe(bases.get(one(part, 'AliquotaIVA')));
        expect(cents(one(part, 'Imposta'))).toBe(rounded(cents(one(part, 'ImponibileImporto')) * cents(one(part, 'AliquotaIVA')), 10_000n));
      }
      const taxable = sum(all(body, 'ImponibileImporto').map(cents));
      const tax = sum(all(body, 'Imposta').map(cents));
      expect(cents(one(body, 'ImportoTotaleDocumento'))).toBe(taxable + tax);
      const split = body.includes('<EsigibilitaIVA>S<');
      for (const payment of all(body, 'ImportoPagamento')) expect(cents(payment)).toBe(split ? taxable : taxable + tax);
    }
  });
});

it('no two samples share a number, and none has an ending that would choose an outcome in the sandbox', () => {
  const numbers = FILES.flatMap((file) => all(read(file), 'Numero'));
  expect(new Set(numbers).size).toBe(numbers.length);
  for (const number of numbers) expect(number).toMatch(/^2026\/\d{3}$/);
});

describe.skipIf(!existsSync(XSD))('against the official schemas (skipped without the corpus)', () => {
  let libxml2: typeof import('libxml2-wasm', { with: { 'resolution-mode': 'import' } });
  let provider: InstanceType<typeof libxml2.XmlBufferInputProvider>;
  beforeAll(async () => {
    libxml2 = await import('libxml2-wasm');
    provider = new libxml2.XmlBufferInputProvider({ 'mem://samples/xmldsig-core-schema.xsd': readFileSync(path.join(XSD, 'xmldsig-core-schema.xsd')) });
    libxml2.xmlRegisterInputProvider(provider);
  });
  afterAll(() => libxml2?.xmlCleanupInputProvider());

  const SCHEMAS = { ordinary: 'FatturaPA_v1.2.3.xsd', simplified: 'FatturaSemplificata_VFSM10_v1.0.2.xsd' };
  function faults(xml: string): string[] {
    const schema = xml.includes('Semplificata') ? SCHEMAS.simplified : SCHEMAS.ordinary;
    const text = readFileSync(path.join(XSD, schema), 'utf8').replace(/schemaLocation="[^"]*xmldsig-core-schema.xsd"/, 'schemaLocation="mem://samples/xmldsig-core-schema.xsd"');
    const xsd = libxml2.XmlDocument.fromString(text, { url: `mem://samples/${schema}` });
    const validator = libxml2.XsdValidator.fromDoc(xsd);
    const document = libxml2.XmlDocument.fromString(xml);
    try {
      validator.validate(document);
      return [];
    } catch (failure) {
      return failure instanceof libxml2.XmlValidateError ? failure.details.map((detail) => detail.message) : [String(failure)];
    } finally {
      document.dispose();
      validator.dispose();
      xsd.dispose();
    }
  }

  it.each(FILES)('%s is valid', (file) => {
    expect(faults(read(file))).toEqual([]);
  });

  it('would notice: an element too many makes it invalid', () => {
    expect(faults(read('privata.xml').replace('<Divisa>', '<Valuta>EUR</Valuta><Divisa>')).length).toBeGreaterThan(0);
  });
});
