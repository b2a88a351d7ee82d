/** Why nothing was signed, for people. None of it is the signature's fault but the last two. */
export const SIGNING_TROUBLES = {
  'not-xml': { it: 'il file non è XML leggibile: non si può firmare in XAdES', en: 'the file is not readable XML: it cannot be signed as XAdES' },
  'already-signed': { it: 'il file è già firmato in XAdES', en: 'the file bears a XAdES signature already' },
  'no-end-tag': { it: "l'elemento radice è vuoto: non c'è dove mettere la firma", en: 'the root element is empty: there is no place for the signature' },
  'unsupported-key': { it: 'la chiave di firma non è RSA né EC (P-256, P-384, P-521)', en: 'the signing key is neither RSA nor EC (P-256, P-384, P-521)' },
  'signature-wrong': { it: 'la firma ottenuta non corrisponde al certificato', en: 'the signature that came back does not match the certificate' },
} as const satisfies Readonly<Record<string, { readonly it: string; readonly en: string }>>;

export type SigningTrouble = keyof typeof SIGNING_TROUBLES;

/** Nothing was signed. What a signer rejects with passes through as it is. */
export class SigningError extends Error {
  readonly text: { readonly it: string; readonly en: string };

  constructor(readonly code: SigningTrouble) {
    super(SIGNING_TROUBLES[code].en);
    this.name = 'SigningError';
    this.text = SIGNING_TROUBLES[code];
  }
}
