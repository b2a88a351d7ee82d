import { sha256Of } from './sha256.js';
import { AttemptsRecord, BUNDLE_FORMAT, BUNDLE_VERSION, type BundleRecords, CertificatesRecord, type FileRecord, InvoiceRecord, ManifestRecord, MessagesRecord, recordText, TimelineRecord } from './records.js';

/** A file of the bundle and how its octets are had: at once, or from the store when it is written. */
export interface PlannedFile {
  readonly name: string;
  readonly size: number;
  readonly content: { readonly octets: Buffer } | { readonly stored: string };
}

interface MadeFile extends PlannedFile {
  readonly content: { readonly octets: Buffer };
}

/** Each record's file, in the order in which they stand; parsed on their way out, so that members are in the order of their schemas and whoever reads them writes the same text. */
export const RECORDS = {
  'invoice.json': { record: 'invoice', schema: InvoiceRecord },
  'timeline.json': { record: 'timeline', schema: TimelineRecord },
  'attempts.json': { record: 'attempts', schema: AttemptsRecord },
  'messages.json': { record: 'messages', schema: MessagesRecord },
  'certificates.json': { record: 'certificates', schema: CertificatesRecord },
} as const;

const made = (name: string, text: string | Buffer): MadeFile => {
  const octets = Buffer.from(text);
  return { name, size: octets.length, content: { octets } };
};

/**
 * What stands in front of the pieces: the page, the manifest, the list of hashes and the records.
 * @param files the pieces, in their order
 */
export function frontOf(records: BundleRecords, files: readonly FileRecord[], page: { readonly octets: Buffer; readonly version: number }): MadeFile[] {
  const pageFile = made('index.html', page.octets);
  const recordFiles = Object.entries(RECORDS).map(([name, { record, schema }]) => made(name, recordText(schema.parse(records[record]))));
  const listed = [pageFile, ...recordFiles].map((file, index): FileRecord => ({
    path: file.name,
    sha256: sha256Of(file.content.octets),
    size: file.size,
    mediaType: index === 0 ? 'text/html; charset=utf-8' : 'application/json',
    role: index === 0 ? 'index' : 'record',
    of: {},
  }));
  const { id, fileName, sha256, number, status, timelineHash } = records.invoice;
  const all = [...listed, ...files];
  const manifest = made('manifest.json', recordText(ManifestRecord.parse({ format: BUNDLE_FORMAT, version: BUNDLE_VERSION, page: page.version, invoice: { id, fileName, sha256, number, status, timelineHash }, files: all })));
  const hashes = [`${sha256Of(manifest.content.octets)}  manifest.json\n`, ...all.map((file) => `${file.sha256}  ${file.path}\n`)];
  return [pageFile, manifest, made('manifest.sha256', hashes.join('')), ...recordFiles];
}
