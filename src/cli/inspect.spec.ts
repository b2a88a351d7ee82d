import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { daticertXml, originalMail, synthesize, testPki } from '../pec/testing/synthetic.js';
import { keySigner, makeCertificate, signCades } from '../signature/index.js';
import { signSdiXades } from '../signature/xml/index.js';
import type { Inspection } from './inspect-file.js';
import { main } from './main.js';

const NS = 'http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fattura/messaggi/v1.0';
const AT = new Date('2026-11-03T09:15:02Z');
const IN_FORCE = { notBefore: new Date('2025-01-01T00:00:00Z'), notAfter: new Date('2035-01-01T00:00:00Z') };
const RC = `<t:RicevutaConsegna xmlns:t="${NS}" versione="1.0"><IdentificativoSdI>7</IdentificativoSdI><NomeFile>IT09876543217_00001.xml</NomeFile></t:RicevutaConsegna>`;
const INVOICE = '<p:FatturaElettronica versione="FPR12" xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2"></p:FatturaElettronica>';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'inspect-many-'));
  const { ca } = await testPki();
  const put = (name: string, content: string | Buffer): void => {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  };
  const authority = await makeCertificate({ profile: 'ca', subject: { commonName: 'CA Agenzia delle Entrate di prova' }, ...IN_FORCE });
  const sdi = await makeCertificate({ profile: 'signer', subject: { commonName: 'Sistema Interscambio Fattura PA' }, issuer: authority, ...IN_FORCE });
  put('anchors/ca.pem', ca.pem);
  put('anchors/sdi.pem', authority.pem);
  const good = await synthesize({ kind: 'accettazione' });
  const changed = await synthesize({ kind: 'posta-certificata', daticert: [daticertXml({ tipo: 'posta-certificata' })], postacert: originalMail([{ name: 'a.xml', content: Buffer.from('<a/>') }]), tamper: (part) => part.replace('ciao', 'ciaO') });
  for (let i = 0; i < 300; i++) put(`many/${String(i % 3)}/${String(i).padStart(3, '0')}.eml`, i % 10 === 7 ? changed : good);
  put('many/0/notes.txt', 'not a message');
  put('many/.hidden/x.eml', good);
  const signed = signSdiXades(RC, { privateKey: sdi.privateKey, certificate: sdi.certificate, signingTime: AT });
  put('bare/IT09876543217_00001_RC_001.xml', signed);
  put('bare/IT09876543217_00001_RC_002.xml', signed.replace('00001.xml', '00002.xml'));
  put('bare/IT09876543217_00001_RC_003.xml', RC);
  put('bare/IT09876543217_00001_AT_001.zip', Buffer.from(zipSync({ 'IT09876543217_00001_RC_001.xml': Buffer.from(signed) })));
  put('other/fattura.xml', INVOICE);
  put('other/fattura.xml.p7m', await signCades(Buffer.from(INVOICE), keySigner({ certificate: sdi.certificate, privateKey: sdi.privateKey, chain: [] }), { signingTime: AT }));
  put('other/empty.zip', Buffer.from(zipSync({ 'a.txt': Buffer.from('x') })));
  put('other/page.xml', '<html/>');
  put('other/nothing.eml', '');
  put('other/ordinary.eml', 'From: a@b.it\r\nSubject: x\r\n\r\ny');
  symlinkSync(path.join(folder, 'many'), path.join(folder, 'other', 'circle'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(...argv: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const code = await main(['inspect', ...argv], { base: folder, env: {}, out: (text) => void (said.out += `${text}\n`), err: (text) => void (said.err += `${text}\n`) });
  return { code, ...said };
}
const inspect = async (...argv: readonly string[]): Promise<{ code: number; lines: Inspection[] }> => {
  const { code, out } = await run(...argv, '--json');
  return { code, lines: out.trim().split('\n').filter(Boolean).map((line) => JSON.parse(line) as Inspection) };
};
const reasons = ({ trust }: Inspection): string[] => trust.reasons.map(({ code }) => code);

describe('corriere inspect over many files', () => {
  it('takes folders with all they hold, in order, on threads, and counts them', async () => {
    const { code, lines } = await inspect('many', '--anchors', 'anchors');
    expect(code).toBe(1);
    expect(lines.map(({ file }) => file)).toEqual([...Array.from({ length: 300 }, (_, i) => `many/${i % 3}/${String(i).padStart(3, '0')}.eml`)].sort());
    for (const line of lines) expect([line.trust.ok, line.signature]).toEqual(/7\.eml$/.test(line.file) ? [false, 'digest-mismatch'] : [true, 'valid']);
    const { out } = await run('many', '--anchors', 'anchors', '--lang', 'en', '--quiet');
    expect(out.trim().split('\n').at(-1)).toBe('300 files: 270 trusted, 30 not (270 receipt, 30 transport envelope)');
    expect(out.match(/^many\//gm)).toHaveLength(30);
  });

  it('keeps the order where files are missing, also among many', async () => {
    const { code, lines } = await inspect('nowhere.eml', 'many/0/000.eml', 'many/1', 'neither.eml', '--anchors', 'anchors');
    expect(code).toBe(1);
    expect(lines).toHaveLength(103);
    expect([lines[0], lines.at(-1)].map((line) => line && [line.file, line.class, reasons(line)])).toEqual([['nowhere.eml', null, ['file-unreadable']], ['neither.eml', null, ['file-unreadable']]]);
  });

  it('ends with 0 when all are trusted and with 2 when there is nothing to look at', async () => {
    expect((await inspect('many/0/000.eml', 'many/0/003.eml', '--anchors', 'anchors')).code).toBe(0);
    mkdirSync(path.join(folder, 'empty'), { recursive: true });
    expect(await run('empty')).toMatchObject({ code: 2, out: '', err: 'corriere inspect: no message found\n' });
  });
});

describe('corriere inspect on what is no mail', () => {
  it('reads messages of SdI by themselves and in archives, by what their own signature is worth', async () => {
    const { lines } = await inspect('bare', '--anchors', 'anchors');
    expect(lines.map((line) => [path.basename(line.file), line.class, line.trust.ok, reasons(line), line.sdi?.code, line.sdi?.signature.verdict])).toEqual([
      ['IT09876543217_00001_AT_001.zip', null, true, [], 'RC', 'valid'],
      ['IT09876543217_00001_RC_001.xml', null, true, [], 'RC', 'valid'],
      ['IT09876543217_00001_RC_002.xml', null, false, ['sdi-signature-invalid'], 'RC', 'invalid'],
      ['IT09876543217_00001_RC_003.xml', null, false, ['sdi-signature-absent'], 'RC', 'absent'],
    ]);
    expect((await inspect('bare/IT09876543217_00001_RC_001.xml')).lines.map(reasons)).toEqual([['sdi-signer-unknown']]);
    for (const line of lines) expect(Object.keys(line)).toEqual(['file', 'class', 'kind', 'signature', 'trust', 'daticert', 'attachments', 'sdi']);
  });

  it.each([
    ['other/fattura.xml', 'file-is-invoice'],
    ['other/fattura.xml.p7m', 'file-is-invoice'],
    ['other/empty.zip', 'file-is-archive'],
    ['other/page.xml', 'file-is-no-message'],
  ])('says what %s is', async (file, reason) => {
    const { code, lines } = await inspect(file);
    expect([code, lines.map(reasons)]).toEqual([1, [[reason]]]);
    expect((await run(file, '--lang', 'it')).out).toContain(`(${reason})`);
  });

  it('reads everything else as mail, and follows no link to a folder', async () => {
    const { lines } = await inspect('other');
    expect(lines.map(({ file, class: kind }) => [file, kind])).toEqual([['other/nothing.eml', 'ordinary'], ['other/ordinary.eml', 'ordinary']]);
  });
});
