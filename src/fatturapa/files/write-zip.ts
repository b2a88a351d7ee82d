import { crc32, deflateRawSync } from 'node:zlib';

export interface FileToPack {
  /** Without folders, for example `IT09876543217_0000A.xml`. */
  readonly name: string;
  readonly bytes: Buffer;
}

const UTF8_FLAG = 1 << 11;
const VERSION = 20;
/** 1 January 1980: the time of packing would give the same files another archive each time. */
const DOS_DATE = (1 << 5) | 1;

/**
 * A zip of the files in their order. The same files give the same octets.
 *
 * @throws RangeError when two files have the same name (letter case aside), a name holds a folder or control characters, or there is more than the classic format holds
 */
export function writeZip(files: readonly FileToPack[]): Buffer {
  const names = new Set(files.map(({ name }) => name.toLowerCase()));
  if (names.size !== files.length) throw new RangeError('two files of an archive have the same name');
  if (files.length > 0xfffe || files.reduce((sum, { bytes }) => sum + bytes.length, 0) > 0x7fffffff) throw new RangeError('more than a zip holds');
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    if (name === '' || /[\p{Cc}/\\]|^\.\.?$/u.test(name)) throw new RangeError('a name of an archive is one plain name');
    const rawName = Buffer.from(name);
    const packed = deflateRawSync(bytes, { level: 9 });
    const deflated = packed.length < bytes.length;
    const content = deflated ? packed : bytes;
    // The fields that the local header and the directory have in common (APPNOTE 4.3.7, 4.3.12).
    const common = Buffer.alloc(26);
    common.writeUInt16LE(VERSION, 0);
    common.writeUInt16LE(rawName.length === name.length ? 0 : UTF8_FLAG, 2);
    common.writeUInt16LE(deflated ? 8 : 0, 4);
    common.writeUInt16LE(DOS_DATE, 8);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(rawName.length, 22);
    parts.push(uint32(0x04034b50), common, rawName, content);
    directory.push(uint32(0x02014b50), uint16(VERSION), common, Buffer.alloc(10), uint32(offset), rawName);
    offset += 30 + rawName.length + content.length;
  }
  const central = Buffer.concat(directory);
  const count = uint16(files.length);
  return Buffer.concat([...parts, central, uint32(0x06054b50), Buffer.alloc(4), count, count, uint32(central.length), uint32(offset), uint16(0)]);
}

function uint16(value: number): Buffer {
  const octets = Buffer.alloc(2);
  octets.writeUInt16LE(value);
  return octets;
}

function uint32(value: number): Buffer {
  const octets = Buffer.alloc(4);
  octets.writeUInt32LE(value);
  return octets;
}
