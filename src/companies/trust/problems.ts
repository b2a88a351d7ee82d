import { defineProblem, Problem } from '../../platform/http/problem.js';

const UNREADABLE = defineProblem('trust-certificate-unreadable', 422, { it: 'Certificato non leggibile', en: 'Certificate not readable' });
const EXPIRED = defineProblem('trust-certificate-expired', 422, { it: 'Certificato scaduto', en: 'Certificate expired' });
const NO_ADDRESS = defineProblem('trust-certificate-no-address', 422, { it: 'Certificato senza indirizzo', en: 'Certificate without an address' });
const TRUSTED = defineProblem('trust-certificate-trusted', 409, { it: 'Certificato già fidato', en: 'Certificate already trusted' });
const REVOKED = defineProblem('trust-certificate-revoked', 409, { it: 'Certificato già revocato', en: 'Certificate already revoked' });
const UNKNOWN = defineProblem('trust-certificate-unknown', 404, { it: 'Certificato sconosciuto', en: 'Certificate unknown' });
const OTHER = defineProblem('trust-certificate-other', 422, { it: 'Un altro certificato', en: 'Another certificate' });

export function certificateUnreadable(): Problem {
  return new Problem(
    UNREADABLE,
    { it: 'Il testo non contiene esattamente un certificato X.509 leggibile.', en: 'The text does not hold exactly one readable X.509 certificate.' },
    {
      mend: {
        it: 'Inviare un solo certificato in PEM: da "-----BEGIN CERTIFICATE-----" a "-----END CERTIFICATE-----", senza chiavi private. Da DER: openssl x509 -inform der -in file.cer.',
        en: 'Send one certificate in PEM: from "-----BEGIN CERTIFICATE-----" to "-----END CERTIFICATE-----", without private keys. From DER: openssl x509 -inform der -in file.cer.',
      },
    },
  );
}

export function certificateExpired(notAfter: Date): Problem {
  const day = notAfter.toISOString().slice(0, 10);
  return new Problem(
    EXPIRED,
    { it: `Il certificato è scaduto il ${day}: non può firmare altro.`, en: `The certificate expired on ${day}: it can sign no more.` },
    { mend: { it: 'Chiedere a chi firma il certificato in vigore.', en: 'Ask whoever signs for the certificate in force.' } },
  );
}

export function certificateWithoutAddress(): Problem {
  return new Problem(
    NO_ADDRESS,
    {
      it: 'Il certificato non è di un’autorità e non porta nessun indirizzo e-mail: nessun messaggio PEC firmato così potrebbe essere creduto, perché il mittente deve essere scritto nel certificato.',
      en: 'The certificate is no authority’s and bears no e-mail address: no PEC message signed by it could be believed, for the sender must stand in the certificate.',
    },
    { mend: { it: 'Indicare il certificato del gestore (con posta-certificata@… fra i suoi nomi) o quello di un’autorità.', en: 'Give the provider’s certificate (with posta-certificata@… among its names) or that of an authority.' } },
  );
}

export function alreadyTrusted(): Problem {
  return new Problem(TRUSTED, { it: 'Questo certificato è già fidato per questo uso.', en: 'This certificate is trusted for this use already.' });
}

export function alreadyRevoked(): Problem {
  return new Problem(REVOKED, { it: 'Questo certificato è già revocato per questo uso.', en: 'This certificate is revoked for this use already.' });
}

export function certificateUnknown(): Problem {
  return new Problem(
    UNKNOWN,
    { it: 'Nessun certificato con questa impronta è nel deposito, e nessun messaggio è stato firmato con esso.', en: 'No certificate with this fingerprint is in the store, and no message was signed by it.' },
    { mend: { it: 'Controllare l’impronta (SHA-256, 64 cifre esadecimali), oppure inviare anche il certificato in "certificate".', en: 'Check the fingerprint (SHA-256, 64 hexadecimal digits), or send the certificate too, in "certificate".' } },
  );
}

export function anotherCertificate(): Problem {
  return new Problem(OTHER, { it: 'Il certificato inviato non ha l’impronta indicata.', en: 'The certificate sent has not the fingerprint that was named.' });
}
