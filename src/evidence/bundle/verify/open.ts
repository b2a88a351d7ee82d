import { RECORDS, frontOf } from '../format/front.js';
import { layOut } from '../format/layout.js';
import { BUNDLE_LIMITS } from '../format/limits.js';
import { BUNDLE_FORMAT, BUNDLE_VERSION, type BundleRecords, type FileRecord, ManifestRecord, recordText } from '../format/records.js';
import { sha256Of } from '../format/sha256.js';
import { PAGE_VERSION, renderPage } from '../page/page.js';
import { readBundleZip, type ZipFault } from './read-zip.js';
import type { Findings } from './report.js';

/** A bundle whose octets are in order: each file is the one that the manifest names, each record in its one form, each piece in its place. */
export interface OpenBundle extends BundleRecords {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly listed: readonly FileRecord[];
}

/** The archive as a piece of its own. */
export const ARCHIVE = 'archive';

type Manifest = ReturnType<typeof ManifestRecord.parse>;

/** Opens a bundle; undefined when so much is wrong that nothing more can be said of it, and `findings` say what. */
export function openBundle(archive: Buffer, findings: Findings): OpenBundle | undefined {
  const { files, faults } = readBundleZip(archive);
  for (const fault of faults) findings.problem(fault.piece ?? ARCHIVE, `archive-${fault.kind}`, faultText(fault));
  if (faults.length > 0) return undefined;
  const manifest = manifestOf(files, findings);
  if (!manifest || !filesMatch(files, manifest, findings)) return undefined;
  const records = recordsOf(files, findings);
  if (!records) return undefined;
  const listed = placesMatch(files, manifest, records, findings);
  return listed && { ...records, files, listed };
}

const FAULTS: Readonly<Record<ZipFault['kind'], { readonly it: string; readonly en: string }>> = {
  content: { it: 'il contenuto è stato modificato: non corrisponde alla somma di controllo', en: 'the content was changed: it does not fit its checksum' },
  header: { it: 'l’intestazione nell’archivio è stata modificata, oppure l’archivio è stato riscritto da un altro programma', en: 'the header in the archive was changed, or another programme wrote the archive anew' },
  directory: { it: 'l’indice dell’archivio è stato modificato, troncato o allungato', en: 'the directory of the archive was changed, cut off or made longer' },
};
const faultText = ({ kind, offset }: ZipFault): { it: string; en: string } => ({ it: `${FAULTS[kind].it} (byte ${offset})`, en: `${FAULTS[kind].en} (octet ${offset})` });

function manifestOf(files: ReadonlyMap<string, Buffer>, findings: Findings): Manifest | undefined {
  const manifest = recordOf('manifest.json', files, (value) => ManifestRecord.safeParse(value), findings);
  const newer = manifest ? undefined : (tryJson(files.get('manifest.json')) as { format?: unknown; version?: unknown } | undefined);
  if (newer?.format === BUNDLE_FORMAT && newer.version !== BUNDLE_VERSION) {
    findings.problem('manifest.json', 'other-version', { it: `il fascicolo è nella versione ${String(newer.version)} del formato, che questo programma non conosce`, en: `the bundle is in version ${String(newer.version)} of the format, which this program does not know` });
  }
  if (!manifest) return undefined;
  for (const file of manifest.files) findings.piece(file.path, file.role);
  findings.piece('manifest.json', 'manifest');
  findings.piece('manifest.sha256', 'manifest');
  return manifest;
}

/** The files of the archive are exactly those of the manifest, with their sizes and hashes, in their order. */
function filesMatch(files: ReadonlyMap<string, Buffer>, { files: listed }: Manifest, findings: Findings): boolean {
  for (const { path, size, sha256 } of listed) {
    const octets = files.get(path);
    if (!octets) findings.problem(path, 'missing', { it: 'il file manca dal fascicolo', en: 'the file is missing from the bundle' });
    else if (octets.length !== size || sha256Of(octets) !== sha256) findings.problem(path, 'hash', { it: 'il contenuto non ha la lunghezza e l’impronta SHA-256 elencate nel manifesto', en: 'the content has not the length and the SHA-256 that the manifest lists' });
  }
  const [first, ...others] = listed.map(({ path }) => path);
  const expected = [first, 'manifest.json', 'manifest.sha256', ...others];
  for (const path of files.keys()) if (!expected.includes(path)) findings.problem(path, 'unlisted', { it: 'il file non è elencato nel manifesto', en: 'the manifest does not list the file' });
  if (findings.failed) return false;
  const misplaced = [...files.keys()].find((path, index) => path !== expected[index]);
  if (misplaced !== undefined) findings.problem(misplaced, 'order', { it: 'i file non sono nell’ordine del manifesto', en: 'the files are not in the order of the manifest' });
  return !findings.failed;
}

