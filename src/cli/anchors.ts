import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { rootCertificates } from 'node:tls';
import { certificatesOf } from '../signature/index.js';
import { UsageError } from './command.js';

/** The public authorities that come with Node; the one above the PEC signers (Actalis) is among them (pec.md 4.3). */
export const bundledRoots = (): readonly string[] => rootCertificates;

const CERTIFICATE_FILE = /\.(pem|crt|cer|der)$/i;

/** The certificates in a folder, all of them anchors. @throws UsageError when the folder cannot be read or holds none */
export async function anchorsFrom(folder: string, asGiven: string): Promise<Buffer[]> {
  let names: string[];
  try {
    names = (await readdir(folder)).filter((name) => CERTIFICATE_FILE.test(name)).sort();
  } catch {
    throw new UsageError({ it: `--anchors: la cartella ${asGiven} non si legge`, en: `--anchors: the folder ${asGiven} cannot be read` });
  }
  const found = (await Promise.all(names.map((name) => readFile(path.join(folder, name))))).flatMap(certificatesOf);
  if (found.length === 0) throw new UsageError({ it: `--anchors: nessun certificato in ${asGiven}`, en: `--anchors: no certificate in ${asGiven}` });
  return found;
}
