import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSdiMessage } from './read-message.js';
import type { SdiMessage } from './types.js';

const SAMPLES = path.resolve(__dirname, '../../../../shared/corpus/official/samples');
const hasSamples = existsSync(SAMPLES);
const PRIVATE = 'http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fattura/messaggi/v1.0';
const PA = 'http://www.fatturapa.gov.it/sdi/messaggi/v1.0';

const xml = (root: string, namespace: string, content: string): string => `<?xml version="1.0" encoding="UTF-8"?><t:${root} xmlns:t="${namespace}" versione="1.0">${content}</t:${root}>`;
const BASE = '<IdentificativoSdI>141107829</IdentificativoSdI><NomeFile>IT09876543217_00001.xml</NomeFile>';
const read = (text: string) => readSdiMessage(Buffer.from(text), []);
function message(text: string | Buffer): SdiMessage {
  const reading = readSdiMessage(Buffer.from(text), []);
  if (!reading.ok) throw new Error(reading.reason);
  return reading.message;
}

describe('readSdiMessage', () => {
  it.each([
    ['RicevutaConsegna', PRIVATE, 'RC', 'private'],
    ['RicevutaScarto', PRIVATE, 'NS', 'private'],
    ['RicevutaImpossibilitaRecapito', PRIVATE, 'MC', 'private'],
    ['FileMetadati', PRIVATE, 'MT', 'private'],
    ['RicevutaConsegna', PA, 'RC', 'pa'],
    ['RicevutaConsegna', 'http://www.fatturapa.it/sdi/messaggi/v1.0', 'RC', 'pa'],
    ['NotificaScarto', PA, 'NS', 'pa'],
    ['NotificaMancataConsegna', PA, 'MC', 'pa'],
    ['NotificaDecorrenzaTermini', PA, 'DT', 'pa'],
    ['AttestazioneTrasmissioneFattura', PA, 'AT', 'pa'],
    ['MetadatiInvioFile', PA, 'MT', 'pa'],
    // Some error so early that SdI cannot know the format: either family may answer (sdi.md 4.1).
    ['RicevutaScarto', PA, 'NS', 'private'],
  ])('%s in %s is %s, %s', (root, namespace, code, family) => {
    expect(message(xml(root, namespace, BASE))).toMatchObject({ code, family, root, identificativoSdi: '141107829', nomeFile: 'IT09876543217_00001.xml', signature: { verdict: 'absent' } });
  });

  it('takes the outcome and the invoice of an NE from the EC inside it (incidents T3, 19)', () => {
    const ne = xml('NotificaEsito', PA, `${BASE}<EsitoCommittente versione="1.0"><IdentificativoSdI>141107829</IdentificativoSdI><RiferimentoFattura><NumeroFattura> 12/A </NumeroFattura><AnnoFattura>2026</AnnoFattura><PosizioneFattura>2</PosizioneFattura></RiferimentoFattura><Esito>EC02</Esito><Descrizione>CIG errato</Descrizione></EsitoCommittente><MessageId>9</MessageId>`);
    expect(message(ne)).toMatchObject({ code: 'NE', esito: 'EC02', riferimentoFattura: { numeroFattura: '12/A', annoFattura: '2026', posizioneFattura: 2 }, descrizione: 'CIG errato', messageId: '9' });
  });

  it('refuses an NE whose copy of the outcome is about another file', () => {
    const ne = (id: string): string => xml('NotificaEsito', PA, `${BASE}<EsitoCommittente versione="1.0"><IdentificativoSdI>${id}</IdentificativoSdI><Esito>EC02</Esito></EsitoCommittente>`);
    expect(read(ne('141107829')).ok).toBe(true);
    expect(read(ne('141107830'))).toEqual({ ok: false, claims: true, reason: 'EsitoCommittente is about another IdentificativoSdI' });
  });

  it('reads EC and SE, which name no file', () => {
    const id = '<IdentificativoSdI>1</IdentificativoSdI>';
    expect(message(xml('NotificaEsitoCommittente', PA, `${id}<Esito>EC01</Esito>`))).toMatchObject({ code: 'EC', esito: 'EC01', nomeFile: '' });
    expect(message(xml('ScartoEsitoCommittente', PA, `${id}<Scarto>EN01</Scarto>`))).toMatchObject({ code: 'SE', scarto: 'EN01', nomeFile: '' });
  });

  it('reads the errors of an NS, repeated codes and trailing line ends included', () => {
    const ns = xml('RicevutaScarto', PRIVATE, `${BASE}<ListaErrori><Errore><Codice>00423</Codice><Descrizione>00423 Prezzo\r\n</Descrizione><Suggerimento>Ricalcolare</Suggerimento></Errore><Errore><Codice>00423</Codice><Descrizione>Riga 2</Descrizione></Errore></ListaErrori>`);
    expect(message(ns).listaErrori).toEqual([{ codice: '00423', descrizione: '00423 Prezzo', suggerimento: 'Ricalcolare' }, { codice: '00423', descrizione: 'Riga 2' }]);
  });

  it('leaves out what is empty (sdi.md 4.5)', () => {
    const rc = message(xml('RicevutaConsegna', PRIVATE, `${BASE}<Destinatario/><Note/><Hash></Hash><DataOraConsegna>domani</DataOraConsegna>`));
    expect(Object.keys(rc).sort()).toEqual(['code', 'family', 'identificativoSdi', 'namespace', 'nomeFile', 'root', 'signature']);
  });

  it('keeps values as they stand: long ids, leading zeros, references', () => {
    const rc = message(xml('RicevutaConsegna', PRIVATE, `<IdentificativoSdI>000123456789012</IdentificativoSdI><NomeFile>IT01234567890_A&amp;B.xml</NomeFile><Destinatario><Codice>0000000</Codice><Descrizione><![CDATA[acquisti@pec.example.it]]></Descrizione></Destinatario><PecMessageId>&lt;opec1@pec.example.it&gt;</PecMessageId>`));
    expect(rc).toMatchObject({ identificativoSdi: '000123456789012', nomeFile: 'IT01234567890_A&B.xml', destinatario: { codice: '0000000', descrizione: 'acquisti@pec.example.it' }, pecMessageId: 'opec1@pec.example.it' });
  });

  it.each([
    ['no XML', 'Gentile utente', /not well-formed/],
    ['a DOCTYPE', xml('RicevutaConsegna', PA, BASE).replace('?>', '?><!DOCTYPE x [<!ENTITY e "RC">]>'), /DOCTYPE/],
    ['an entity', xml('RicevutaConsegna', PA, `${BASE}<Note>&e;</Note>`), /entity/],
    ['a foreign namespace', xml('RicevutaConsegna', 'urn:x', BASE), /namespace/],
    ['an unknown root', xml('NotificaNuova', PA, BASE), /NotificaNuova/],
    ['a root named like a property of objects', xml('constructor', PA, BASE), /none of SdI/],
    ['no id', xml('RicevutaConsegna', PA, '<NomeFile>a.xml</NomeFile>'), /IdentificativoSdI/],
    ['two ids', xml('RicevutaConsegna', PA, `${BASE}<IdentificativoSdI>2</IdentificativoSdI>`), /occurs 2 times/],
    ['an id with a line break', xml('RicevutaConsegna', PA, BASE.replace('141107829', '1\n2')), /IdentificativoSdI/],
    ['no file name', xml('RicevutaConsegna', PA, '<IdentificativoSdI>1</IdentificativoSdI>'), /NomeFile/],
    ['an NE without outcome', xml('NotificaEsito', PA, BASE), /EsitoCommittente/],
    ['an NE with an unknown outcome', xml('NotificaEsito', PA, `${BASE}<EsitoCommittente><Esito>EC03</Esito></EsitoCommittente>`), /Esito/],
    ['a DT about an invoice without number', xml('NotificaDecorrenzaTermini', PA, `${BASE}<RiferimentoFattura/>`), /RiferimentoFattura/],
    ['a message too large', xml('RicevutaConsegna', PA, `${BASE}<Note>${'x'.repeat(4_000_001)}</Note>`), /larger/],
  ])('refuses %s', (_, text, reason) => {
    const reading = read(text);
    expect(reading.ok ? '' : reading.reason).toMatch(reason);
  });

  it('takes no data out of a signature', () => {
    const inside = `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:Object>${BASE}</ds:Object></ds:Signature>`;
    expect(read(xml('RicevutaConsegna', PA, inside)).ok).toBe(false);
    expect(message(xml('RicevutaConsegna', PA, BASE + inside)).signature.verdict).toBe('invalid');
  });

  it('never throws, whatever the octets', () => {
    const base = Buffer.from(xml('NotificaEsito', PA, `${BASE}<EsitoCommittente><Esito>EC01</Esito></EsitoCommittente>`));
    fc.assert(
      fc.property(fc.nat(base.length - 1), fc.uint8Array({ maxLength: 6 }), fc.nat(12), (at, insert, drop) => {
        expect(typeof readSdiMessage(Buffer.concat([base.subarray(0, at), insert, base.subarray(at + drop)]), []).ok).toBe('boolean');
      }),
      { numRuns: 500 },
    );
  });
});

