/** Why a PKCS #12 file gave no signing key, for people. */
export const PKCS12_REASONS = {
  'wrong-password': { it: 'la password non apre il file (oppure il file è danneggiato)', en: 'the password does not open the file (or the file is damaged)' },
  unreadable: { it: 'il file non è un PKCS#12 (.p12, .pfx) leggibile', en: 'the file is not a readable PKCS #12 (.p12, .pfx)' },
  unsupported: { it: 'il file è cifrato con un algoritmo non supportato', en: 'the file is encrypted with an algorithm that is not supported' },
  'too-large': { it: 'il file è troppo grande per essere un PKCS#12', en: 'the file is too large to be a PKCS #12' },
  'too-many-iterations': { it: 'aprire il file richiederebbe troppo calcolo: esportarlo di nuovo con meno iterazioni', en: 'opening the file would take too much computing: export it again with fewer iterations' },
  'no-key': { it: 'il file non contiene una chiave privata', en: 'the file holds no private key' },
  'no-certificate': { it: 'il file non contiene un certificato', en: 'the file holds no certificate' },
  'key-mismatch': { it: 'nessun certificato del file corrisponde alla sua chiave privata', en: 'no certificate of the file belongs to its private key' },
} as const satisfies Readonly<Record<string, { readonly it: string; readonly en: string }>>;

export type Pkcs12Reason = keyof typeof PKCS12_REASONS;

export interface Pkcs12Refusal {
  readonly ok: false;
  readonly reason: Pkcs12Reason;
  readonly text: { readonly it: string; readonly en: string };
}

/** Thrown inside, caught by the reader. */
export class Pkcs12Trouble extends Error {
  constructor(readonly reason: Pkcs12Reason) {
    super(reason);
  }
}
