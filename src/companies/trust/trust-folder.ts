import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { certificatesOf } from '../../signature/index.js';
import { certificateFacts } from './certificate-facts.js';
import type { CertificateFacts, TrustUse } from './trust-entry.js';

const CERTIFICATE_FILE = /\.(pem|crt|cer|der)$/i;
/** What lies in this folder of the folder is for SdI's own signatures; all else for providers'. */
const SDI_FOLDER = 'sdi';
/** A bundle of every public root has 250 kB. */
const MAX_FILE = 4 * 1024 * 1024;
const MAX_FILES = 2_000;
const MAX_DEPTH = 4;

export interface FolderCertificate {
  readonly use: TrustUse;
  /** The file, relative to the folder, with `/`. */
  readonly place: string;
  readonly facts: CertificateFacts;
}

export interface FolderReading {
  readonly certificates: readonly FolderCertificate[];
  /** Files and folders that could not be read, with why, in English: nothing is concluded from their silence. */
  readonly unreadable: readonly { readonly place: string; readonly why: string }[];
}

/** The certificates in a folder and its subfolders. Names that begin with a dot are passed over (a mounted volume keeps its versions there). Never throws. */
export async function readTrustFolder(folder: string): Promise<FolderReading> {
  const certificates: FolderCertificate[] = [];
  const unreadable: { place: string; why: string }[] = [];
  let files = 0;
  const walk = async (place: string, depth: number): Promise<void> => {
    try {
      const full = path.join(folder, place);
      const found = await stat(full);
      if (found.isDirectory()) {
        if (depth > MAX_DEPTH) throw new Error(`folders nested deeper than ${MAX_DEPTH}`);
        for (const name of (await readdir(full)).sort()) if (!name.startsWith('.')) await walk(place === '' ? name : `${place}/${name}`, depth + 1);
        return;
      }
      if (!CERTIFICATE_FILE.test(place)) return;
      if (++files > MAX_FILES) throw new Error(`more than ${MAX_FILES} files`);
      if (found.size > MAX_FILE) throw new Error(`larger than ${MAX_FILE} bytes`);
      const { read, odd } = certificatesIn(place, await readFile(full));
      certificates.push(...read);
      if (odd > 0) throw new Error(read.length === 0 ? 'no readable certificate in it' : `${odd} of its certificates cannot be read`);
    } catch (error) {
      unreadable.push({ place: place === '' ? '.' : place, why: (error as Error).message });
    }
  };
  await walk('', 0);
  return { certificates, unreadable };
}

/** One odd certificate in a file does not spoil the others. */
function certificatesIn(place: string, content: Buffer): { read: FolderCertificate[]; odd: number } {
  const use: TrustUse = place.split('/')[0]?.toLowerCase() === SDI_FOLDER ? 'sdi' : 'pec';
  const found = certificatesOf(content);
  if (found.length === 0) throw new Error('no certificate in it');
  const read = found.flatMap((der) => {
    const facts = certificateFacts(der);
    return facts ? [{ use, place, facts }] : [];
  });
  return { read, odd: found.length - read.length };
}
