import { CHAIN_START, chainHash } from '../../src/evidence/chain/index.js';
import { frontOf } from '../../src/evidence/bundle/format/front.js';
import { layOut } from '../../src/evidence/bundle/format/layout.js';
import type { BundleRecords, FileRecord } from '../../src/evidence/bundle/format/records.js';
import { sha256Of } from '../../src/evidence/bundle/format/sha256.js';
import { zipChunks } from '../../src/evidence/bundle/format/zip.js';
import { PAGE_VERSION, renderPage } from '../../src/evidence/bundle/page/page.js';
import { readBundleZip } from '../../src/evidence/bundle/verify/read-zip.js';

/** Plain JSON that may be changed. */
type Mutable<T> = T extends readonly (infer Item)[] ? Mutable<Item>[] : T extends object ? { -readonly [Key in keyof T]: Mutable<T[Key]> } : T;

/** A bundle taken apart by somebody who knows the format as well as we do. */
export interface Opened {
  readonly records: Mutable<BundleRecords>;
  /** Octets of every piece by their SHA-256. */
  readonly pieces: Map<string, Buffer>;
  readonly mediaTypes: Map<string, string>;
}

export function take(archive: Buffer): Opened {
  const { files } = readBundleZip(archive);
  const json = (name: string): never => JSON.parse((files.get(name) as Buffer).toString()) as never;
  const manifest: { files: FileRecord[] } = json('manifest.json');
  return {
    records: { invoice: json('invoice.json'), timeline: json('timeline.json'), attempts: json('attempts.json'), messages: json('messages.json'), certificates: json('certificates.json') },
    pieces: new Map([...files.values()].map((octets) => [sha256Of(octets), octets])),
    mediaTypes: new Map(manifest.files.map(({ sha256, mediaType }) => [sha256, mediaType])),
  };
}

/** Puts a piece in, and returns what its record needs of it. */
export function put({ pieces, mediaTypes }: Opened, octets: Buffer, mediaType: string): { sha256: string; size: number } {
  const sha256 = sha256Of(octets);
  pieces.set(sha256, octets);
  mediaTypes.set(sha256, mediaType);
  return { sha256, size: octets.length };
}

/** Numbers and chains the timeline's entries anew, and sets every place where the head stands. */
export function rechain({ records }: Opened): void {
  const { timeline, invoice } = records;
  let head = CHAIN_START;
  for (const [index, entry] of timeline.entries.entries()) {
    entry.sequence = index + 1;
    entry.previousHash = head;
    entry.hash = head = chainHash(head, { ...(entry as BundleRecords['timeline']['entries'][number]), invoiceId: timeline.invoiceId });
  }
  timeline.head = head;
  invoice.timelineHash = head;
}

/** Writes it again: places, page, manifest, hashes and archive are all in order. */
export async function reassemble(opened: Opened): Promise<Buffer> {
  const sizes = new Map([...opened.pieces].map(([sha256, octets]) => [sha256, { size: octets.length, mediaType: opened.mediaTypes.get(sha256) ?? 'application/octet-stream' }]));
  const { records, files } = layOut(opened.records as BundleRecords, sizes);
  const front = frontOf(records, files, { octets: Buffer.from(renderPage(records)), version: PAGE_VERSION });
  return zip([...front.map(({ name, content }) => [name, content.octets] as const), ...files.map(({ path, sha256 }) => [path, opened.pieces.get(sha256) as Buffer] as const)]);
}

export async function zip(files: Iterable<readonly [string, Buffer]>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of zipChunks([...files].map(([name, octets]) => ({ name, content: () => octets })))) chunks.push(chunk);
  return Buffer.concat(chunks);
}
