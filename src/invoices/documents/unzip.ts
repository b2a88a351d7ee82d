/** One file of an archive, unpacked; undefined when it is damaged. */
import { readZip, type ZipLimits } from '../../fatturapa/files/index.js';
import { movable, Moved } from '../../platform/workers/transfer.js';

export interface UnzipTask {
  /** The whole archive, in memory that both threads see. */
  readonly archive: Uint8Array<SharedArrayBuffer>;
  readonly limits: ZipLimits;
  /** Of its directory, from 0. */
  readonly entry: number;
}

export function unzipOnThread({ archive, limits, entry }: UnzipTask): Moved<Uint8Array<ArrayBuffer> | undefined> {
  const found = readZip(Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength), limits).entries[entry];
  const content = found?.kind === 'file' ? found.read() : undefined;
  if (!content?.ok) return new Moved(undefined, []);
  const bytes = movable(content.bytes);
  return new Moved(bytes, [bytes.buffer]);
}