describe.skipIf(!hasSamples)('readSdiMessage on the corpus (skipped without it)', () => {
  const files = hasSamples ? readdirSync(SAMPLES).filter((folder) => folder.startsWith('messages-')).flatMap((folder) => readdirSync(path.join(SAMPLES, folder)).filter((name) => name.endsWith('.xml')).map((name) => path.join(folder, name))) : [];
  it('holds all 19 messages', () => expect(files.length).toBe(19));
  it.each(files)('%s', (file) => {
    const read = message(readFileSync(path.join(SAMPLES, file)));
    const [, base, code] = /([^/]+)_(\w\w)_\d{3}\.xml$/.exec(file)!;
    expect(read.code).toBe(code);
    expect(read.family).toBe(file.startsWith('messages-pa') ? 'pa' : 'private');
    // One sample was renamed by those who published it: another reason to believe the XML.
    if (read.nomeFile !== '' && !file.includes('_41111_')) expect(read.nomeFile.startsWith(base!)).toBe(true);
    expect(read.messageId ?? read.messageIdCommittente).toMatch(/^\d+$/);
  });

  it('reads the real MC of 2019 whole', () => {
    expect(message(readFileSync(path.join(SAMPLES, 'messages-real/IT14627831002_02621_MC_001.xml')))).toMatchObject({
      identificativoSdi: '141107829',
      hash: '91e8b555478dfe9b2ea8fe6223e63ebcbc15f4f95a123d908de14fdb97228c1f',
      dataOraRicezione: '2019-01-04T19:01:05.000Z',
      dataMessaADisposizione: '2019-01-05',
      pecMessageId: 'opec2891.20190104200105.26626.212.1.62@pec.aruba.it',
      signature: { verdict: 'intact', signingTime: '2019-01-04T20:34:00.000Z' },
    });
  });
});
