import { defineProblem, Problem } from '../../platform/http/problem.js';

const NOT_FOUND = defineProblem('signing-certificate-not-found', 404, { it: 'Nessun certificato di firma', en: 'No signing certificate' });
export const UNREADABLE = defineProblem('signing-certificate-unreadable', 422, { it: 'File PKCS#12 illeggibile', en: 'Unreadable PKCS#12 file' });
export const PASSWORD = defineProblem('signing-certificate-password', 422, { it: 'Password errata', en: 'Wrong password' });
export const WITHOUT_KEY = defineProblem('signing-certificate-without-key', 422, { it: 'Chiave privata assente', en: 'No private key' });
const OUT_OF_DATE = defineProblem('signing-certificate-expired', 422, { it: 'Certificato non in corso di validità', en: 'Certificate not in force' });
const UNSUITABLE = defineProblem('signing-certificate-unsuitable', 422, { it: 'Certificato non adatto alla firma', en: 'Certificate not fit for signing' });

export function noCertificate(): Problem {
  return new Problem(
    NOT_FOUND,
    { it: 'L’azienda non ha un certificato di firma.', en: 'The company has no signing certificate.' },
    { mend: { it: 'Caricarlo in Aziende, oppure con PUT /v1/companies/{id}/signing-certificate.', en: 'Upload one under Companies, or with PUT /v1/companies/{id}/signing-certificate.' } },
  );
}

export function outOfDate(notBefore: Date, notAfter: Date): Problem {
  const day = (date: Date): string => date.toISOString().slice(0, 10);
  return new Problem(
    OUT_OF_DATE,
    {
      it: `Il certificato vale dal ${day(notBefore)} al ${day(notAfter)}: SdI rifiuta una firma apposta fuori da questo periodo (00100).`,
      en: `The certificate is valid from ${day(notBefore)} to ${day(notAfter)}: SdI refuses a signature made outside of it (00100).`,
    },
    { mend: { it: 'Caricare un certificato in corso di validità.', en: 'Upload a certificate that is in force.' }, extra: { notBefore, notAfter } },
  );
}

export function unsuitable(): Problem {
  return new Problem(
    UNSUITABLE,
    { it: 'La chiave non è RSA di almeno 2048 bit né ECDSA P-256, P-384 o P-521.', en: 'The key is neither RSA of at least 2048 bits nor ECDSA P-256, P-384 or P-521.' },
    { mend: { it: 'Usare un certificato di firma qualificata.', en: 'Use a qualified signing certificate.' } },
  );
}
