import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SampleName, sample } from '../../../test/support/sample.js';
import type { Patch } from '../types.js';
import { at, type Element, headOf, readDocument, xpathOf } from './index.js';

const OLD = path.resolve(__dirname, '../../../../shared/corpus/official/samples/invoices-v1.0');
const read = (xml: string, received = false) => readDocument(Buffer.from(xml), { received });
const findingsOf = (xml: string) => read(xml).findings;

const BODY = '/FatturaElettronica/FatturaElettronicaBody[1]';
const GENERAL = `${BODY}/DatiGenerali/DatiGeneraliDocumento`;
const LINE = `${BODY}/DatiBeniServizi/DettaglioLinee[1]`;
const SELLER = '/FatturaElettronica/FatturaElettronicaHeader/CedentePrestatore';
const privata = sample('privata');
/** The sample with the first element of a name given another value. */
const value = (name: string, text: string): string => privata.replace(new RegExp(`<${name}>[^<]*`), () => `<${name}>${text}`);
const replaced = (from: string | RegExp, to: string): string => {
  const changed = privata.replace(from, to);
  expect(changed).not.toBe(privata);
  return changed;
};
const NAME = /<Denominazione>[^<]*<\/Denominazione>/;

function everyElement(root: Element): Element[] {
  return [root, ...root.children.flatMap(everyElement)];
}

