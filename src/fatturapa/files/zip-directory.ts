/**
 * The directory of a zip archive (PKWARE APPNOTE 6.3: 4.3.12 central directory, 4.3.14-16 its ends, 4.5.3 zip64). Only the directory at the end is believed: sizes
 * stand there even when the local headers leave them to a data descriptor.
 */
export interface DirectoryEntry {
  readonly rawName: Buffer;
  readonly flags: number;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly crc32: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Where its local header begins, in the octets given. */
  readonly offset: number;
  /** Unix mode, 0 when the archive was not made on such a system. */
  readonly unixMode: number;
  readonly extra: Buffer;
}

export type Directory = { readonly ok: true; readonly entries: readonly DirectoryEntry[]; readonly start: number } | { readonly ok: false; readonly fault: 'damaged' | 'volumes' | 'tooManyFiles' };

const END = 0x06054b50;
const END_SIZE = 22;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const LOCATOR64_SIZE = 20;
const CENTRAL = 0x02014b50;
const CENTRAL_SIZE = 46;
const MAX_COMMENT = 0xffff;
const ZIP64_EXTRA = 0x0001;
const UNIX = 3;

/** An archive begins with a local header, or with its end when it is empty. */
export const looksLikeZip = (bytes: Buffer): boolean => bytes.length >= 4 && bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6) || (bytes[2] === 7 && bytes[3] === 8));

export function readDirectory(bytes: Buffer, maxEntries: number): Directory {
  const end = findEnd(bytes);
  if (!end) return { ok: false, fault: 'damaged' };
  if (end.disk !== 0 || end.directoryDisk !== 0) return { ok: false, fault: 'volumes' };
  const start = end.at - end.directorySize;
  // Octets before the archive (a self-extracting one) move every offset by the same amount.
  const shift = start - end.directoryOffset;
  if (start < 0 || shift < 0) return { ok: false, fault: 'damaged' };
  const entries: DirectoryEntry[] = [];
  let at = start;
  while (at < end.at) {
    if (entries.length === maxEntries) return { ok: false, fault: 'tooManyFiles' };
    const entry = readEntry(bytes, at, end.at, shift, start);
    if (!entry) return { ok: false, fault: 'damaged' };
    entries.push(entry.value);
    at = entry.next;
  }
  // Some programs write more than 65,535 entries without zip64, their number cut to 16 bits.
  const counted = end.zip64 ? entries.length : entries.length & 0xffff;
  return counted === end.entries ? { ok: true, entries, start } : { ok: false, fault: 'damaged' };
}

interface End {
  /** Where the directory ends. */
  readonly at: number;
  readonly zip64: boolean;
  readonly disk: number;
  readonly directoryDisk: number;
  readonly entries: number;
  readonly directorySize: number;
  readonly directoryOffset: number;
}

function findEnd(bytes: Buffer): End | undefined {
  const lowest = Math.max(0, bytes.length - END_SIZE - MAX_COMMENT);
  let loose: number | undefined;
  for (let at = bytes.length - END_SIZE; at >= lowest; at--) {
    if (bytes[at] !== 0x50 || bytes.readUInt32LE(at) !== END) continue;
    const ends = at + END_SIZE + bytes.readUInt16LE(at + 20);
    if (ends === bytes.length) return readEnd(bytes, at);
    // What follows the comment was added on the way: not an archive's own, yet harmless.
    if (ends < bytes.length) loose ??= at;
  }
  return loose === undefined ? undefined : readEnd(bytes, loose);
}

function readEnd(bytes: Buffer, at: number): End | undefined {
  const locator = at - LOCATOR64_SIZE;
  if (locator >= 0 && bytes.readUInt32LE(locator) === LOCATOR64) return readEnd64(bytes, locator);
  return {
    at,
    zip64: false,
    disk: bytes.readUInt16LE(at + 4),
    directoryDisk: bytes.readUInt16LE(at + 6),
    entries: bytes.readUInt16LE(at + 10),
    directorySize: bytes.readUInt32LE(at + 12),
    directoryOffset: bytes.readUInt32LE(at + 16),
  };
}

function readEnd64(bytes: Buffer, locator: number): End | undefined {
  const told = Number(bytes.readBigUInt64LE(locator + 8));
  // Right before the locator when octets before the archive have moved it.
  const at = [told, locator - 56].find((place) => place >= 0 && place + 56 <= locator && bytes.readUInt32LE(place) === END64);
  if (at === undefined) return undefined;
  return {
    at,
    zip64: true,
    disk: bytes.readUInt32LE(at + 16),
    directoryDisk: bytes.readUInt32LE(at + 20),
    entries: Number(bytes.readBigUInt64LE(at + 32)),
    directorySize: Number(bytes.readBigUInt64LE(at + 40)),
    directoryOffset: Number(bytes.readBigUInt64LE(at + 48)),
  };
}

function readEntry(bytes: Buffer, at: number, end: number, shift: number, start: number): { value: DirectoryEntry; next: number } | undefined {
  if (at + CENTRAL_SIZE > end || bytes.readUInt32LE(at) !== CENTRAL) return undefined;
  const nameEnd = at + CENTRAL_SIZE + bytes.readUInt16LE(at + 28);
  const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
  const next = extraEnd + bytes.readUInt16LE(at + 32);
  if (next > end) return undefined;
  const extra = bytes.subarray(nameEnd, extraEnd);
  const told = [bytes.readUInt32LE(at + 24), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)];
  const [size = 0, compressedSize = 0, offset = 0] = widen(told, extra) ?? [];
  const place = offset + shift;
  // Sizes are judged where the file is read; a place after the directory is no place at all.
  if (place < 0 || place >= start || !Number.isSafeInteger(size) || !Number.isSafeInteger(compressedSize)) return undefined;
  return {
    value: {
      rawName: bytes.subarray(at + CENTRAL_SIZE, nameEnd),
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      crc32: bytes.readUInt32LE(at + 16),
      compressedSize,
      size,
      offset: place,
      unixMode: bytes[at + 5] === UNIX ? bytes.readUInt32LE(at + 38) >>> 16 : 0,
      extra,
    },
    next,
  };
}

/** Size, compressed size and offset: each that is all ones stands in the zip64 extra field instead, in this order. */
function widen(told: readonly number[], extra: Buffer): readonly number[] | undefined {
  if (!told.includes(0xffffffff)) return told;
  const field = extraField(extra, ZIP64_EXTRA);
  if (!field) return told;
  let at = 0;
  const wide: number[] = [];
  for (const value of told) {
    if (value !== 0xffffffff) wide.push(value);
    else if (at + 8 > field.length) return undefined;
    else {
      wide.push(Number(field.readBigUInt64LE(at)));
      at += 8;
    }
  }
  return wide;
}

/** One extra field of an entry (APPNOTE 4.5). */
export function extraField(extra: Buffer, id: number): Buffer | undefined {
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (end > extra.length) return undefined;
    if (extra.readUInt16LE(at) === id) return extra.subarray(at + 4, end);
    at = end;
  }
  return undefined;
}
