import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readInvoice } from './read-invoice.js';
import type { FatturapaFinding } from './types.js';

const SAMPLES = path.resolve(__dirname, '../../../shared/corpus/official/samples');
const NS = 'http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2';

const BODY = `<FatturaElettronicaBody>
<DatiGenerali><DatiGeneraliDocumento><TipoDocumento>TD01</TipoDocumento><Divisa>EUR</Divisa><Data>2026-01-31</Data><Numero>2026/1</Numero><ImportoTotaleDocumento>122.00</ImportoTotaleDocumento></DatiGeneraliDocumento></DatiGenerali>
<DatiBeniServizi><DettaglioLinee><NumeroLinea>1</NumeroLinea><Descrizione>Lavoro</Descrizione><PrezzoUnitario>100.00</PrezzoUnitario><PrezzoTotale>100.00</PrezzoTotale><AliquotaIVA>22.00</AliquotaIVA></DettaglioLinee><DatiRiepilogo><AliquotaIVA>22.00</AliquotaIVA><ImponibileImporto>100.00</ImponibileImporto><Imposta>22.00</Imposta></DatiRiepilogo></DatiBeniServizi>
</FatturaElettronicaBody>`;
const SEDE = '<Sede><Indirizzo>Via Roma</Indirizzo><CAP>00100</CAP><Comune>Roma</Comune><Nazione>IT</Nazione></Sede>';
const HEADER = `<FatturaElettronicaHeader>
<DatiTrasmissione><IdTrasmittente><IdPaese>IT</IdPaese><IdCodice>09876543217</IdCodice></IdTrasmittente><ProgressivoInvio>1</ProgressivoInvio><FormatoTrasmissione>FPR12</FormatoTrasmissione><CodiceDestinatario>0000000</CodiceDestinatario><PECDestinatario>acquisti@pec.example.it</PECDestinatario></DatiTrasmissione>
<CedentePrestatore><DatiAnagrafici><IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>09876543217</IdCodice></IdFiscaleIVA><Anagrafica><Denominazione>Officina Perch\u00e9 No</Denominazione></Anagrafica><RegimeFiscale>RF01</RegimeFiscale></DatiAnagrafici>${SEDE}</CedentePrestatore>
<CessionarioCommittente><DatiAnagrafici><CodiceFiscale>RSSMRA80A01H501U</CodiceFiscale><Anagrafica><Nome>Maria</Nome><Cognome>Rossi</Cognome></Anagrafica></DatiAnagrafici>${SEDE}</CessionarioCommittente>
</FatturaElettronicaHeader>`;
const invoice = (content = HEADER + BODY, { declaration = '<?xml version="1.0" encoding="UTF-8"?>\n', versione = 'FPR12' } = {}): string =>
  `${declaration}<p:FatturaElettronica xmlns:p="${NS}" versione="${versione}">${content}</p:FatturaElettronica>`;

const read = (xml: string) => readInvoice(Buffer.from(xml));
function findingsOf(xml: string | Buffer): readonly FatturapaFinding[] {
  const reading = readInvoice(Buffer.from(xml));
  expect(reading.ok).toBe(false);
  return reading.ok ? [] : reading.findings;
}

