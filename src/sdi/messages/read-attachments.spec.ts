import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readSdiAttachments, type SdiAttachment } from './read-attachments.js';

const SAMPLES = path.resolve(__dirname, '../../../../shared/corpus/official/samples');
const INVOICE = Buffer.from('<p:FatturaElettronica xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2"/>');
const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
const privateXml = (root: string, content: string): Buffer => Buffer.from(`<t:${root} xmlns:t="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fattura/messaggi/v1.0" versione="1.0"><IdentificativoSdI>7</IdentificativoSdI><NomeFile>IT09876543217_00001.xml</NomeFile>${content}</t:${root}>`);
const AT = Buffer.from(`<t:AttestazioneTrasmissioneFattura xmlns:t="http://www.fatturapa.gov.it/sdi/messaggi/v1.0" versione="1.0"><IdentificativoSdI>7</IdentificativoSdI><NomeFile>IT09876543217_00001.xml</NomeFile><HashFileOriginale>${sha256(INVOICE)}</HashFileOriginale></t:AttestazioneTrasmissioneFattura>`);
const RC = privateXml('RicevutaConsegna', '');
const MT = privateXml('FileMetadati', `<Hash>${sha256(INVOICE)}</Hash>`);
const at = (name: string, content: Buffer): SdiAttachment => ({ name, content });
const zip = (files: Record<string, Buffer>): Buffer => Buffer.from(zipSync(files));
function delivery(...attachments: SdiAttachment[]) {
  const reading = readSdiAttachments(attachments, []);
  if (!reading.ok) throw new Error(reading.reason);
  return reading;
}

