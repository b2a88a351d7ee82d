import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keySigner, makeCertificate, signCades } from '../../signature/index.js';
import { main } from '../main.js';

const SAMPLES = path.resolve(__dirname, '../../../samples');

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'render-'));
  const xml = readFileSync(path.join(SAMPLES, 'privata.xml'));
  writeFileSync(path.join(folder, 'invoice.xml'), xml);
  writeFileSync(path.join(folder, 'wrong.xml'), xml.toString().replace('<AliquotaIVA>22.00</AliquotaIVA>', '<AliquotaIVA>ventidue</AliquotaIVA>'));
  writeFileSync(path.join(folder, 'old.xml'), xml.toString().replace('http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2', 'http://www.fatturapa.gov.it/sdi/fatturapa/v1.1'));
  writeFileSync(path.join(folder, 'not.xml'), '<?xml version="1.0"?><busta>');
  writeFileSync(path.join(folder, 'invoice.xml.p7m'), await signed(xml));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function signed(xml: Buffer): Promise<Buffer> {
  const { certificate, privateKey } = await makeCertificate({ profile: 'signer', keyType: 'ec-p256', subject: { commonName: 'Ada Firmataria' }, notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2027-01-01T00:00:00Z') });
  return signCades(xml, keySigner({ privateKey, certificate }), { signingTime: new Date('2026-01-15T09:30:00Z') });
}

async function run(...argv: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const code = await main(['render', ...argv], { base: folder, env: {}, out: (text) => void (said.out += `${text}\n`), err: (text) => void (said.err += `${text}\n`) });
  return { code, ...said };
}

describe('corriere render', () => {
  it('writes the page of an XML file to standard output, in the language asked for', async () => {
    const english = await run('invoice.xml', '--lang', 'en');
    expect(english).toMatchObject({ code: 0, err: '' });
    expect(english.out).toMatch(/^<!DOCTYPE html>\n<html lang="en">[\s\S]*<\/html>\n$/);
    expect(english.out).toContain('€557.10');
    expect(english.out).toContain('invoice.xml');
    expect((await run('invoice.xml', '--lang', 'it')).out).toContain('<html lang="it">');
  });

  it('opens a signed file and says who signed it', async () => {
    const { code, out } = await run('invoice.xml.p7m', '--lang', 'it');
    expect(code).toBe(0);
    expect(out).toContain('Ada Firmataria');
    expect(out).toContain('integra: il contenuto è quello firmato');
  });

  it('writes to a file', async () => {
    expect(await run('invoice.xml', '-o', 'page.html')).toEqual({ code: 0, out: '', err: '' });
    expect(readFileSync(path.join(folder, 'page.html'), 'utf8')).toContain('Officina Dimostrativa');
    expect((await run('invoice.xml', '-o', 'nowhere/page.html')).code).toBe(2);
  });

  it.each(['wrong.xml', 'old.xml'])('shows %s as far as it can be read', async (file) => {
    const { code, out } = await run(file);
    expect(code).toBe(0);
    expect(out).toContain('Meccanica Esempio');
  });

  it('says why a file is no invoice', async () => {
    const { code, out, err } = await run('not.xml', '--lang', 'it');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^not\.xml(:\d+:\d+)?: .+\n$/);
  });

  it.each([
    ['no file', []],
    ['two files', ['invoice.xml', 'wrong.xml']],
    ['a file that is not there', ['absent.xml']],
    ['a folder', ['.']],
    ['a language that it does not have', ['invoice.xml', '--lang', 'de']],
    ['an unknown option', ['invoice.xml', '--pdf']],
  ])('cannot do with %s', async (_, args) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^corriere render: [^\n]+\n$/);
  });
});
