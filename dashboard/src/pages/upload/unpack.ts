import { unzipSync } from 'fflate';
import type { MessageKey } from '../../i18n/messages.js';

const MAX_FILE_BYTES = 5_000_000;
/** The service's own limits for an archive. */
const MAX_ENTRIES = 2_000;
const MAX_TOTAL_BYTES = 200_000_000;

/** A file to look at, or why one is left out. */
export type Unpacked = { readonly name: string; readonly file: File } | { readonly name: string; readonly reason: Extract<MessageKey, `upload.zip.${string}`> };

export async function isZip(file: File): Promise<boolean> {
  const [p, k] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  return p === 0x50 && k === 0x4b;
}

/** The files of an archive, each accounted for: to check it here what is in it must be known here. What is left out is what the service leaves out, too. */
export async function unpack(archive: File): Promise<Unpacked[]> {
  const left: Unpacked[] = [];
  const octets = new Uint8Array(await archive.arrayBuffer());
  let total = 0;
  let count = 0;
  try {
    const files = unzipSync(octets, {
      filter: ({ name, originalSize }) => {
        if (name.endsWith('/')) return false;
        total += originalSize;
        count += 1;
        if (count > MAX_ENTRIES || total > MAX_TOTAL_BYTES) throw new Error('too much in one archive');
        const reason = faultOf(name, originalSize);
        if (reason) left.push({ name: `${archive.name} › ${name}`, reason });
        return reason === undefined;
      },
    });
    const found = Object.entries(files).map(([name, content]): Unpacked => ({ name: `${archive.name} › ${name}`, file: new File([new Uint8Array(content)], name.split('/').at(-1) ?? name) }));
    if (found.length + left.length > 0) return [...found, ...left];
  } catch {
    // Said below, as of an archive with nothing in it.
  }
  return [{ name: archive.name, reason: 'upload.zip.unreadable' }];
}

function faultOf(path: string, size: number): 'upload.zip.stray' | 'upload.zip.large' | undefined {
  const name = path.split('/').at(-1) ?? path;
  if (name.startsWith('.') || /(?:^|\/)__MACOSX\//.test(path) || !/\.(?:xml|p7m)$/i.test(name)) return 'upload.zip.stray';
  return size > MAX_FILE_BYTES ? 'upload.zip.large' : undefined;
}
