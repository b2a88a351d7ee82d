import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeZip } from '../../fatturapa/files/index.js';
import { keySigner, makeCertificate, signCades } from '../../signature/index.js';
import { main } from '../main.js';
import { Progress } from './progress.js';
import type { FileReport } from './report.js';

const ROOT = path.join(__dirname, '../../..');
const SAMPLES = path.join(ROOT, 'samples');
const CORPUS = path.join(ROOT, '../shared/corpus/official/samples');
const privata = readFileSync(path.join(SAMPLES, 'privata.xml'));
const wrong = Buffer.from(privata.toString().replace('<Divisa>EUR', '<Divisa>euro'));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'validate-'));
  mkdirSync(path.join(folder, 'anno/marzo'), { recursive: true });
  mkdirSync(path.join(folder, 'vuota'));
  writeFileSync(path.join(folder, 'buona.xml'), privata);
  writeFileSync(path.join(folder, 'sbagliata.xml'), wrong);
  writeFileSync(path.join(folder, 'anno/b.xml'), privata);
  writeFileSync(path.join(folder, 'anno/a.XML'), privata);
  writeFileSync(path.join(folder, 'anno/marzo/c.xml'), wrong);
  writeFileSync(path.join(folder, 'anno/leggimi.pdf'), 'x');
  writeFileSync(path.join(folder, 'anno/IT09876543217_0000A_RC_001.xml'), '<x/>');
  symlinkSync(path.join(folder, 'anno'), path.join(folder, 'anno/marzo/indietro'));
  writeFileSync(
    path.join(folder, 'fatture.zip'),
    writeZip([
      { name: 'IT09876543217_0000A.xml', bytes: privata },
      { name: 'IT09876543217_0000B.xml', bytes: wrong },
      { name: 'leggimi.pdf', bytes: Buffer.from('x') },
    ]),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command inside this process. */
async function validate(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const code = await main(['validate', ...args], { base: folder, env: {}, out: (text) => void (said.out += `${text}\n`), err: (text) => void (said.err += `${text}\n`) });
  return { code, ...said };
}
const lines = (out: string): FileReport[] => out.split('\n').filter(Boolean).map((line) => JSON.parse(line) as FileReport);
async function json(...args: readonly string[]): Promise<{ code: number; reports: FileReport[] }> {
  const { code, out } = await validate(...args, '--json');
  return { code, reports: lines(out) };
}

/** Runs the real command line as people do. */
const spawn = (args: readonly string[], options: { input?: Buffer; shell?: string } = {}): { status: number | null; stdout: string; stderr: string } => {
  const argv = [path.join(ROOT, 'src/cli/run.cjs'), 'validate', ...args];
  return options.shell === undefined
    ? spawnSync(process.execPath, argv, { cwd: folder, encoding: 'utf8', ...(options.input && { input: options.input }), env: { ...process.env, LANG: 'C', LC_ALL: '' } })
    : spawnSync('sh', ['-c', `"$0" "$@" | ${options.shell}`, process.execPath, ...argv], { cwd: folder, encoding: 'utf8' });
};

describe('corriere validate', () => {
  it('ends with 0 when all are valid, 1 when some are not, 2 when something cannot be read', async () => {
    expect(await json('buona.xml')).toMatchObject({ code: 0, reports: [{ file: 'buona.xml', valid: true, format: 'FPR12', findings: [] }] });
    expect(await json('sbagliata.xml', 'buona.xml')).toMatchObject({ code: 1, reports: [{ file: 'sbagliata.xml', valid: false }, { file: 'buona.xml', valid: true }] });
    expect(await json('manca.xml', 'buona.xml')).toMatchObject({ code: 2, reports: [{ file: 'manca.xml', valid: false, format: null, findings: [{ code: 'unreadable' }] }, { valid: true }] });
  });

  it('gives every field of a finding, in both languages', async () => {
    const { reports } = await json('sbagliata.xml');
    const [finding] = reports[0]?.findings ?? [];
    expect(Object.keys(reports[0] ?? {})).toEqual(['file', 'valid', 'format', 'findings']);
    expect(finding).toMatchObject({ code: '00200', severity: 'error', path: '/FatturaElettronica/FatturaElettronicaBody[1]/DatiGenerali/DatiGeneraliDocumento/Divisa', line: expect.any(Number) as number, column: expect.any(Number) as number, value: 'euro' });
    expect(Object.keys(finding ?? {}).slice(0, 8)).toEqual(['code', 'severity', 'path', 'line', 'column', 'value', 'message', 'fix']);
    for (const text of [finding?.message, finding?.fix]) expect([text?.it, text?.en].every((one) => typeof one === 'string' && one.length > 10)).toBe(true);
  });

  it('reads folders with all they hold, by name, and nothing that is no invoice', async () => {
    const { code, reports } = await json('anno/');
    expect({ code, files: reports.map(({ file }) => file) }).toEqual({ code: 1, files: ['anno/a.XML', 'anno/b.xml', 'anno/marzo/c.xml'] });
  });

  it('opens what a folder holds by its exact octets, and shows them as text', ({ skip }) => {
    const strange = path.join(folder, 'strani');
    mkdirSync(strange);
    const raw = (...octets: number[]): Buffer => Buffer.concat([Buffer.from(`${strange}/`), Buffer.from(octets)]);
    try {
      mkdirSync(raw(0x73, 0xff));
      writeFileSync(Buffer.concat([raw(0x73, 0xff), Buffer.from('/e.xml')]), wrong);
      writeFileSync(Buffer.concat([raw(0x62, 0xff, 0xe8), Buffer.from('.xml')]), privata);
    } catch {
      return skip('the file system takes UTF-8 names only');
    }
    const judged = spawn(['strani', '--json']);
    expect(lines(judged.stdout).map(({ file, valid }) => [file, valid])).toEqual([
      ['strani/b\ufffd\ufffd.xml', true],
      ['strani/s\ufffd/e.xml', false],
    ]);
    expect(judged.status).toBe(1);
  });

  it('reports each file of an archive by its own name', async () => {
    const { code, reports } = await json('fatture.zip');
    expect(code).toBe(1);
    expect(reports.map(({ file, valid }) => [file, valid])).toEqual([
      ['fatture.zip!IT09876543217_0000A.xml', true],
      ['fatture.zip!IT09876543217_0000B.xml', false],
      ['fatture.zip!leggimi.pdf', true],
    ]);
    expect(reports[2]).toMatchObject({ format: null, findings: [{ code: 'zip-stray-file', severity: 'warning' }] });
    writeFileSync(path.join(folder, 'rotto.zip'), 'PK');
    expect(await json('rotto.zip')).toMatchObject({ code: 1, reports: [{ file: 'rotto.zip', findings: [{ code: '00106' }] }] });
  });

  it('tests names that are meant for SdI, all of them or none', async () => {
    const bad = 'IT0987654_0000A.xml';
    writeFileSync(path.join(folder, bad), privata);
    const codes = async (...args: readonly string[]): Promise<string[][]> => (await json(...args)).reports.map(({ findings }) => findings.map(({ code }) => code));
    expect(await codes(bad, 'buona.xml')).toEqual([['00001'], []]);
    expect(await codes(bad, 'buona.xml', '--name')).toEqual([['00001'], ['00001']]);
    expect(await codes(bad, 'buona.xml', '--no-name')).toEqual([[], []]);
  });

  it('applies the rules of the day that is asked for', async () => {
    expect((await json('buona.xml', '--date', '2026-01-10')).reports[0]?.findings.map(({ code }) => code)).toContain('00403');
    expect((await json('buona.xml', '--date', '2026-06-01')).reports[0]?.findings).toEqual([]);
  });

  it('takes the whole day that is asked for as gone by, in Italy', async () => {
    const made = await makeCertificate({ profile: 'signer', subject: { commonName: 'Mario Rossi' }, notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2029-01-01T00:00:00Z'), keyType: 'ec-p256', keyUsage: [1] });
    writeFileSync(path.join(folder, 'sera.xml.p7m'), await signCades(privata, keySigner(made), { signingTime: new Date('2026-06-01T21:30:00Z') }));
    const codes = async (day: string): Promise<string[]> => ((await json('sera.xml.p7m', '--no-name', '--date', day)).reports[0]?.findings ?? []).filter(({ severity }) => severity === 'error').map(({ code }) => code);
    expect(await codes('2026-06-01')).toEqual([]);
    expect(await codes('2026-05-31')).toEqual(['00105']);
    expect((await validate('sera.xml.p7m', '--date', '2026-02-30')).code).toBe(2);
  });

  it('keeps the order of many files that were judged in parallel', async () => {
    mkdirSync(path.join(folder, 'molte'));
    const names = Array.from({ length: 130 }, (_, n) => `${String(n).padStart(3, '0')}.xml`);
    for (const [n, name] of names.entries()) writeFileSync(path.join(folder, 'molte', name), n % 50 === 7 ? wrong : privata);
    writeFileSync(path.join(folder, 'molte.zip'), writeZip(names.map((name, n) => ({ name: `IT09876543217_${name}`, bytes: n % 50 === 7 ? wrong : privata }))));
    const { code, reports } = await json('molte', 'molte.zip', 'buona.xml');
    expect(code).toBe(1);
    expect(reports.map(({ file }) => file)).toEqual([...names.map((name) => `molte/${name}`), ...names.map((name) => `molte.zip!IT09876543217_${name}`), 'buona.xml']);
    expect(reports.filter(({ valid }) => !valid)).toHaveLength(6);
  });

  it('shows only what is wrong when asked to, and sums up what there was otherwise', async () => {
    expect((await json('anno', '--quiet')).reports.map(({ file }) => file)).toEqual(['anno/marzo/c.xml']);
    expect((await validate('anno', '--lang', 'it')).out.trim().split('\n').at(-1)).toBe('3 file: 2 validi, 1 non validi');
  });

  it('says in Italian or English what is wrong and what to do, and lets no value steer the terminal', async () => {
    writeFileSync(path.join(folder, 'ostile.xml'), privata.toString().replace('<Divisa>EUR', '<Divisa>\u009b31m\u202e'));
    const italian = await validate('ostile.xml', '--lang', 'it');
    expect(italian.out).toMatch(/^✗ ostile\.xml: NON valida \(FPR12, 1 errore\)\n {4}✗ errore 00200 {2}\d+:\d+ {2}\/FatturaElettronica\//);
    expect(italian.out).toMatch(/\n {6}→ /);
    expect(italian.out).not.toMatch(/[\u009b\u202e]/);
    expect((await validate('ostile.xml', '--lang', 'en')).out).toContain('NOT valid');
    expect((await validate('buona.xml', '--quiet')).out).toBe('');
  });

  it.each([
    ['no file', []],
    ['an unknown option', ['--colour', 'buona.xml']],
    ['a day that is none', ['--date', '2026-02-30', 'buona.xml']],
    ['two wishes at once', ['--name', '--no-name', 'buona.xml']],
    ['a folder without invoices', ['vuota']],
    ['an unknown language', ['--lang', 'de', 'buona.xml']],
  ])('refuses %s with one clear line', async (_name, args) => {
    const { code, out, err } = await validate(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^corriere validate: [^\n]+\n$/);
  });

  it('lists its checks with the number of codes', async () => {
    const { code, out } = await validate('--list-checks', '--json');
    expect(code).toBe(0);
    const list = JSON.parse(out) as { count: number; codes: string[]; checks: unknown[] };
    expect(list.count).toBe(list.codes.length);
    expect(list.codes).toEqual(expect.arrayContaining(['00001', '00200', '00423']));
    expect((await validate('--list-checks', '--lang', 'it')).out).toMatch(/\n00423 /);
  });
});

describe('a folder that may not be read', () => {
  it('is named, and everything else is read', async () => {
    mkdirSync(path.join(folder, 'chiusa'));
    chmodSync(path.join(folder, 'chiusa'), 0);
    chmodSync(folder, 0o755);
    // Root may read everything: the question is asked as nobody.
    const root = process.getuid?.() === 0;
    if (root) process.seteuid?.(65534);
    const { code, reports } = await json('chiusa', 'buona.xml').finally(() => root && process.seteuid?.(0));
    expect({ code, found: reports.map(({ file, valid, findings }) => [file, valid, findings[0]?.code]) }).toEqual({ code: 2, found: [['chiusa', false, 'unreadable'], ['buona.xml', true, undefined]] });
  });
});

describe('corriere validate as a program', () => {
  it('runs from the checkout without a build, over files, folders and standard input', () => {
    const { status, stdout, stderr } = spawn(['sbagliata.xml', 'anno', '-', '--json'], { input: privata });
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(lines(stdout).map(({ file, valid }) => [file, valid])).toEqual([['sbagliata.xml', false], ['anno/a.XML', true], ['anno/b.xml', true], ['anno/marzo/c.xml', false], ['-', true]]);
  });

  it('starts its threads from the checkout too, and ends quietly when nobody reads on', () => {
    cpSync(SAMPLES, path.join(folder, 'campioni'), { recursive: true });
    for (let n = 0; n < 60; n++) writeFileSync(path.join(folder, 'campioni', `z${n}.xml`), wrong);
    const all = spawn(['campioni', '--json']);
    expect({ status: all.status, stderr: all.stderr, count: lines(all.stdout).length }).toEqual({ status: 1, stderr: '', count: 66 });
    const { stdout, stderr } = spawn(['campioni', '--json'], { shell: 'head -n 1' });
    expect({ count: lines(stdout).length, stderr }).toEqual({ count: 1, stderr: '' });
  });

  it.skipIf(!existsSync(CORPUS))('reads the official samples: the old ones and other messages are refused, each with its reason', () => {
    const { status, stdout } = spawn([path.join(CORPUS, 'invoices'), path.join(CORPUS, 'invoices-invalid'), path.join(CORPUS, 'invoices-v1.0'), path.join(CORPUS, 'messages-real/IT14627831002_02621_MC_001.xml'), '--json']);
    expect(status).toBe(1);
    const reports = lines(stdout);
    expect(reports).toHaveLength(18);
    for (const { file, valid, findings } of reports) if (!file.includes('/invoices/')) expect({ file, valid, errors: findings.some(({ severity }) => severity === 'error') }).toEqual({ file, valid: false, errors: true });
  });
});

describe('progress', () => {
  it('is one line on a terminal, now and then, and gone when something is printed', () => {
    const written: string[] = [];
    let now = 1000;
    const progress = new Progress({ isTTY: true, write: (text) => written.push(text) }, 'file', () => now);
    progress.show(40, 0);
    progress.show(80, 1);
    now += 200;
    progress.show(120, 1);
    progress.clear();
    progress.clear();
    expect(written).toEqual(['\r40 file', '\r120 file, ✗ 1', `\r${' '.repeat(13)}\r`]);
    const silent = new Progress({ write: (text) => written.push(text) }, 'file');
    silent.show(1, 0);
    silent.clear();
    expect(written).toHaveLength(3);
  });
});
