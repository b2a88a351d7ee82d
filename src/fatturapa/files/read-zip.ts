import { crc32, inflateRawSync } from 'node:zlib';
import { baseName } from '../file-names.js';
import { MAX_INVOICE_BYTES } from '../limits.js';
import type { FatturapaFinding } from '../types.js';
import { type DirectoryEntry, readDirectory } from './zip-directory.js';
import { zipFinding } from './zip-findings.js';
import { decodeName, faultOfName, lastName, withSlashes } from './zip-names.js';

export interface ZipLimits {
  /** Entries of any kind; default 20,000. */
  readonly maxEntries?: number;
  /** Octets of all files together, unpacked; default 500,000,000. Nothing beyond is unpacked. */
  readonly maxTotalBytes?: number;
}

export type ZipContent = { readonly ok: true; readonly bytes: Buffer } | { readonly ok: false; readonly finding: FatturapaFinding };

/** A file that may be an invoice. It is unpacked when it is asked for, each time anew. */
export interface ZipFile {
  readonly kind: 'file';
  /** As it stands in the archive, folders included and divided by `/`. */
  readonly path: string;
  /** Without folders: the name that SdI would judge. */
  readonly name: string;
  /** Octets, as the archive declares; `read` holds it to that. */
  readonly size: number;
  /** About its name among the others' (00002). */
  readonly findings: readonly FatturapaFinding[];
  read(): ZipContent;
}

/** An entry that is not read, with the reason: a hint for a folder, a warning for what does no harm, an error otherwise. */
export interface ZipLeftOut {
  readonly kind: 'left-out';
  readonly path: string;
  readonly name: string;
  readonly finding: FatturapaFinding;
}

/** Every entry of the archive in its order; `finding` when the archive as a whole is refused (00106). */
export interface ZipReading {
  readonly entries: readonly (ZipFile | ZipLeftOut)[];
  readonly finding?: FatturapaFinding;
}

const MAX_ENTRIES = 20_000;
const MAX_TOTAL_BYTES = 500_000_000;

const ENCRYPTED = (1 << 0) | (1 << 6) | (1 << 13);
const LOCAL = 0x04034b50;
const LOCAL_SIZE = 30;
const STORED = 0;
const DEFLATED = 8;
const FILE_TYPE = 0o170000;
const REGULAR = 0o100000;

/**
 * Opens a zip of invoice files (sdi.md 2.2). Archives inside archives are not opened, as SdI does not. A file never unpacks to more than it declares, and
 * nothing that declares more than an invoice may have is unpacked, so no ratio of compression does harm. Never throws.
 *
 * @example
 * for (const entry of readZip(bytes).entries) {
 *   if (entry.kind === 'left-out') continue;
 *   const content = entry.read();
 *   if (content.ok) validateFile(content.bytes, { at, fileName: entry.name });
 * }
 */
export function readZip(bytes: Buffer, limits: ZipLimits = {}): ZipReading {
  const directory = readDirectory(bytes, limits.maxEntries ?? MAX_ENTRIES);
  if (!directory.ok) return { entries: [], finding: zipFinding(directory.fault) };
  const seen = new Map<string, Set<string>>();
  let left = limits.maxTotalBytes ?? MAX_TOTAL_BYTES;
  const entries = directory.entries.map((entry): ZipFile | ZipLeftOut => {
    const path = withSlashes(decodeName(entry.rawName, entry.flags, entry.extra));
    const name = lastName(path);
    const fault = faultOfName(path) ?? faultOf(entry) ?? (entry.size > left ? 'totalTooLarge' : undefined);
    if (fault) return { kind: 'left-out', path, name, finding: zipFinding(fault, path) };
    left -= entry.size;
    return { kind: 'file', path, name, size: entry.size, findings: sameName(seen, name), read: () => unpack(bytes, entry, directory.start, path) };
  });
  return entries.some(({ kind }) => kind === 'file') || entries.some((entry) => entry.kind === 'left-out' && entry.finding.severity === 'error') ? { entries } : { entries, finding: zipFinding('empty') };
}

function faultOf(entry: DirectoryEntry): 'stray' | 'encrypted' | 'method' | 'tooLarge' | undefined {
  // A link or a device is no file, whatever its name.
  if ((entry.unixMode & FILE_TYPE) !== 0 && (entry.unixMode & FILE_TYPE) !== REGULAR) return 'stray';
  if ((entry.flags & ENCRYPTED) !== 0) return 'encrypted';
  if (entry.method !== STORED && entry.method !== DEFLATED) return 'method';
  return entry.size > MAX_INVOICE_BYTES ? 'tooLarge' : undefined;
}

/** Names are unique for ever, and whether case or extension make a difference is uncertain (sdi.md 2.1). */
function sameName(seen: Map<string, Set<string>>, name: string): readonly FatturapaFinding[] {
  const base = baseName(name);
  const others = seen.get(base);
  if (!others) {
    seen.set(base, new Set([name]));
    return [];
  }
  const finding = zipFinding(others.has(name) ? 'sameName' : 'sameBaseName', name);
  others.add(name);
  return [finding];
}

function unpack(bytes: Buffer, entry: DirectoryEntry, directoryStart: number, path: string): ZipContent {
  const content = contentOf(bytes, entry, directoryStart);
  return content ? { ok: true, bytes: content } : { ok: false, finding: zipFinding('damagedFile', path) };
}

function contentOf(bytes: Buffer, entry: DirectoryEntry, directoryStart: number): Buffer | undefined {
  const at = entry.offset;
  if (at + LOCAL_SIZE > directoryStart || bytes.readUInt32LE(at) !== LOCAL) return undefined;
  const nameEnd = at + LOCAL_SIZE + bytes.readUInt16LE(at + 26);
  const start = nameEnd + bytes.readUInt16LE(at + 28);
  const end = start + entry.compressedSize;
  // Two names for one file: what one program tests, another would send.
  if (end > directoryStart || !bytes.subarray(at + LOCAL_SIZE, nameEnd).equals(entry.rawName)) return undefined;
  const packed = bytes.subarray(start, end);
  const content = entry.method === STORED ? packed : inflate(packed, entry.size);
  return content?.length === entry.size && crc32(content) === entry.crc32 ? content : undefined;
}

function inflate(packed: Buffer, size: number): Buffer | undefined {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, size), chunkSize: Math.min(Math.max(1024, size), MAX_INVOICE_BYTES) });
  } catch {
    return undefined;
  }
}
