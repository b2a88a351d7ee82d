import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { unzipSync, Zip, ZipDeflate, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type FileToPack, looksLikeZip, readZip, writeZip, type ZipReading } from './index.js';

const file = (name: string, content = `<${name}/>`): FileToPack => ({ name, bytes: Buffer.from(content) });
const zipOf = (files: Readonly<Record<string, string | Uint8Array>>): Buffer => Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([name, content]) => [name, Buffer.from(content)]))));

/** Each entry by its path: its content, or the code of why not. */
const told = (reading: ZipReading): Record<string, string> =>
  Object.fromEntries(
    reading.entries.map((entry) => {
      if (entry.kind === 'left-out') return [entry.path, `${entry.finding.severity} ${entry.finding.code}`];
      const content = entry.read();
      return [entry.path, content.ok ? content.bytes.toString() : `${content.finding.severity} ${content.finding.code}`];
    }),
  );

/** Changes octets of an archive at the place of a signature; `nth` counts from 0. */
function patched(archive: Buffer, signature: number, offset: number, change: (bytes: Buffer, at: number) => void, nth = 0): Buffer {
  const copy = Buffer.from(archive);
  const mark = Buffer.alloc(4);
  mark.writeUInt32LE(signature);
  let at = copy.indexOf(mark);
  for (let i = 0; i < nth; i++) at = copy.indexOf(mark, at + 4);
  change(copy, at + offset);
  return copy;
}
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;