describe('readDocument', () => {
  it.each<[SampleName]>([['privata'], ['pa'], ['lotto'], ['lotto-pa'], ['nota-di-credito'], ['semplificata']])('%s: every element in its order, with its value and place', (name) => {
    const xml = sample(name);
    const reading = read(xml);
    expect(reading.findings).toEqual([]);
    if (!reading.ok) return;
    const { document } = reading;
    const elements = everyElement(document.root);
    const written = [...xml.matchAll(/<([A-Za-z][\w]*)(?:>([^<]*)<\/\1>|\s*\/>|>)/g)];
    expect(elements.slice(1).map((element) => [element.def.name, element.offset])).toEqual(written.map((match) => [match[1], match.index]));
    for (const element of elements) {
      expect(element.def.path).toBe(xpathOf(element).replace(/\[\d+\]/g, ''));
      expect(element.valid).toBe(true);
      if (element.def.type) expect(element.children).toEqual([]);
      for (const child of element.children) expect(child.parent).toBe(element);
      const { line, column } = document.place(element.offset);
      expect(xml.split('\n')[line - 1]?.slice(column - 1)).toMatch(new RegExp(`^<(\\w+:)?${element.def.name}`));
    }
    expect(new Set(elements.map(xpathOf)).size).toBe(elements.length);
    expect(document.bodies.length).toBe(xml.split('<FatturaElettronicaBody>').length - 1);
    expect(document.signed).toBe(false);
  });

  it('keeps the text as it stands beside the value as the schema sees it', () => {
    const reading = read(value('Descrizione', 'A&amp;B\r\n<![CDATA[<c>]]>&#9;d<!-- x -->e').replace(/<PrezzoUnitario>[^<]*/, '<PrezzoUnitario>\n  1.00 '));
    expect(reading.findings).toEqual([]);
    const line = reading.ok ? at(reading.document.bodies[0], 'DatiBeniServizi/DettaglioLinee') : undefined;
    expect(at(line, 'Descrizione')).toMatchObject({ text: 'A&B\n<c>\tde', value: 'A&B <c> de' });
    expect(at(line, 'PrezzoUnitario')).toMatchObject({ text: '\n  1.00 ', value: '1.00' });
  });

  it('reads an empty Nazione as Italy, as the schema says', () => {
    const reading = read(privata.replace('<Nazione>IT</Nazione>', '<Nazione/>'));
    expect(reading.findings).toEqual([]);
    expect(reading.ok && at(reading.document.header, 'CedentePrestatore/Sede/Nazione')).toMatchObject({ text: '', value: 'IT', valid: true });
  });

  interface Case {
    readonly xml: string;
    readonly path: string;
    /** What the Italian message and mend must say. */
    readonly says: readonly string[];
    readonly patch?: readonly Patch[];
  }
  const right = (where: string, to: string): readonly Patch[] => [{ op: 'replace', path: where, value: to }];
  const cases: Record<string, Case> = {
    'a decimal comma': { xml: value('ImportoTotaleDocumento', '1234,5'), path: `${GENERAL}/ImportoTotaleDocumento`, says: ['"1234,5"', 'punto', 'Scrivere "1234.50"'], patch: right(`${GENERAL}/ImportoTotaleDocumento`, '1234.50') },
    'divided thousands': { xml: value('ImportoTotaleDocumento', '€ 1.234,50'), path: `${GENERAL}/ImportoTotaleDocumento`, says: ['migliaia'], patch: right(`${GENERAL}/ImportoTotaleDocumento`, '1234.50') },
    'no decimals': { xml: value('AliquotaIVA', '22%'), path: `${LINE}/AliquotaIVA`, says: ['Scrivere "22.00"'], patch: right(`${LINE}/AliquotaIVA`, '22.00') },
    'decimals that say nothing': { xml: value('ImportoTotaleDocumento', '10.0000'), path: `${GENERAL}/ImportoTotaleDocumento`, says: ['10.00'], patch: right(`${GENERAL}/ImportoTotaleDocumento`, '10.00') },
    'a dot that may divide thousands': { xml: value('ImportoTotaleDocumento', '10.000'), path: `${GENERAL}/ImportoTotaleDocumento`, says: ['se il punto separa le migliaia scrivere 10000.00', 'se il punto separa i decimali scrivere 10.00'] },
    'decimals too many': { xml: value('ImportoTotaleDocumento', '1234.567'), path: `${GENERAL}/ImportoTotaleDocumento`, says: ['ha 3 decimali, il massimo è 2'] },
    'a rate beyond 100': { xml: value('AliquotaIVA', '122.00'), path: `${LINE}/AliquotaIVA`, says: ['al massimo 100.00'] },
    'a line number 0': { xml: value('NumeroLinea', '0'), path: `${LINE}/NumeroLinea`, says: ['tra 1 e 9999'] },
    'a negative quantity': { xml: value('Quantita', '-1.00'), path: `${LINE}/Quantita`, says: ['non può essere negativo'] },
    'words for an amount': { xml: value('ImportoTotaleDocumento', 'cento'), path: `${GENERAL}/ImportoTotaleDocumento`, says: ['non è un numero'] },
    'an Italian date': { xml: value('Data', '1/2/2026'), path: `${GENERAL}/Data`, says: ['AAAA-MM-GG', '2026-02-01'], patch: right(`${GENERAL}/Data`, '2026-02-01') },
    'a date with time': { xml: value('Data', '2026-02-01T00:00:00'), path: `${GENERAL}/Data`, says: ['2026-02-01'], patch: right(`${GENERAL}/Data`, '2026-02-01') },
    'a day that is none': { xml: value('Data', '2026-02-30'), path: `${GENERAL}/Data`, says: ['non esiste nel calendario'] },
    'a date of before 1970': { xml: value('Data', '1969-12-31'), path: `${GENERAL}/Data`, says: ['prima del 1970-01-01'] },
    'small letters': { xml: value('IdPaese', 'it'), path: '/FatturaElettronica/FatturaElettronicaHeader/DatiTrasmissione/IdTrasmittente/IdPaese', says: ['maiuscolo'], patch: right('/FatturaElettronica/FatturaElettronicaHeader/DatiTrasmissione/IdTrasmittente/IdPaese', 'IT') },
    'spaces around': { xml: value('TipoDocumento', ' TD01\n'), path: `${GENERAL}/TipoDocumento`, says: ['spazi'], patch: right(`${GENERAL}/TipoDocumento`, 'TD01') },
    'an IBAN in groups': { xml: value('IBAN', 'IT60 X054 2811 1010 0000 0123 456'), path: `${BODY}/DatiPagamento[1]/DettaglioPagamento[1]/IBAN`, says: ['senza spazi'], patch: right(`${BODY}/DatiPagamento[1]/DettaglioPagamento[1]/IBAN`, 'IT60X0542811101000000123456') },
    'too long': { xml: value('Numero', '2026/00000000000000001'), path: `${GENERAL}/Numero`, says: ['ha 22 caratteri, il massimo è 20', 'Accorciarlo di 2 caratteri'] },
    'a name for a code': { xml: value('Provincia', 'Bologna'), path: `${SELLER}/Sede/Provincia`, says: ['2 lettere maiuscole', 'estero'] },
    'typographic characters': { xml: value('Descrizione', 'Costo € 5 – d’opera'), path: `${LINE}/Descrizione`, says: ['simbolo dell’euro', 'apostrofo tipografico', '€ con EUR', "’ con '"], patch: right(`${LINE}/Descrizione`, "Costo EUR 5 - d'opera") },
    'accents where there are none': { xml: value('Numero', '12/à'), path: `${GENERAL}/Numero`, says: ['à (U+00E0)', 'senza accento', 'à > a'] },
    'another alphabet': { xml: value('Descrizione', 'Работа'), path: `${LINE}/Descrizione`, says: ['U+0420', 'Sostituire o togliere'] },
    'an unknown code': { xml: value('TipoDocumento', 'TD99'), path: `${GENERAL}/TipoDocumento`, says: ['il codice non esiste', 'TD01, TD02'] },
    'a code nearly right': { xml: value('RegimeFiscale', 'RF2O'), path: `${SELLER}/DatiAnagrafici/RegimeFiscale`, says: ['Forse RF20'] },
    'a code of old': { xml: value('RegimeFiscale', 'RF03'), path: `${SELLER}/DatiAnagrafici/RegimeFiscale`, says: ['non è più ammesso', 'RF19'] },
    'an empty required value': { xml: value('Divisa', ''), path: `${GENERAL}/Divisa`, says: ['è vuoto', 'EUR'] },
    'an empty optional value': { xml: value('Provincia', ''), path: `${SELLER}/Sede/Provincia`, says: ['Toglierlo'] },
    'a quantity below nothing': { xml: value('Quantita', '-8.00'), path: `${LINE}/Quantita`, says: ['Scrivere 8.00 in Quantita', 'PrezzoUnitario e in PrezzoTotale'] },
    'a text too long, with spaces and small letters': { xml: value('Numero', 'Fatt n. 101 del 2026/A'), path: `${GENERAL}/Numero`, says: ['ha 22 caratteri, il massimo è 20', 'Accorciarlo di 2 caratteri'] },
    'an empty optional block': { xml: replaced(/<Numero>.*?<\/Numero>/, '$&<DatiBollo/>'), path: `${GENERAL}/DatiBollo`, says: ['Togliere DatiBollo', 'oppure indicare BolloVirtuale'] },
    'an element in a value': { xml: value('Divisa', 'E<b>U</b>R'), path: `${GENERAL}/Divisa`, says: ['solo un valore'] },
    'a missing element': { xml: replaced(/<Divisa>.*?<\/Divisa>/, ''), path: `${GENERAL}/Divisa`, says: ['Manca', 'prima di Data'] },
    'a missing choice': { xml: replaced(NAME, '<Titolo>Dr</Titolo>'), path: `${SELLER}/DatiAnagrafici/Anagrafica/Denominazione`, says: ['manca Denominazione oppure Nome e Cognome', 'prima di Titolo'] },
    'half a choice': { xml: replaced(NAME, '<Nome>Maria</Nome>'), path: `${SELLER}/DatiAnagrafici/Anagrafica/Cognome`, says: ['Manca', 'Cognome'] },
    'both of a choice': { xml: replaced(NAME, '<Denominazione>A</Denominazione><Nome>B</Nome><Cognome>C</Cognome>'), path: `${SELLER}/DatiAnagrafici/Anagrafica/Nome`, says: ['si escludono'] },
    'a choice in the wrong order': { xml: replaced(NAME, '<Cognome>B</Cognome><Nome>C</Nome>'), path: `${SELLER}/DatiAnagrafici/Anagrafica/Cognome`, says: ['fuori posto', 'dopo Nome'], patch: [{ op: 'remove', path: `${SELLER}/DatiAnagrafici/Anagrafica/Cognome` }, { op: 'add', path: `${SELLER}/DatiAnagrafici/Anagrafica/Cognome`, value: 'B' }] },
    'an element out of place': {
      xml: replaced(/(<Divisa>.*?<\/Divisa>)(\s*)(<Data>.*?<\/Data>)(\s*)(<Numero>.*?<\/Numero>)/, '$3$2$5$4$1'),
      path: `${GENERAL}/Divisa`,
      says: ['fuori posto', 'prima di Data'],
      patch: [{ op: 'remove', path: `${GENERAL}/Divisa` }, { op: 'add', path: `${GENERAL}/Divisa`, value: 'EUR' }],
    },
    'blocks in the wrong order': { xml: replaced(/(<DettaglioLinee>[^]*<\/DettaglioLinee>)(\s*)(<DatiRiepilogo>[^]*<\/DatiRiepilogo>)/, '$3$2$1'), path: `${BODY}/DatiBeniServizi/DatiRiepilogo[1]`, says: ['2 elementi DatiRiepilogo', 'dopo DettaglioLinee'] },
    'the same twice': { xml: replaced(/<Divisa>.*?<\/Divisa>/, '$&$&'), path: `${GENERAL}/Divisa[2]`, says: ['una volta sola'], patch: [{ op: 'remove', path: `${GENERAL}/Divisa[2]` }] },
    'another in its place': { xml: replaced(/(<Divisa>).*?(<\/Divisa>)/, '$&$1USD$2'), path: `${GENERAL}/Divisa[2]`, says: ['una volta sola', 'quello giusto'] },
    'a misspelled name': { xml: privata.replaceAll('Divisa>', 'Divsa>'), path: `${GENERAL}/Divsa`, says: ['forse Divisa'] },
    'a name in small letters': { xml: privata.replace('<Numero>', '<numero>').replace('</Numero>', '</numero>'), path: `${GENERAL}/numero`, says: ['forse Numero'] },
    'an element of another place': { xml: replaced('<Divisa>', '<AlgoritmoCompressione>ZIP</AlgoritmoCompressione><Divisa>'), path: `${GENERAL}/AlgoritmoCompressione`, says: ['Il suo posto è in Allegati'] },
    'an unknown element': { xml: replaced('<Divisa>', '<Pippo><Divisa/></Pippo><Divisa>'), path: `${GENERAL}/Pippo`, says: ['non esiste nel tracciato', 'Qui può stare: Divisa'] },
    'an element of another namespace': { xml: replaced('<Divisa>', '<x:Divisa2 xmlns:x="urn:x"/><Divisa>'), path: `${GENERAL}/Divisa2`, says: ['urn:x'] },
    'an empty block': { xml: replaced(/<DatiRiepilogo>[^]*?<\/DatiRiepilogo>/, '<DatiRiepilogo/>'), path: `${BODY}/DatiBeniServizi/DatiRiepilogo[1]`, says: ['è vuoto', 'ImponibileImporto'] },
    'text between elements': { xml: replaced('<Divisa>', 'nota<Divisa>'), path: GENERAL, says: ['"nota"'] },
    'an attribute': { xml: replaced('<Divisa>', '<Divisa cambio="1">'), path: `${GENERAL}/Divisa/@cambio`, says: ['cambio', 'Togliere'], patch: [{ op: 'remove', path: `${GENERAL}/Divisa/@cambio` }] },
    'a prefix on every element': { xml: privata.replace(/<(\/?)([A-Z])/g, '<$1p:$2'), path: '/FatturaElettronica/FatturaElettronicaHeader', says: ['Solo la radice', 'Togliere il prefisso'] },
    'a default namespace': { xml: privata.replaceAll('p:Fattura', 'Fattura').replace('xmlns:p=', 'xmlns='), path: '/FatturaElettronica/FatturaElettronicaHeader', says: ['Solo la radice', 'prefisso'] },
    'another versione': { xml: replaced('versione="FPR12"', 'versione="1.2"'), path: '/FatturaElettronica/@versione', says: ['versione="FPR12"'], patch: right('/FatturaElettronica/@versione', 'FPR12') },
    'no versione': { xml: replaced(' versione="FPR12"', ''), path: '/FatturaElettronica/@versione', says: ['Manca'], patch: [{ op: 'add', path: '/FatturaElettronica/@versione', value: 'FPR12' }] },
    'a format of the other root': { xml: value('FormatoTrasmissione', 'FSM10'), path: '/FatturaElettronica/FatturaElettronicaHeader/DatiTrasmissione/FormatoTrasmissione', says: ['non è un formato della radice'], patch: right('/FatturaElettronica/FatturaElettronicaHeader/DatiTrasmissione/FormatoTrasmissione', 'FPR12') },
    'an attachment as a data URL': { xml: replaced('</FatturaElettronicaBody>', '<Allegati><NomeAttachment>a.pdf</NomeAttachment><Attachment>data:application/pdf;base64,QUJD</Attachment></Allegati></FatturaElettronicaBody>'), path: `${BODY}/Allegati[1]/Attachment`, says: ['data:', 'virgola'], patch: right(`${BODY}/Allegati[1]/Attachment`, 'QUJD') },
    'an attachment cut off': { xml: replaced('</FatturaElettronicaBody>', '<Allegati><NomeAttachment>a.pdf</NomeAttachment><Attachment>QUJDR</Attachment></Allegati></FatturaElettronicaBody>'), path: `${BODY}/Allegati[1]/Attachment`, says: ['base64'] },
    'a signature that is none': { xml: replaced('</p:', '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo/></ds:Signature></p:'), path: '/FatturaElettronica/Signature/SignedInfo', says: ['XML Signature', 'Firmare di nuovo'] },
    'a signature before the end': { xml: replaced('<FatturaElettronicaBody>', '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>$&'), path: BODY, says: ['dopo la firma'] },
  };
  it.each(Object.entries(cases))('one fault, one finding: %s', (name, { xml, path: where, says, patch }) => {
    const findings = findingsOf(xml).filter((finding) => name !== 'a signature before the end' || finding.path === BODY);
    expect(findings.map((finding) => [finding.code, finding.severity, finding.path])).toEqual([['00200', 'error', where]]);
    const [finding] = findings;
    const text = `${finding?.message.it} ${finding?.fix?.it}`;
    for (const part of says) expect(text).toContain(part);
    expect(finding?.patch).toEqual(patch);
    expect(finding?.line).toBeGreaterThan(0);
    expect(finding?.column).toBeGreaterThan(0);
    expect(`${finding?.message.en} ${finding?.fix?.en}`).not.toContain('undefined');
    expect(text).not.toContain('undefined');
  });

  it('lists fifty faults in their order, and says that there are more', () => {
    const findings = findingsOf(replaced('<Divisa>', `${'<x/>\n'.repeat(80)}<Divisa>`));
    expect(findings.map(({ code }) => code)).toEqual([...Array<string>(50).fill('00200'), '00201']);
    const lines = findings.slice(0, 50).map(({ line }) => line ?? 0);
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
    expect(findingsOf(replaced('<Divisa>', `${'<x/>'.repeat(50)}<Divisa>`)).map(({ code }) => code)).toEqual(Array(50).fill('00200'));
  });

  it('stays quick where everything is wrong', () => {
    const started = process.cpuUsage();
    for (const xml of [replaced('<Divisa>', `${'<a/>'.repeat(200_000)}<Divisa>`), replaced('<Divisa>', `${'<Data/><Numero/>'.repeat(60_000)}<Divisa>`), replaced('<Divisa>', `${'a<Data/>&amp;'.repeat(60_000)}<Divisa>`)]) {
      expect(findingsOf(xml).at(-1)?.code).toBe('00201');
    }
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1000).toBeLessThan(10_000);
  });

  it('says where the text stops being XML, and what was wrong before', () => {
    const reading = read(value('Divisa', 'eur').replace('<Data>', '<Data>&'));
    expect(reading.ok).toBe(false);
    expect(reading.findings.map(({ reason, path: where }) => [reason, where])).toEqual([
      ['malformed-xml', `${GENERAL}/Data`],
      [undefined, `${GENERAL}/Divisa`],
    ]);
    expect(reading.findings[0]?.fix?.it).toContain('&amp;');
  });

  it('property: what is dropped is what is missing', () => {
    const reading = read(privata);
    const elements = reading.ok ? everyElement(reading.document.root).filter(({ def }) => def.type && def.min > 0) : [];
    fc.assert(
      fc.property(fc.constantFrom(...elements), (element) => {
        const end = privata.indexOf('>', privata.indexOf('</', element.offset)) + 1;
        const only = element.parent?.children.length === 1;
        const [finding, ...rest] = findingsOf(privata.slice(0, element.offset) + privata.slice(end));
        expect(rest).toEqual([]);
        expect(finding?.path).toBe(only && element.parent ? xpathOf(element.parent) : xpathOf(element));
      }),
      { numRuns: 100 },
    );
  });
});

