import { readCertificate } from '../../../signature/index.js';
import { canonicalJson } from '../../chain/index.js';
import { signaturesOf } from '../format/derive.js';
import type { EntryRecord } from '../format/records.js';
import type { OpenBundle } from './open.js';

/** Names of what the entry of the intake says otherwise than the file that was sent, its signatures and what came; a name that an intake has not, too. */
export function misstatedIntake({ evidenceSha256, facts }: EntryRecord, { invoice, files }: OpenBundle): string[] {
  const { signed } = facts;
  const bears = (): boolean =>
    signaturesOf(files.get(invoice.file) as Buffer).signatures.some(({ form, certificate }) => certificate !== undefined && canonicalJson(signed) === canonicalJson({ form, serialNumber: readCertificate(certificate.der).serial }));
  const wrong: Readonly<Record<string, boolean>> = {
    evidenceSha256: evidenceSha256 !== invoice.sha256,
    fileName: facts['fileName'] !== invoice.fileName,
    originalSha256: (facts['originalSha256'] ?? null) !== (invoice.original?.sha256 ?? null),
    signed: signed !== undefined && !bears(),
  };
  return [...Object.keys(wrong).filter((name) => wrong[name] === true), ...Object.keys(facts).filter((name) => name === 'evidenceSha256' || !Object.hasOwn(wrong, name))];
}
