import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { daticertXml, originalMail, synthesize, testPki } from '../pec/testing/synthetic.js';
import { baseDirectory, languageOf } from './command.js';
import type { Inspection } from './inspect-file.js';
import { main } from './main.js';

const ROOT = path.join(__dirname, '../..');
const CORPUS = path.join(ROOT, '../shared/corpus/pec/eml');

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'inspect-'));
  const { ca } = await testPki();
  writeFileSync(path.join(folder, 'ca.pem'), ca.pem);
  writeFileSync(path.join(folder, 'good.eml'), await synthesize({ kind: 'accettazione' }));
  writeFileSync(path.join(folder, 'changed.eml'), await synthesize({ kind: 'posta-certificata', postacert: originalMail([{ name: 'a.xml', content: Buffer.from('<a/>') }]), tamper: (part) => part.replace('ciao', 'ciaO') }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command line inside this process and keeps what it says. */
async function run(...argv: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const code = await main(argv, { base: folder, env: {}, out: (text) => void (said.out += `${text}\n`), err: (text) => void (said.err += `${text}\n`) });
  return { code, ...said };
}
const inspect = async (...argv: readonly string[]): Promise<{ code: number; lines: Inspection[] }> => {
  const { code, out } = await run('inspect', ...argv, '--json');
  return { code, lines: out.trim().split('\n').map((line) => JSON.parse(line) as Inspection) };
};

describe('corriere', () => {
  it('lists its commands, and says which one it does not know', async () => {
    expect(await run('help')).toMatchObject({ code: 0, out: expect.stringContaining('inspect') as string });
    expect(await run()).toMatchObject({ code: 2, out: '' });
    expect(await run('inspekt')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('unknown command "inspekt"') as string });
  });

  it.each([
    ['no file', []],
    ['an unknown option', ['--colour', 'x.eml']],
    ['an unknown language', ['--lang', 'de', 'x.eml']],
    ['a folder of anchors that is not there', ['--anchors', 'nowhere', 'x.eml']],
  ])('inspect refuses %s with one clear line', async (_name, args) => {
    const { code, out, err } = await run('inspect', ...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^corriere inspect: [^\n]+\n$/);
  });

  it('takes the language from the option, else from the locale', () => {
    expect([languageOf({ LANG: 'it_IT.UTF-8' }), languageOf({ LANG: 'C' }), languageOf({ LC_ALL: 'it', LANG: 'en' }), languageOf({ LANG: 'it' }, 'en'), languageOf({ LANG: 'italic' })]).toEqual(['it', 'en', 'it', 'en', 'en']);
  });

  it('resolves paths from where npm was called', () => {
    expect(baseDirectory({ npm_lifecycle_event: 'corriere', INIT_CWD: '/there' }, '/here')).toBe('/there');
    expect(baseDirectory({ npm_lifecycle_event: 'test', INIT_CWD: '/there' }, '/here')).toBe('/here');
  });
});

describe('corriere inspect', () => {
  it('ends with 0 when all are trusted and with 1 when some are not', async () => {
    const good = await inspect('good.eml', '--anchors', '.');
    expect(good).toMatchObject({ code: 0, lines: [{ file: 'good.eml', class: 'receipt', kind: 'accettazione', signature: 'valid', trust: { ok: true, reasons: [] }, daticert: { tipo: 'accettazione', instant: '2026-11-03T09:15:02.000Z' }, attachments: [] }] });
    expect((await inspect('good.eml')).lines[0]?.trust.reasons.map(({ code }) => code)).toEqual(['chain-incomplete']);
    const all = await inspect('good.eml', 'changed.eml', 'missing.eml', '--anchors', folder);
    expect(all.code).toBe(1);
    expect(all.lines.map(({ signature, trust }) => [signature, trust.ok])).toEqual([['valid', true], ['digest-mismatch', false], [null, false]]);
    expect(all.lines[1]?.attachments).toMatchObject([{ name: 'a.xml', size: 4 }]);
    for (const line of all.lines) expect(Object.keys(line)).toEqual(['file', 'class', 'kind', 'signature', 'trust', 'daticert', 'attachments', 'sdi']);
  });

  it('tells people the same in both languages', async () => {
    const italian = await run('inspect', 'changed.eml', 'missing.eml', '--lang', 'it');
    expect(italian.out).toContain('busta di trasporto: posta-certificata');
    expect(italian.out).toContain('il contenuto non è quello che è stato firmato (digest-mismatch)');
    expect(italian.out).toContain('il file non si legge');
    expect((await run('inspect', 'changed.eml', '--lang', 'en')).out).toContain('the content is not what was signed (digest-mismatch)');
  });

  it('does not let a subject steer the terminal', async () => {
    writeFileSync(path.join(folder, 'escape.eml'), await synthesize({ kind: 'accettazione', daticert: [daticertXml({ tipo: 'accettazione', oggetto: 'a\u009b31m\u202eb' })] }));
    expect((await run('inspect', 'escape.eml')).out).not.toMatch(/[\u009b\u202e]/);
  });

  it('runs from the checkout without a build', () => {
    const { status, stdout } = spawnSync(process.execPath, [path.join(ROOT, 'src/cli/run.cjs'), 'inspect', 'good.eml', '--json', '--anchors', '.'], { cwd: folder, encoding: 'utf8' });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ file: 'good.eml', trust: { ok: true } });
  });

  it.skipIf(!existsSync(CORPUS))('reads every file of the corpus', async () => {
    const files = readdirSync(CORPUS).map((name) => path.join(CORPUS, name));
    const { code, lines } = await inspect(...files);
    expect(code).toBe(1);
    expect(lines).toHaveLength(files.length);
    expect(lines.every((line) => line.class !== null && line.class !== 'ordinary')).toBe(true);
    const sdi = Object.fromEntries(lines.flatMap((line) => (line.sdi ? [[path.basename(line.file), [line.sdi.code, line.sdi.identificativoSdi, line.sdi.invoiceFile]]] : [])));
    expect(sdi).toMatchObject({
      'oca-2018-busta-trasporto-sdi-ricevuta-consegna.eml': ['RC', '6782414', null],
      'oca-2018-busta-trasporto-sdi-invio-file.eml': ['MT', '7339338', 'IT02652600210_00007.xml'],
      'oca-2019-busta-trasporto-sdi-mancata-consegna-nodaticert.eml': ['MC', '141107829', null],
    });
  });
});