function recordsOf(files: ReadonlyMap<string, Buffer>, findings: Findings): BundleRecords | undefined {
  const found = Object.entries(RECORDS).map(([name, { record, schema }]) => [record, recordOf<unknown>(name, files, (value) => schema.safeParse(value), findings)] as const);
  return found.every(([, value]) => value !== undefined) ? (Object.fromEntries(found) as unknown as BundleRecords) : undefined;
}

/** A record, in the one form in which records are written: so no member stands twice, or is hidden in white space. */
function recordOf<T>(name: string, files: ReadonlyMap<string, Buffer>, parse: (value: unknown) => { success: true; data: T } | { success: false; error: { issues: readonly { path: PropertyKey[]; message: string }[] } }, findings: Findings): T | undefined {
  const octets = files.get(name);
  if (!octets || octets.length > BUNDLE_LIMITS.recordBytes) {
    findings.problem(name, 'missing', { it: 'il file manca dal fascicolo', en: 'the file is missing from the bundle' });
    return undefined;
  }
  const parsed = parse(tryJson(octets));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.map(String).join('.').slice(0, 100) ?? '';
    findings.problem(name, 'malformed', { it: `il contenuto non ha la forma prevista (${place})`, en: `the content is not of the form that it must have (${place})` });
    return undefined;
  }
  if (!Buffer.from(recordText(parsed.data)).equals(octets)) {
    findings.problem(name, 'not-canonical', { it: 'il contenuto non è scritto nell’unica forma prevista', en: 'the content is not written in the one form that it must have' });
    return undefined;
  }
  return parsed.data;
}

function tryJson(octets: Buffer | undefined): unknown {
  try {
    return octets && JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets));
  } catch {
    return undefined;
  }
}

/** Places every piece again from the records, writes page, manifest and hashes again, and compares. */
function placesMatch(files: ReadonlyMap<string, Buffer>, manifest: Manifest, records: BundleRecords, findings: Findings): readonly FileRecord[] | undefined {
  const sizes = new Map(manifest.files.map(({ sha256, size, mediaType }) => [sha256, { size, mediaType }]));
  const again = layOut(records, sizes);
  for (const [name, { record }] of Object.entries(RECORDS)) {
    if (recordText(again.records[record]) !== recordText(records[record])) findings.problem(name, 'places', { it: 'indica per una prova un file diverso da quello che le spetta', en: 'names another file for a piece of evidence than the one it belongs in' });
  }
  const expected = new Map(again.files.map((file) => [file.path, file]));
  for (const file of manifest.files.slice(1 + Object.keys(RECORDS).length)) {
    if (!expected.has(file.path)) findings.problem(file.path, 'unfounded', { it: 'nessun elenco del fascicolo parla di questo file', en: 'no record of the bundle speaks of this file' });
  }
  for (const [path, file] of expected) if (files.get(path) === undefined || sha256Of(files.get(path) as Buffer) !== file.sha256) findings.problem(path, 'missing', { it: 'un elenco del fascicolo parla di questo file, che manca o è un altro', en: 'a record of the bundle speaks of this file, which is missing or another one' });
  if (findings.failed) return undefined;
  const page = files.get('index.html') as Buffer;
  if (manifest.page !== PAGE_VERSION) findings.remark('index.html', 'other-page', { it: 'la pagina è di un’altra versione del programma: i suoi testi non sono stati confrontati', en: 'the page is by another version of the program: its texts were not compared' });
  else if (!page.equals(Buffer.from(renderPage(records)))) findings.problem('index.html', 'page', { it: 'la pagina non dice ciò che dicono le prove', en: 'the page does not say what the evidence says' });
  for (const { name, content } of frontOf(records, again.files, { octets: page, version: manifest.page })) {
    if (!content.octets.equals(files.get(name) as Buffer)) findings.problem(name, 'not-canonical', { it: 'il contenuto non è quello che risulta dagli altri file', en: 'the content is not what follows from the other files' });
  }
  return again.files;
}