describe('zips of invoices (sdi.md 2.2)', () => {
  it('accounts for every entry: invoices read, the rest with its reason', () => {
    const archive = zipOf({
      'IT01234567890_00001.xml': 'a',
      'sotto/IT01234567890_00002.XML.P7M': 'b',
      'sotto/': '',
      '.DS_Store': 'x',
      '__MACOSX/._IT01234567890_00001.xml': 'x',
      'leggimi.pdf': 'x',
      'IT01234567890_00003.zip': 'x',
      'IT01234567890_00001_RC_001.xml': 'x',
    });
    const reading = readZip(archive);
    expect(reading.finding).toBeUndefined();
    expect(told(reading)).toEqual({
      'IT01234567890_00001.xml': 'a',
      'sotto/IT01234567890_00002.XML.P7M': 'b',
      'sotto/': 'hint zip-folder',
      '.DS_Store': 'warning zip-stray-file',
      '__MACOSX/._IT01234567890_00001.xml': 'warning zip-stray-file',
      'leggimi.pdf': 'warning zip-stray-file',
      'IT01234567890_00003.zip': 'error zip-nested',
      'IT01234567890_00001_RC_001.xml': 'warning zip-stray-file',
    });
    expect(reading.entries[1]).toMatchObject({ name: 'IT01234567890_00002.XML.P7M' });
    for (const entry of reading.entries) if (entry.kind === 'left-out') expect(entry.finding).toMatchObject({ value: entry.path, message: { it: expect.any(String) as string }, fix: { it: expect.any(String) as string } });
  });

  it('reads what other programs write: data descriptors, octets before and after, a comment', () => {
    const chunks: Uint8Array[] = [];
    const stream = new Zip((_error, chunk) => chunks.push(chunk));
    const one = new ZipDeflate('a.xml');
    stream.add(one);
    one.push(Buffer.from('con descrittore'), true);
    stream.end();
    const described = Buffer.concat(chunks);
    expect(described.readUInt16LE(6) & 8).toBe(8);
    expect(told(readZip(described))).toEqual({ 'a.xml': 'con descrittore' });
    expect(told(readZip(Buffer.concat([Buffer.from('MZ self-extracting'), described])))).toEqual({ 'a.xml': 'con descrittore' });
    expect(told(readZip(Buffer.concat([described, Buffer.from('\r\n')])))).toEqual({ 'a.xml': 'con descrittore' });
    const comment = Buffer.from('PK\x05\x06 non sono la fine di questo archivio, sono un commento');
    const commented = Buffer.concat([patched(described, END, 20, (bytes, at) => bytes.writeUInt16LE(comment.length, at)), comment]);
    expect(told(readZip(commented))).toEqual({ 'a.xml': 'con descrittore' });
  });

  it('reads zip64', () => {
    const plain = writeZip([file('a.xml', 'grande')]);
    const end = plain.length - 22;
    const size = plain.readUInt32LE(end + 12);
    const offset = plain.readUInt32LE(end + 16);
    const end64 = Buffer.alloc(56);
    end64.writeUInt32LE(0x06064b50, 0);
    end64.writeBigUInt64LE(44n, 4);
    end64.writeBigUInt64LE(1n, 24);
    end64.writeBigUInt64LE(1n, 32);
    // The entry says all ones, and its extra field the truth.
    const entry = Buffer.from(plain.subarray(offset, end));
    const extra = Buffer.alloc(28);
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(24, 2);
    extra.writeBigUInt64LE(BigInt(entry.readUInt32LE(24)), 4);
    extra.writeBigUInt64LE(BigInt(entry.readUInt32LE(20)), 12);
    entry.fill(0xff, 20, 28);
    entry.fill(0xff, 42, 46);
    entry.writeUInt16LE(extra.length, 30);
    end64.writeBigUInt64LE(BigInt(size + extra.length), 40);
    end64.writeBigUInt64LE(BigInt(offset), 48);
    const locator = Buffer.alloc(20);
    locator.writeUInt32LE(0x07064b50, 0);
    locator.writeBigUInt64LE(BigInt(end + extra.length), 8);
    locator.writeUInt32LE(1, 16);
    const classic = Buffer.from(plain.subarray(end));
    classic.fill(0xff, 8, 20);
    const archive = Buffer.concat([plain.subarray(0, offset), entry, extra, end64, locator, classic]);
    expect(told(readZip(archive))).toEqual({ 'a.xml': 'grande' });
    expect(told(readZip(Buffer.concat([Buffer.from('prima'), archive])))).toEqual({ 'a.xml': 'grande' });
  });

  it.each([
    ['UTF-8 without saying so', Buffer.from('perché.xml'), 'perché.xml'],
    ['code page 437', Buffer.from('perch\x82.xml', 'latin1'), 'perché.xml'],
    ['octets that are neither', Buffer.from('\xff\x9d.xml', 'latin1'), '\u00a0¥.xml'],
  ])('reads a name in %s', (_what, raw, name) => {
    const placeholder = 'x'.repeat(raw.length);
    const archive = writeZip([file(placeholder.replace(/....$/, '.xml'), 'c')]);
    const renamed = patched(patched(archive, LOCAL, 30, (bytes, at) => void raw.copy(bytes, at)), CENTRAL, 46, (bytes, at) => void raw.copy(bytes, at));
    expect(told(readZip(renamed))).toEqual({ [name]: 'c' });
  });

  it('takes the separator of old Windows programs for one', () => {
    const reading = readZip(zipOf({ 'anno\\': '', 'anno\\marzo\\IT01234567890_00001.xml': 'a', 'anno\\.a.xml': 'b' }));
    expect(reading.entries.map(({ kind, path, name }) => [kind, path, name])).toEqual([
      ['left-out', 'anno/', ''],
      ['file', 'anno/marzo/IT01234567890_00001.xml', 'IT01234567890_00001.xml'],
      ['left-out', 'anno/.a.xml', '.a.xml'],
    ]);
    expect(reading.entries.map((entry) => entry.kind === 'file' && entry.read())).toEqual([false, { ok: true, bytes: Buffer.from('a') }, false]);
  });

  it.each(['../a.xml', 'a/../../b.xml', '/etc/a.xml', 'C:\\a.xml', '..\\a.xml', 'a\\..\\..\\b.xml', 'a/..\\b.xml', '\\\\server\\a.xml', 'a\0.xml', 'a\n.xml', ''])('does not read %j', (name) => {
    expect(told(readZip(zipOf({ [name]: 'x', 'b.xml': 'b' })))).toEqual({ [name.replaceAll('\\', '/')]: 'error zip-unsafe-path', 'b.xml': 'b' });
  });

  it('reads files of the same name and says so, surely or perhaps', () => {
    const reading = readZip(zipOf({ '1/IT01234567890_00001.xml': '1', '2/IT01234567890_00001.xml': '2', 'it01234567890_00001.xml': '3', 'IT01234567890_00001.xml.p7m': '4', 'IT01234567890_00002.xml': '5' }));
    expect(reading.entries.map((entry) => entry.kind === 'file' && entry.findings.map(({ code, severity }) => `${severity} ${code}`))).toEqual([[], ['error 00002'], ['warning 00002'], ['warning 00002'], []]);
    const twice = Buffer.concat([writeZip([file('aa.xml'), file('ab.xml')])]);
    const same = [0, 1].reduce<Buffer>((archive, nth) => patched(patched(archive, LOCAL, 30, (bytes, at) => bytes.write('ab', at), nth), CENTRAL, 46, (bytes, at) => bytes.write('ab', at), nth), twice);
    expect(readZip(same).entries.map((entry) => entry.kind === 'file' && [entry.path, entry.findings.length])).toEqual([['ab.xml', 0], ['ab.xml', 1]]);
  });

  it('tells files that cannot be read from those that can', () => {
    const archive = writeZip([file('a.xml', 'a'.repeat(100)), file('b.xml')]);
    const b = '<b.xml/>';
    expect(told(readZip(patched(archive, CENTRAL, 8, (bytes, at) => bytes.writeUInt16LE(1, at))))).toEqual({ 'a.xml': 'error 00106', 'b.xml': b });
    expect(told(readZip(patched(archive, CENTRAL, 10, (bytes, at) => bytes.writeUInt16LE(99, at))))).toEqual({ 'a.xml': 'error 00106', 'b.xml': b });
    expect(told(readZip(patched(archive, CENTRAL, 16, (bytes, at) => bytes.writeUInt32LE(7, at))))).toEqual({ 'a.xml': 'error 00106', 'b.xml': b });
    expect(told(readZip(patched(archive, LOCAL, 30, (bytes, at) => bytes.write('c', at))))).toEqual({ 'a.xml': 'error 00106', 'b.xml': b });
    expect(told(readZip(patched(archive, LOCAL, 0, (bytes, at) => bytes.writeUInt32LE(0, at))))).toEqual({ 'a.xml': 'error 00106', 'b.xml': b });
    expect(told(readZip(patched(archive, LOCAL, 35, (bytes, at) => bytes.writeUInt8(0xff, at))))).toEqual({ 'a.xml': 'error 00106', 'b.xml': b });
    expect(told(readZip(patched(archive, CENTRAL, 38, (bytes, at) => bytes.writeUInt32LE(0o120777 * 0x10000, at))))).toEqual({ 'a.xml': 'a'.repeat(100), 'b.xml': b });
    const unix = patched(patched(archive, CENTRAL, 5, (bytes, at) => bytes.writeUInt8(3, at)), CENTRAL, 38, (bytes, at) => bytes.writeUInt32LE(0o120777 * 0x10000, at));
    expect(told(readZip(unix))).toEqual({ 'a.xml': 'warning zip-stray-file', 'b.xml': b });
  });

  it('never unpacks more than a file declares, nor what declares more than an invoice has', () => {
    const bomb = writeZip([file('a.xml', 'a'.repeat(4_900_000))]);
    expect(bomb.length).toBeLessThan(10_000);
    expect(readZip(bomb).entries[0]).toMatchObject({ kind: 'file', size: 4_900_000 });
    const lying = patched(bomb, CENTRAL, 24, (bytes, at) => bytes.writeUInt32LE(10, at));
    expect(told(readZip(lying))).toEqual({ 'a.xml': 'error 00106' });
    const honest = writeZip([file('a.xml', 'a'.repeat(5_000_001)), file('b.xml', 'b')]);
    expect(told(readZip(honest))).toEqual({ 'a.xml': 'error 00003', 'b.xml': 'b' });
    expect(told(readZip(bomb, { maxTotalBytes: 1_000_000 }))).toEqual({ 'a.xml': 'error zip-too-large' });
    const four = writeZip(['a', 'b', 'c', 'd'].map((name) => file(`${name}.xml`)));
    expect(readZip(four, { maxEntries: 4 }).entries).toHaveLength(4);
    expect(readZip(four, { maxEntries: 3 })).toMatchObject({ entries: [], finding: { code: 'zip-too-many-files' } });
  });

  it('refuses what is no archive, an empty one, and one cut at any place (00106)', () => {
    const archive = writeZip([file('a.xml'), file('b.xml')]);
    for (let length = 0; length < archive.length; length++) expect(readZip(archive.subarray(0, length))).toMatchObject({ entries: [], finding: { code: '00106', severity: 'error' } });
    expect(readZip(writeZip([]))).toMatchObject({ entries: [], finding: { code: '00106' } });
    expect(readZip(zipOf({ 'cartella/': '', 'leggimi.txt': '' }))).toMatchObject({ finding: { code: '00106' }, entries: [{ kind: 'left-out' }, { kind: 'left-out' }] });
    expect(readZip(patched(archive, END, 4, (bytes, at) => bytes.writeUInt16LE(1, at)))).toMatchObject({ finding: { code: '00106', message: { it: expect.stringContaining('volumi') as string } } });
    expect(readZip(patched(archive, END, 10, (bytes, at) => bytes.writeUInt16LE(3, at)))).toMatchObject({ entries: [], finding: { code: '00106' } });
    expect([looksLikeZip(archive), looksLikeZip(writeZip([])), looksLikeZip(Buffer.from('<a/>')), looksLikeZip(Buffer.alloc(0))]).toEqual([true, true, false, false]);
  });

  it('property: random octets changed anywhere never throw, and what is read is what was packed or nothing', () => {
    const archive = writeZip([file('a.xml', 'a'.repeat(50)), file('b.xml', 'bb')]);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(archive.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }), (changes) => {
        const broken = Buffer.from(archive);
        for (const [at, value] of changes) broken[at] = value;
        for (const entry of readZip(broken).entries) {
          const content = entry.kind === 'file' ? entry.read() : undefined;
          if (content?.ok) expect(['a'.repeat(50), 'bb']).toContain(content.bytes.toString());
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('writing a zip', () => {
  it('property: what is packed is read back, by us and by others', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9àé_]{1,12}$/).map((text) => `${text}.xml`);
    const files = fc.uniqueArray(fc.record({ name, bytes: fc.uint8Array({ maxLength: 3000 }).map((octets) => Buffer.from(octets)) }), { selector: (one) => one.name.toLowerCase(), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(files, (packed) => {
        const archive = writeZip(packed);
        expect(writeZip(packed).equals(archive)).toBe(true);
        const ours = readZip(archive).entries.map((entry) => (entry.kind === 'file' ? [entry.name, entry.read()] : entry));
        expect(ours).toEqual(packed.map((one) => [one.name, { ok: true, bytes: one.bytes }]));
        expect(Object.entries(unzipSync(archive)).map(([path, octets]) => [path, Buffer.from(octets)])).toEqual(expect.arrayContaining(packed.map((one) => [one.name, one.bytes])) as unknown);
      }),
      { numRuns: 200 },
    );
  });

  it('is read by the archiver of the system', ({ skip }) => {
    if (spawnSync('python3', ['-c', 'import zipfile']).status !== 0) skip('python3 is not installed');
    const folder = mkdtempSync(path.join(tmpdir(), 'zip-'));
    try {
      const archive = path.join(folder, 'a.zip');
      writeFileSync(archive, writeZip([file('perché.xml', 'à'.repeat(2000)), file('b.xml', '')]));
      expect(spawnSync('python3', ['-m', 'zipfile', '-t', archive], { encoding: 'utf8' }).stdout).toContain('Done testing');
      spawnSync('python3', ['-m', 'zipfile', '-e', archive, folder]);
      expect(readFileSync(path.join(folder, 'perché.xml'), 'utf8')).toBe('à'.repeat(2000));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('stores what does not shrink, and refuses names that no archive should hold', () => {
    const dense = deflateRawSync(Buffer.from(Array.from({ length: 500 }, (_, i) => (i * 7919) & 255)));
    expect(writeZip([{ name: 'a.xml', bytes: dense }]).includes(dense)).toBe(true);
    expect(() => writeZip([file('a.xml'), file('A.xml')])).toThrow(RangeError);
    for (const name of ['', '..', '../a.xml', 'a/b.xml', 'a\\b.xml', 'a\0.xml']) expect(() => writeZip([{ name, bytes: Buffer.alloc(0) }])).toThrow(RangeError);
  });
});