describe('readInvoice', () => {
  it('reads the head of an ordinary invoice', () => {
    expect(read(invoice())).toEqual({
      ok: true,
      head: {
        formatoTrasmissione: 'FPR12',
        versione: 'FPR12',
        idTrasmittente: { idPaese: 'IT', idCodice: '09876543217' },
        progressivoInvio: '1',
        codiceDestinatario: '0000000',
        pecDestinatario: 'acquisti@pec.example.it',
        cedentePrestatore: { name: 'Officina Perch\u00e9 No', idPaese: 'IT', idCodice: '09876543217' },
        cessionarioCommittente: { name: 'Maria Rossi', codiceFiscale: 'RSSMRA80A01H501U' },
        documents: [{ position: 1, tipoDocumento: 'TD01', numero: '2026/1', data: '2026-01-31', divisa: 'EUR', importoTotaleDocumento: '122.00' }],
      },
    });
  });

  it('makes one document of each body of a lot', () => {
    const reading = read(invoice(HEADER + BODY + BODY.replace('2026/1', '2026/2') + BODY.replace('2026/1', '2026/3')));
    expect(reading.ok && reading.head.documents.map((d) => [d.position, d.numero])).toEqual([[1, '2026/1'], [2, '2026/2'], [3, '2026/3']]);
  });

  it.each(['utf-8 with mark', 'utf-16le', 'utf-16be', 'windows-1252', 'ISO-8859-1'])('reads %s', (encoding) => {
    const label = encoding.split(' ')[0]!;
    const xml = invoice(undefined, { declaration: `<?xml version="1.0" encoding="${label.startsWith('utf-16') ? 'UTF-16' : label}"?>` });
    const utf16 = Buffer.from(`\ufeff${xml}`, 'utf16le');
    const made: Record<string, () => Buffer> = { 'utf-8 with mark': () => Buffer.from(`\ufeff${xml}`), 'utf-16le': () => utf16, 'utf-16be': () => Buffer.from(utf16).swap16() };
    const bytes = made[encoding]?.() ?? Buffer.from(xml, 'latin1');
    const reading = readInvoice(bytes);
    expect(reading.ok && reading.head.cedentePrestatore.name).toBe('Officina Perch\u00e9 No');
  });

  it('reads the typographic octets of windows-1252 as what they are', () => {
    const xml = invoice(undefined, { declaration: '<?xml version="1.0" encoding="windows-1252"?>' }).replace('2026/1', 'N@');
    const bytes = Buffer.from(xml, 'latin1');
    bytes[bytes.indexOf('N@') + 1] = 0x92;
    const found = readInvoice(bytes);
    expect(!found.ok && found.findings[0]?.value).toBe('N\u2019');
  });

  it('keeps text as it stands: references, CDATA, leading zeros', () => {
    const reading = read(invoice(HEADER.replace('Officina Perch\u00e9 No', 'A &amp; B <![CDATA[<C>]]>&#xE0;') + BODY.replace('2026/1', '00123')));
    expect(reading.ok && reading.head.cedentePrestatore.name).toBe('A & B <C>\u00e0');
    expect(reading.ok && reading.head.documents[0]?.numero).toBe('00123');
  });

  it('says where, what and how to mend, in both languages', () => {
    const xml = invoice(HEADER + BODY + '\n' + BODY.replace('122.00', '1,00'));
    const [finding, ...rest] = findingsOf(xml);
    expect(rest).toEqual([]);
    const path = '/FatturaElettronica/FatturaElettronicaBody[2]/DatiGenerali/DatiGeneraliDocumento/ImportoTotaleDocumento';
    const line = xml.split('\n').findIndex((one) => one.includes('1,00'));
    expect(finding).toMatchObject({
      code: '00200',
      severity: 'error',
      path,
      line: line + 1,
      column: xml.split('\n')[line]!.indexOf('<ImportoTotale') + 1,
      value: '1,00',
      message: { it: expect.stringContaining('ImportoTotaleDocumento'), en: expect.stringContaining('ImportoTotaleDocumento') },
      fix: { it: expect.stringContaining('1.00'), en: expect.stringContaining('1.00') },
      patch: [{ op: 'replace', path, value: '1.00' }],
    });
  });

  const breaks: [name: string, xml: string, code: string, path?: string][] = [
    ['a DOCTYPE', invoice().replace('?>\n', '?><!DOCTYPE x [<!ENTITY a "b">]>'), 'doctype'],
    ['an undefined entity', invoice().replace('2026/1', '&lol;'), '00200'],
    ['no XML at all', 'Gentile cliente, in allegato la fattura', '00200'],
    ['a p7m', '0\u0082\u0001binary', '00200'],
    ['an end too early', invoice().slice(0, -30), '00200'],
    ['another root', '<Invoice/>', '00200', '/Invoice'],
    ['another namespace', invoice().replace(NS, `${NS}3`), '00200', '/FatturaElettronica'],
    ['no namespace', invoice().replaceAll('p:Fattura', 'Fattura').replace(` xmlns:p="${NS}"`, ''), '00200', '/FatturaElettronica'],
    ['children in the namespace', invoice().replaceAll('p:Fattura', 'Fattura').replace('xmlns:p', 'xmlns'), '00200', '/FatturaElettronica/FatturaElettronicaHeader'],
    ['an unknown format', invoice().replace('>FPR12<', '>FPR13<'), '00200', '/FatturaElettronica/FatturaElettronicaHeader/DatiTrasmissione/FormatoTrasmissione'],
    ['a format of the other root', invoice(undefined, { versione: 'FSM10' }).replace('>FPR12<', '>FSM10<'), '00200', '/FatturaElettronica/FatturaElettronicaHeader/DatiTrasmissione/FormatoTrasmissione'],
    ['another versione', invoice(undefined, { versione: 'FPX12' }), '00200', '/FatturaElettronica/@versione'],
    ['no versione', invoice().replace(' versione="FPR12"', ''), '00200', '/FatturaElettronica/@versione'],
    ['no body', invoice(HEADER), '00200', '/FatturaElettronica/FatturaElettronicaBody'],
    ['no transmitter', invoice().replace(/<IdTrasmittente>.*<\/IdTrasmittente>/, ''), '00200', '/FatturaElettronica/FatturaElettronicaHeader/DatiTrasmissione/IdTrasmittente'],
    ['no number', invoice().replace('<Numero>2026/1</Numero>', ''), '00200', '/FatturaElettronica/FatturaElettronicaBody[1]/DatiGenerali/DatiGeneraliDocumento/Numero'],
    ['two numbers', invoice().replace('<Numero>2026/1</Numero>', '<Numero>1</Numero><Numero>2</Numero>'), '00200', '/FatturaElettronica/FatturaElettronicaBody[1]/DatiGenerali/DatiGeneraliDocumento/Numero[2]'],
    ['two headers', invoice(HEADER + HEADER + BODY), '00200', '/FatturaElettronica/FatturaElettronicaHeader[2]'],
    ['a number with an element inside', invoice().replace('2026/1', '20<b>2</b>6'), '00200', '/FatturaElettronica/FatturaElettronicaBody[1]/DatiGenerali/DatiGeneraliDocumento/Numero'],
    ['a day that is none', invoice().replace('2026-01-31', '2026-02-30'), '00200', '/FatturaElettronica/FatturaElettronicaBody[1]/DatiGenerali/DatiGeneraliDocumento/Data'],
    ['no name of the buyer', invoice().replace('<Nome>Maria</Nome>', ''), '00200', '/FatturaElettronica/FatturaElettronicaHeader/CessionarioCommittente/DatiAnagrafici/Anagrafica/Nome'],
    ['an unknown encoding', invoice(undefined, { declaration: '<?xml version="1.0" encoding="EBCDIC-IT"?>' }), 'encoding'],
    ['deep nesting', invoice(HEADER + '<a>'.repeat(257) + '</a>'.repeat(257) + BODY), 'too-deep'],
    ['too many elements', invoice(HEADER + '<a/>'.repeat(250_001) + BODY), 'too-many-elements'],
    ['too many attributes', invoice(HEADER + `<a ${Array.from({ length: 100 }, (_, i) => `b${i}=""`).join(' ')}/>` + BODY), 'too-many-attributes'],
  ];
  it.each(breaks)('refuses %s', (_, xml, code, place) => {
    const found = findingsOf(xml);
    expect(found.map((f) => f.code)).toContain(code);
    if (place) expect(found.map((f) => f.path)).toContain(place);
    for (const finding of found) {
      expect(finding.message.it).not.toBe('');
      expect(finding.message.en).not.toBe('');
      expect(finding.fix?.it).toBeTruthy();
      expect(finding.fix?.en).toBeTruthy();
    }
  });

  it('refuses octets that are not the declared encoding', () => {
    expect(findingsOf(Buffer.from(invoice(), 'latin1')).map((f) => f.code)).toEqual(['encoding']);
  });

  it('takes 5,000,000 bytes and no more', () => {
    const base = invoice();
    const attachment = (data: string): string => base.replace('</FatturaElettronicaBody>', `<Allegati><NomeAttachment>a</NomeAttachment><Attachment>${data}</Attachment></Allegati></FatturaElettronicaBody>`);
    // White space fills up what no whole group of base64 does.
    const fill = (size: number): string => {
      const room = size - Buffer.byteLength(attachment(''));
      return attachment('AAAA'.repeat(Math.floor(room / 4)) + ' '.repeat(room % 4));
    };
    expect(Buffer.byteLength(fill(5_000_000))).toBe(5_000_000);
    expect(read(fill(5_000_000)).ok).toBe(true);
    expect(findingsOf(fill(5_000_001)).map((f) => f.code)).toEqual(['00003']);
    expect(findingsOf('').map((f) => f.code)).toEqual(['empty']);
  });

  it('takes no name from a signature', () => {
    const reference = '<ds:Reference><ds:DigestMethod Algorithm="urn:a"/><ds:DigestValue>AAAA</ds:DigestValue></ds:Reference>';
    const signed = `<ds:SignedInfo><ds:CanonicalizationMethod Algorithm="urn:a"/><ds:SignatureMethod Algorithm="urn:a"/>${reference}</ds:SignedInfo><ds:SignatureValue>AAAA</ds:SignatureValue>`;
    const signature = `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${signed}<ds:Object>${HEADER.replace('Officina', 'Altra')}</ds:Object></ds:Signature>`;
    const reading = read(invoice(HEADER + BODY + signature));
    expect(reading.ok && reading.head.cedentePrestatore.name).toBe('Officina Perch\u00e9 No');
  });

  it('never throws, whatever the octets', () => {
    const base = Buffer.from(invoice());
    fc.assert(
      fc.property(fc.nat(base.length - 1), fc.uint8Array({ maxLength: 6 }), fc.nat(12), (at, insert, drop) => {
        const reading = readInvoice(Buffer.concat([base.subarray(0, at), insert, base.subarray(at + drop)]));
        expect(reading.ok || reading.findings.length > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => !readInvoice(Buffer.from(octets)).ok));
  });
});

describe.skipIf(!existsSync(SAMPLES))('readInvoice on the official samples (skipped without the corpus)', () => {
  const files = existsSync(SAMPLES) ? readdirSync(path.join(SAMPLES, 'invoices')) : [];
  it.each(files)('%s', (file) => {
    const reading = readInvoice(readFileSync(path.join(SAMPLES, 'invoices', file)));
    expect(reading.ok ? [] : reading.findings).toEqual([]);
    const expected = /_(FPA|FPR)|FSM/.exec(file);
    expect(reading.ok && reading.head.formatoTrasmissione.slice(0, 3)).toBe(expected?.[1] ?? 'FSM');
    expect(reading.ok && reading.head.documents.length).toBe(/03\.xml$/.test(file) ? 2 : 1);
  });

  it('refuses format 1.0 of before 2017', () => {
    const found = findingsOf(readFileSync(path.join(SAMPLES, 'invoices-v1.0/IT01234567890_11111.xml')));
    expect(found[0]).toMatchObject({ code: '00200', path: '/FatturaElettronica' });
  });
});