describe('a file that came to us', () => {
  const numero = (bytes: Buffer) => {
    const reading = readDocument(bytes, { received: true });
    return { numero: reading.ok ? headOf(reading.document).documents[0]?.numero : undefined, codes: reading.findings.map(({ code, reason }) => reason ?? code) };
  };

  it.each([
    ['another namespace', privata.replace(/xmlns:(\w+)="[^"]*fatture\/v1.2"/, 'xmlns:$1="urn:example"')],
    ['none', privata.replace(/<(\/?)\w+:FatturaElettronica([\s>])/g, '<$1FatturaElettronica$2').replace(/ xmlns:\w+="[^"]*fatture\/v1.2"/, '')],
  ])('is read with its root in %s, which is a finding', (_, text) => {
    expect(readDocument(Buffer.from(text))).toMatchObject({ ok: false });
    expect(numero(Buffer.from(text))).toEqual({ numero: '2026/101', codes: ['wrong-root'] });
  });

  it('is read when its octets are not of the encoding that it states, which is a finding', () => {
    const text = privata.replace(/<Denominazione>[^<]*/, '<Denominazione>Società Così');
    const bytes = Buffer.from(text, 'latin1');
    expect(readDocument(bytes)).toMatchObject({ ok: false });
    expect(numero(bytes)).toEqual({ numero: '2026/101', codes: ['encoding'] });
    const reading = readDocument(bytes, { received: true });
    expect(reading.ok && headOf(reading.document).cedentePrestatore.name).toBe('Società Così');
    expect(numero(Buffer.from(privata.replace('UTF-8', 'x-mac-roman')))).toEqual({ numero: '2026/101', codes: ['encoding'] });
    expect(numero(Buffer.from([0xff, 0xfe, 0x00, 0xd8]))).toEqual({ numero: undefined, codes: ['encoding'] });
  });
});

describe.skipIf(!existsSync(OLD))('files of format 1.0 (skipped without the corpus)', () => {
  it.each(existsSync(OLD) ? readdirSync(OLD) : [])('%s is read when it was received, and refused otherwise', (file) => {
    const bytes = readFileSync(path.join(OLD, file));
    expect(readDocument(bytes)).toMatchObject({ ok: false, findings: [{ reason: 'wrong-root' }] });
    const reading = readDocument(bytes, { received: true });
    expect(reading.findings.every(({ severity }) => severity === 'warning')).toBe(true);
    expect(reading.ok && headOf(reading.document)).toMatchObject({ formatoTrasmissione: 'FPA12', versione: '1.0', idTrasmittente: { idPaese: 'IT', idCodice: '01234567890' }, documents: [{ tipoDocumento: 'TD01', divisa: 'EUR' }, ...(file.includes('33333') ? [{}] : [])] });
    expect(reading.ok && reading.document.signed).toBe(file.includes('X1111'));
  });
});