describe('readSdiAttachments', () => {
  it('finds the message, whatever its name', () => {
    expect(delivery(at('allegato.bin', RC))).toMatchObject({ message: { code: 'RC' }, messageFile: { name: 'allegato.bin', content: RC }, remarks: [] });
  });

  it('tolerates base64 inside base64 (incidents T7)', () => {
    const once = Buffer.from(RC.toString('base64').replace(/(.{76})/g, '$1\r\n'));
    const twice = Buffer.from(once.toString('base64'));
    expect(delivery(at('a.xml', once)).messageFile.content).toEqual(RC);
    expect(delivery(at('a.xml', twice)).messageFile.content).toEqual(RC);
    expect(readSdiAttachments([at('a.xml', Buffer.from(twice.toString('base64')))], []).ok).toBe(false);
  });

  it('pairs MT with the invoice, by name or as the only other one, and compares the hash', () => {
    for (const name of ['IT09876543217_00001.xml', 'it09876543217_00001.XML', 'fattura.xml']) {
      expect(delivery(at('m.xml', MT), at(name, INVOICE))).toMatchObject({ message: { code: 'MT' }, invoiceFile: { name, content: INVOICE }, hashMatches: true, remarks: [] });
    }
    expect(delivery(at('m.xml', MT), at('x.pdf', INVOICE), at('IT09876543217_00001.xml.p7m', Buffer.from('0'))).invoiceFile?.name).toBe('IT09876543217_00001.xml.p7m');
    expect(delivery(at('m.xml', MT), at('IT09876543217_00001.xml', Buffer.from('<a/>')))).toMatchObject({ hashMatches: false, remarks: [expect.stringContaining('hash')] });
    expect(delivery(at('m.xml', MT))).toMatchObject({ remarks: ['MT without the invoice file'] });
    expect(delivery(at('m.xml', privateXml('FileMetadati', '')), at('IT09876543217_00001.xml', INVOICE)).hashMatches).toBeUndefined();
  });

  it('opens the zip of an AT', () => {
    const archive = zip({ 'IT09876543217_00001_AT_001.xml': AT, 'cartella/IT09876543217_00001.xml': INVOICE });
    const expected = { message: { code: 'AT' }, messageFile: { name: 'IT09876543217_00001_AT_001.xml', content: AT }, invoiceFile: { name: 'IT09876543217_00001.xml', content: INVOICE }, hashMatches: true };
    expect(delivery(at('IT09876543217_00001_AT_001.zip', archive))).toMatchObject(expected);
    expect(delivery(at('IT09876543217_00001_AT_001.zip', Buffer.from(archive.toString('base64'))))).toMatchObject(expected);
  });

  it.each(['RicevutaConsegna', 'RicevutaScarto', 'RicevutaImpossibilitaRecapito'])('finds a %s in a zip, base64 around it or in it', (root) => {
    const message = privateXml(root, '');
    const archive = zip({ 'cartella/IT09876543217_00001_XX_001.xml': message });
    for (const content of [archive, Buffer.from(archive.toString('base64')), zip({ 'a.xml': Buffer.from(message.toString('base64')) })]) expect(delivery(at('IT09876543217_00001_XX_001.zip', content)).messageFile.content).toEqual(message);
  });

  it('opens no archive inside of an archive', () => {
    expect(readSdiAttachments([at('a.zip', zip({ 'b.zip': zip({ 'a.xml': RC }) }))], [])).toMatchObject({ ok: false, code: 'none' });
  });

  it('refuses a mail with several messages, but not with the same one twice', () => {
    expect(readSdiAttachments([at('a.xml', RC), at('b.xml', privateXml('RicevutaScarto', ''))], [])).toEqual({ ok: false, code: 'several', reason: 'the mail carries several messages of SdI' });
    expect(delivery(at('a.xml', RC), at('b.xml', RC)).message.code).toBe('RC');
  });

  it('finds an invoice whose MT is missing or broken, by its name or by what it is, and never the one of an AT', () => {
    const bare = (...attachments: SdiAttachment[]) => {
      const reading = readSdiAttachments(attachments, []);
      return reading.ok ? 'message' : reading.invoiceFile?.name;
    };
    const broken = Buffer.from('<FileMetadati/>');
    expect(bare(at('IT09876543217_00001.xml', Buffer.from('?')))).toBe('IT09876543217_00001.xml');
    expect(bare(at('IT09876543217_00001_MT_001.xml', broken), at('fattura', INVOICE))).toBe('fattura');
    expect(bare(at('fattura.txt', Buffer.from(Buffer.from(INVOICE.toString('base64')).toString('base64'))))).toBe('fattura.txt');
    expect(bare(at('IT09876543217_00001_AT_001.xml', broken), at('IT09876543217_00001.xml', INVOICE))).toBeUndefined();
    expect(bare(at('IT09876543217_00001.xml', zip({ 'a.xml': INVOICE })))).toBeUndefined();
    expect(bare(at('nota.pdf', Buffer.from('%PDF')))).toBeUndefined();
  });

  it('reads a megabyte of blanks once', () => {
    expect(readSdiAttachments([at('a.xml', Buffer.from(`${' '.repeat(4_000_000)}!`))], []).ok).toBe(false);
  });

  it('says why there is none', () => {
    expect(readSdiAttachments([], [])).toEqual({ ok: false, code: 'none', reason: 'no attachment is a message of SdI' });
    expect(readSdiAttachments([at('IT09876543217_00001_RC_001.xml', Buffer.from('<RicevutaConsegna/>'))], [])).toMatchObject({ ok: false, reason: expect.stringContaining('namespace') });
  });

  it('tells what claims to be a message and cannot be read from what does not claim it', () => {
    const broken = Buffer.from(RC.toString().replace('<IdentificativoSdI>7</IdentificativoSdI>', ''));
    const cut = RC.subarray(0, RC.length - 20);
    const doctype = Buffer.from(`<!DOCTYPE x [<!ENTITY a "b">]>${RC.toString()}`);
    for (const content of [broken, cut, doctype]) expect(readSdiAttachments([at('allegato.bin', content)], [])).toMatchObject({ ok: false, code: 'unreadable' });
    expect(readSdiAttachments([at('a.xml', INVOICE), at('b.xml', Buffer.from('<a/>')), at('c.xml', Buffer.from('<'))], [])).toMatchObject({ ok: false, code: 'none' });
    expect(readSdiAttachments([at('a.xml', Buffer.from('<RicevutaConsegna xmlns="constructor"/>'))], [])).toMatchObject({ ok: false, code: 'none' });
  });

  it('inflates no more of many archives than of one', () => {
    const bomb = zip({ 'a.txt': Buffer.alloc(15_000_000, 32) });
    const bombs = Array.from({ length: 20 }, (_, i) => at(`${i}.zip`, bomb));
    const before = process.memoryUsage().arrayBuffers;
    expect(readSdiAttachments(bombs, []).ok).toBe(false);
    // All of them together would be 300 MB.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60_000_000);
    expect(readSdiAttachments([...bombs.slice(0, 5), at('a.xml', RC)], []).ok).toBe(true);
  });

  it('inflates no bomb: neither an honest one, nor one that lies, nor one of many entries', () => {
    const honest = zip({ 'a.xml': Buffer.alloc(50_000_000, 32) });
    const many = zip(Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`${i}.xml`, RC])));
    const lying = Buffer.from(honest);
    for (const [signature, offset] of [['PK\x03\x04', 22], ['PK\x01\x02', 24]] as const) lying.writeUInt32LE(10, lying.indexOf(signature, 0, 'latin1') + offset);
    const before = process.memoryUsage().arrayBuffers;
    for (const bomb of [honest, many, lying, honest.subarray(0, 1000)]) expect(readSdiAttachments([at('x_AT_001.zip', bomb)], []).ok).toBe(false);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5_000_000);
  });
});

describe.skipIf(!existsSync(SAMPLES))('on the corpus (skipped without it)', () => {
  it('opens the official AT archive', () => {
    const name = 'IT01234567890_11111_AT_001.zip';
    expect(delivery(at(name, readFileSync(path.join(SAMPLES, 'messages-pa', name))))).toMatchObject({ message: { code: 'AT' }, invoiceFile: { name: 'IT01234567890_11111.xml' } });
  });
});
