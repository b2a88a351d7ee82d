import { unzipSync } from 'fflate';
import type { SdiAttachment } from './read-attachments.js';

/** AT's archive holds two files (sdi.md 2.3); an invoice file has at most 5 MB. */
const LIMITS = { entries: 10, bytes: 20_000_000 };

class Refused extends Error {}

export const isZip = (content: Buffer): boolean => content.length >= 4 && content.readUInt32BE(0) === 0x504b0304;

/**
 * The files of an archive, without their folders. Bounded by what the directory declares before anything is inflated, and inflated into no more than that. Undefined when it is
 * broken or out of bounds.
 */
export function unzip(archive: Buffer): SdiAttachment[] | undefined {
  let entries = 0;
  let bytes = 0;
  try {
    const files = unzipSync(archive, {
      filter: ({ name, originalSize }) => {
        entries += 1;
        bytes += originalSize;
        if (entries > LIMITS.entries || bytes > LIMITS.bytes) throw new Refused();
        return !name.endsWith('/');
      },
    });
    return Object.entries(files).map(([name, content]) => ({ name: name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1), content: Buffer.from(content.buffer, content.byteOffset, content.byteLength) }));
  } catch {
    return undefined;
  }
}
