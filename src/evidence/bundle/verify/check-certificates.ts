import { certificatesOf, toPem } from '../../../signature/index.js';
import { isPublicRoot } from '../build/anchors.js';
import { describe } from '../format/certificates.js';
import { signaturesOf } from '../format/derive.js';
import { sha256Of } from '../format/sha256.js';
import { revokedText } from '../texts/revoked.js';
import type { OpenBundle } from './open.js';
import type { Findings } from './report.js';

/** Every certificate is the one that its record describes, and serves a signature of the bundle. */
export function checkCertificates({ certificates, files, messages, invoice }: OpenBundle, findings: Findings): void {
  const signers = new Set([...messages.items.flatMap((message) => message.signers), ...signaturesOf(files.get(invoice.file) as Buffer).signatures.flatMap(({ certificate }) => (certificate ? [sha256Of(certificate.der)] : []))]);
  const issuers = new Set(certificates.map(({ issuer }) => issuer));
  for (const record of certificates) {
    const octets = files.get(record.file) as Buffer;
    const [der] = certificatesOf(octets);
    const problem = (code: string, it: string, en: string): void => findings.problem(record.file, code, { it, en });
    const described = der && describe(der);
    if (!der || !described || !octets.equals(Buffer.from(toPem(der)))) {
      problem('unreadable', 'non è un certificato', 'it is no certificate');
      continue;
    }
    const same = sha256Of(der) === record.fingerprint && (['subject', 'issuer', 'serial', 'notBefore', 'notAfter'] as const).every((field) => described[field] === record[field]);
    if (!same) problem('other-certificate', 'il certificato non è quello descritto nell’elenco', 'the certificate is not the one that the record describes');
    const signs = signers.has(record.fingerprint);
    if (!signs && !issuers.has(record.subject)) problem('unused', 'nessuna firma del fascicolo ne ha bisogno', 'no signature of the bundle needs it');
    if ((record.trust !== null) !== record.roles.some((role) => role.endsWith('anchor'))) problem('other-certificate', 'l’elenco dice fidato un certificato che non è di un’autorità fidata, o il contrario', 'the record calls a certificate trusted that is not one of a trusted authority, or the reverse');
    if (record.trust === 'public' && !isPublicRoot(der)) findings.remark(record.file, 'not-public', { it: 'Il fascicolo la dice un’autorità pubblica, ma non è fra quelle che questo programma conosce.', en: 'The bundle calls it a public authority, but it is none of those that this program knows.' });
    if (record.revoked) findings.remark(record.file, 'revoked', revokedText(record.revoked));
    const authority = record.roles.some((role) => role.endsWith('anchor') || role === 'intermediate');
    findings.proves(record.file, authority ? { it: `Certificato dell’autorità ${record.subject}.`, en: `Certificate of the authority ${record.subject}.` } : { it: `Certificato di chi ha firmato: ${record.subject}.`, en: `Certificate of a signer: ${record.subject}.` });
  }
}
