import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { isZip, unpack } from '../../dashboard/src/pages/upload/unpack.js';

const archive = (files: Readonly<Record<string, string | Uint8Array>> = {}): File =>
  new File([new Uint8Array(zipSync(Object.fromEntries(Object.entries(files).map(([name, content]) => [name, typeof content === 'string' ? strToU8(content) : content]))))], 'tutte.zip');

describe('a zip that is checked in the browser', () => {
  it('is known by its first octets, whatever it is called', async () => {
    expect(await isZip(archive({ 'a.xml': '<a/>' }))).toBe(true);
    expect(await isZip(new File(['<a/>'], 'a.zip'))).toBe(false);
    expect(await isZip(new File([], 'a.zip'))).toBe(false);
  });

  it('has every file accounted for', async () => {
    const found = await unpack(archive({ 'a/uno.xml': '<uno/>', 'leggimi.txt': 'x', 'due.XML.P7M': 'y', '.nascosto.xml': 'x', 'grande.xml': new Uint8Array(5_000_001) }));
    expect(found.map((one) => [one.name, 'file' in one ? one.file.name : one.reason])).toEqual([
      ['tutte.zip › a/uno.xml', 'uno.xml'],
      ['tutte.zip › due.XML.P7M', 'due.XML.P7M'],
      ['tutte.zip › leggimi.txt', 'upload.zip.stray'],
      ['tutte.zip › .nascosto.xml', 'upload.zip.stray'],
      ['tutte.zip › grande.xml', 'upload.zip.large'],
    ]);
    const [first] = found;
    expect(first && 'file' in first && (await first.file.text())).toBe('<uno/>');
  });

  it.each([
    ['nothing in it', archive()],
    ['broken off', new File([Buffer.from('PK\u0003\u0004broken')], 'tutte.zip')],
  ])('says that it cannot be used: %s', async (_, file) => {
    expect(await unpack(file)).toEqual([{ name: 'tutte.zip', reason: 'upload.zip.unreadable' }]);
  });
});
