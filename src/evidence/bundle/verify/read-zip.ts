import { crc32 } from 'node:zlib';
import { BUNDLE_LIMITS } from '../format/limits.js';
import { DIRECTORY_HEADER, directory, isSafePath, LOCAL_HEADER, localHeader, type StoredEntry } from '../format/zip.js';

/** What of an archive is not as it was written. */
export interface ZipFault {
  /** Path of the entry, or `null` for the archive's own end. */
  readonly piece: string | null;
  readonly kind: 'content' | 'header' | 'directory';
  /** Octet of the archive at which it was seen. */
  readonly offset: number;
}

export interface ZipContents {
  readonly files: ReadonlyMap<string, Buffer>;
  /** Empty when every octet is the one that would be written for these files. */
  readonly faults: readonly ZipFault[];
}

const LOCAL_SIGNATURE = 0x04034b50;

/** Whether octets may be meant as a zip at all: they begin or end as one does. */
export const looksLikeZip = (octets: Buffer): boolean => octets.length >= 22 && (octets.readUInt32LE(0) === LOCAL_SIGNATURE || octets.readUInt32LE(octets.length - 22) === 0x06054b50);

/**
 * Reads an archive of the one form that bundles have, and names every place at which it differs from it. Nothing is unpacked, so that nothing can be larger than the archive.
 * Never throws.
 */
export function readBundleZip(archive: Buffer): ZipContents {
  const files = new Map<string, Buffer>();
  const entries: StoredEntry[] = [];
  const faults: ZipFault[] = [];
  let offset = 0;
  while (offset + LOCAL_HEADER <= archive.length && archive.readUInt32LE(offset) === LOCAL_SIGNATURE) {
    const entry = entryAt(archive, offset);
    if (!entry || files.has(entry.name) || files.size >= BUNDLE_LIMITS.files) return { files, faults: [...faults, { piece: entry?.name ?? guessedName(archive, offset), kind: 'header', offset }] };
    const start = offset + LOCAL_HEADER + entry.name.length;
    const content = archive.subarray(start, start + entry.size);
    if (crc32(content) !== entry.crc) faults.push({ piece: entry.name, kind: 'content', offset: start });
    files.set(entry.name, content);
    entries.push(entry);
    offset = start + entry.size;
  }
  const end = directory(entries);
  const rest = archive.subarray(offset);
  if (!rest.equals(end)) faults.push(faultInEnd(archive, rest, end, entries, offset));
  return { files, faults };
}

/** The entry whose header stands there; undefined unless the header is exactly that of its name, size and checksum. */
function entryAt(archive: Buffer, offset: number): StoredEntry | undefined {
  const nameLength = archive.readUInt16LE(offset + 26);
  const size = archive.readUInt32LE(offset + 22);
  const start = offset + LOCAL_HEADER + nameLength;
  if (nameLength > BUNDLE_LIMITS.path || start + size > archive.length) return undefined;
  const name = archive.toString('latin1', offset + LOCAL_HEADER, start);
  if (!isSafePath(name)) return undefined;
  const entry = { name, size, crc: archive.readUInt32LE(offset + 14) };
  return localHeader(entry).equals(archive.subarray(offset, start)) ? entry : undefined;
}

/** The name at a broken header, where something like a name stands there. */
function guessedName(archive: Buffer, offset: number): string | null {
  const text = archive.toString('latin1', offset + LOCAL_HEADER, offset + LOCAL_HEADER + BUNDLE_LIMITS.path);
  const name = /^[A-Za-z0-9._/-]+?(?:\.(?:json|html|sha256|xml|p7m|eml|txt|pem|bin)+)+/.exec(text)?.[0];
  return name !== undefined && isSafePath(name) ? name : null;
}

/** Where the end differs: in the record of which entry, or behind all of them. */
function faultInEnd(archive: Buffer, rest: Buffer, end: Buffer, entries: readonly StoredEntry[], offset: number): ZipFault {
  let at = 0;
  while (at < rest.length && at < end.length && rest[at] === end[at]) at += 1;
  // An entry whose own header is broken ends the walk before it: then what follows is no directory at all.
  if (at < 4) return { piece: guessedName(archive, offset), kind: 'header', offset };
  let record = 0;
  for (const { name } of entries) {
    record += DIRECTORY_HEADER + name.length;
    if (at < record) return { piece: name, kind: 'directory', offset: offset + at };
  }
  return { piece: null, kind: 'directory', offset: offset + at };
}
