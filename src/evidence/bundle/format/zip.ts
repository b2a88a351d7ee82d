import { crc32 } from 'node:zlib';

/**
 * The one form of zip that a bundle has: files stored as they are in a given order, names of plain ASCII, the same time in all, no extra fields, no comments. The same files
 * give the same octets, and no octet of an archive is free (APPNOTE 4.3.7, 4.3.12, 4.3.16).
 */
export const LOCAL_HEADER = 30;
export const DIRECTORY_HEADER = 46;
export const END_RECORD = 22;

export interface StoredEntry {
  readonly name: string;
  readonly size: number;
  readonly crc: number;
}

const VERSION = 20;
/** 1 January 1980, the first day of the format. */
const DOS_DATE = (1 << 5) | 1;

/** A path that is safe on every system: relative, plain letters, no part that begins with a dot. */
export const isSafePath = (name: string): boolean => /^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)?[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(name) && name.length <= 200;

/** The fields that the local header and the directory have in common. */
function common({ name, size, crc }: StoredEntry): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(VERSION, 0);
  fields.writeUInt16LE(DOS_DATE, 8);
  fields.writeUInt32LE(crc, 10);
  fields.writeUInt32LE(size, 14);
  fields.writeUInt32LE(size, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

const uint = (value: number, octets: 2 | 4): Buffer => {
  const buffer = Buffer.alloc(octets);
  buffer.writeUIntLE(value, 0, octets);
  return buffer;
};

/** What stands before the content of an entry. */
export const localHeader = (entry: StoredEntry): Buffer => Buffer.concat([uint(0x04034b50, 4), common(entry), Buffer.from(entry.name, 'latin1')]);

/** What stands behind the last content: one record for each entry, in their order, and the end. */
export function directory(entries: readonly StoredEntry[]): Buffer {
  const records: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    records.push(uint(0x02014b50, 4), uint(VERSION, 2), common(entry), Buffer.alloc(10), uint(offset, 4), Buffer.from(entry.name, 'latin1'));
    offset += LOCAL_HEADER + entry.name.length + entry.size;
  }
  const central = Buffer.concat(records);
  return Buffer.concat([central, uint(0x06054b50, 4), Buffer.alloc(4), uint(entries.length, 2), uint(entries.length, 2), uint(central.length, 4), uint(offset, 4), uint(0, 2)]);
}

/** Length of the archive of files with these names and sizes. */
export const zipLength = (files: readonly { readonly name: string; readonly size: number }[]): number =>
  files.reduce((sum, { name, size }) => sum + LOCAL_HEADER + DIRECTORY_HEADER + 2 * name.length + size, END_RECORD);

/** Writes an archive piece by piece; only the content that is being written is in memory. */
export async function* zipChunks(files: Iterable<{ readonly name: string; readonly content: () => Buffer | Promise<Buffer> }>): AsyncGenerator<Buffer> {
  const entries: StoredEntry[] = [];
  for (const { name, content } of files) {
    const octets = await content();
    const entry = { name, size: octets.length, crc: crc32(octets) };
    entries.push(entry);
    yield localHeader(entry);
    yield octets;
  }
  yield directory(entries);
}
