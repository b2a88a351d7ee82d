/** Why a signature is not believed: a stable code and a sentence in English without fiscal data. */
export interface SignatureReason {
  readonly code: SignatureReasonCode;
  readonly text: string;
}

/** Every reason that a verdict or an extraction can give, with what it says to people. */
export const SIGNATURE_REASONS = {
  'cms-unreadable': { it: 'la firma non è un messaggio CMS leggibile', en: 'the signature is not a readable CMS message' },
  'cms-not-signed-data': { it: 'il messaggio CMS non è un SignedData su dati semplici', en: 'the CMS message is not SignedData over plain data' },
  'cms-not-detached': { it: 'la firma porta un contenuto proprio invece di coprire il messaggio', en: 'the signature carries content of its own instead of covering the message' },
  'cms-no-content': { it: 'il messaggio CMS non porta contenuto', en: 'the CMS message carries no content' },
  'signer-count': { it: 'la firma non ha esattamente un firmatario', en: 'the signature does not have exactly one signer' },
  'signed-attributes': { it: 'gli attributi firmati mancano, si ripetono o sono malformati', en: 'the signed attributes are missing, repeated or malformed' },
  'digest-refused': { it: "l'algoritmo di impronta non è ammesso", en: 'the digest algorithm is not accepted' },
  'algorithm-refused': { it: "l'algoritmo di firma non è supportato", en: 'the signature algorithm is not supported' },
  'signature-wrong': { it: 'la firma non corrisponde agli attributi firmati', en: 'the signature does not match the signed attributes' },
  'digest-mismatch': { it: 'il contenuto non è quello che è stato firmato', en: 'the content is not what was signed' },
  'signer-certificate-missing': { it: 'il certificato del firmatario non si trova', en: 'the certificate of the signer is nowhere to be found' },
  'signing-certificate-mismatch': { it: 'il riferimento firmato al certificato ne nomina un altro', en: 'the signed reference to the certificate names another certificate' },
  sha1: { it: 'è usato SHA-1 e le firme vecchie non sono ammesse', en: 'SHA-1 is used and old signatures are not allowed' },
  'weak-key': { it: 'una chiave della catena è troppo corta', en: 'a key of the chain is too short' },
  'signing-time-missing': { it: 'la firma non dice quando è stata fatta: i suoi certificati non si possono giudicare', en: 'the signature does not say when it was made, so its certificates cannot be judged' },
  'chain-incomplete': { it: "nessuna catena di certificati porta dal firmatario a un'autorità fidata", en: 'no chain of certificates leads from the signer to a trusted authority' },
  'chain-signature': { it: 'un certificato della catena non è firmato da quello che lo precede', en: 'a certificate of the chain is not signed by the one above it' },
  'chain-dates': { it: 'un certificato della catena non era in vigore al momento della firma', en: 'a certificate of the chain was not in force at the signing time' },
  'chain-authority': { it: 'un certificato della catena non può emettere certificati', en: 'a certificate of the chain must not issue certificates' },
  'chain-path-length': { it: 'la catena è più lunga di quanto una sua autorità consenta', en: 'the chain is longer than one of its authorities allows' },
  'chain-names': { it: 'un certificato della catena porta un nome che la sua autorità non può certificare', en: 'a certificate of the chain carries a name that its authority may not certify' },
  'chain-revoked': { it: 'un certificato della catena è stato revocato da chi amministra il servizio', en: 'a certificate of the chain was revoked by whoever administers the service' },
  'chain-critical': { it: "un certificato della catena ha un'estensione critica non compresa", en: 'a certificate of the chain has a critical extension that is not understood' },
  'key-usage': { it: 'il certificato del firmatario non serve a firmare', en: 'the certificate of the signer is not for signing' },
  'extended-key-usage': { it: 'un certificato della catena non serve a firmare posta', en: 'a certificate of the chain is not for signing mail' },
  'too-large': { it: 'il file supera la dimensione massima', en: 'the file is larger than allowed' },
  'nested-too-deep': { it: 'i file firmati sono annidati troppo a fondo', en: 'signed files are nested too deep' },
  'not-signed': { it: 'il file non è un file firmato', en: 'the file is not a signed file' },
} as const satisfies Readonly<Record<string, { readonly it: string; readonly en: string }>>;

export type SignatureReasonCode = keyof typeof SIGNATURE_REASONS;

export const reason = (code: SignatureReasonCode): SignatureReason => ({ code, text: SIGNATURE_REASONS[code].en });
