import { unzipSync } from 'fflate';
import PostalMime from 'postal-mime';
import { baseName, type InvoiceHead, MAX_INVOICE_BYTES, parseFileName, readInvoice } from '../../fatturapa/index.js';
import { extractCms } from '../../signature/index.js';

/** A file attached to a mail to SdI. */
export interface AttachedFile {
  readonly name: string;
  readonly content: Buffer;
}

/** What SdI makes of one invoice file by itself; `errors` are codes of `reference/sdi-checks.csv`. */
export type FileReading = { readonly ok: true; readonly head: InvoiceHead } | { readonly ok: false; readonly errors: readonly string[] };

/** Attachments that have a name of an invoice file or an archive; text parts and images of a signature are none. */
export async function attachedFiles(message: Buffer): Promise<AttachedFile[]> {
  const mail = await PostalMime.parse(message, { maxNestingDepth: 20 });
  return mail.attachments.flatMap(({ filename, content }) => {
    if (!filename || !/\.(xml|p7m|zip)$/i.test(filename)) return [];
    const octets =
      typeof content === 'string' ? Buffer.from(content) : Buffer.from(content instanceof ArrayBuffer ? new Uint8Array(content) : content);
    return [{ name: filename, content: octets }];
  });
}

/** The invoice in a file, unwrapped from its signature, with the checks that SdI makes first (00001, 00003, 00102, 00200). */
export function readFile(file: AttachedFile): FileReading {
  if (!parseFileName(file.name)) return { ok: false, errors: ['00001'] };
  if (file.content.length > MAX_INVOICE_BYTES) return { ok: false, errors: ['00003'] };
  const looksSigned = /\.p7m$/i.test(file.name) || file.content[0] === 0x30;
  const cms = looksSigned ? extractCms(file.content) : undefined;
  if (cms && !cms.ok && file.content[0] === 0x30) return { ok: false, errors: ['00102'] };
  const reading = readInvoice(cms?.ok ? cms.content : file.content);
  return reading.ok ? { ok: true, head: reading.head } : { ok: false, errors: ['00200'] };
}

/** Bounds of an archive: SdI's own are unknown, these keep a small file from becoming a huge one. */
const MAX_ENTRIES = 500;
const MAX_INFLATED = 100_000_000;

/** The invoice files of an archive; undefined when it cannot be read or holds none (00106). */
export function archiveFiles(content: Buffer): AttachedFile[] | undefined {
  let entries = 0;
  let inflated = 0;
  try {
    const found = unzipSync(content, {
      filter: ({ name, originalSize }) => {
        entries += 1;
        inflated += originalSize;
        if (entries > MAX_ENTRIES || inflated > MAX_INFLATED) throw new RangeError('archive too big');
        return !name.endsWith('/');
      },
    });
    const files = Object.entries(found).map(([path, bytes]) => ({
      name: path.slice(path.lastIndexOf('/') + 1),
      content: Buffer.from(bytes),
    }));
    return files.length > 0 ? files : undefined;
  } catch {
    return undefined;
  }
}

/** True for an archive by its name; only those are opened. */
export const isArchive = (file: AttachedFile): boolean => /\.zip$/i.test(file.name);

/** Under which the name must be the only one for ever: without extension, upper case (sdi.md 2.1). */
export const nameKey = (file: Pick<AttachedFile, 'name'>): string => baseName(file.name);
