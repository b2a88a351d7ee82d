/** What a message is, by its outer level (house plan, section 5, `corriere inspect`). `inner` is an unwrapped original (the content of a `postacert.eml`). */
export type PecClass = 'receipt' | 'envelope' | 'anomaly' | 'inner' | 'ordinary';

/** The literal values of `X-Ricevuta` and `X-Trasporto` (pec.md 1.3). */
export const RECEIPT_KINDS = ['accettazione', 'non-accettazione', 'presa-in-carico', 'avvenuta-consegna', 'errore-consegna', 'preavviso-errore-consegna', 'rilevazione-virus'] as const;
export type ReceiptKind = (typeof RECEIPT_KINDS)[number];
export type PecKind = ReceiptKind | 'posta-certificata' | 'errore';

/** The literal values of `postacert/@errore` (pec.md 3.1). */
export const DATICERT_ERRORS = ['nessuno', 'no-dest', 'no-dominio', 'virus', 'altro'] as const;

/** `valid`: the CMS verifies over the exact octets; `digest-mismatch`: sound CMS over other octets; `invalid`: wrong signature; `unparsable`: there is something, but no CMS; `absent`. */
export type PecSignatureVerdict = 'valid' | 'digest-mismatch' | 'invalid' | 'unparsable' | 'absent';

export interface Daticert {
  readonly tipo: string;
  readonly errore: string;
  readonly mittente: string;
  readonly risposte?: string;
  readonly oggetto?: string;
  readonly destinatari: readonly { readonly address: string; readonly tipo: 'certificato' | 'esterno' }[];
  readonly gestoreEmittente: string;
  /** Instant of the event, from giorno, ora and zona. */
  readonly instant: Date;
  readonly zona: string;
  /** The provider's id, without angle brackets. */
  readonly identificativo: string;
  /** The client's Message-ID, without angle brackets. */
  readonly msgid?: string;
  readonly ricevuta?: 'completa' | 'breve' | 'sintetica';
  readonly consegna?: string;
  readonly ricezione: readonly string[];
  readonly erroreEsteso?: string;
}

/** Why a message is not (or only with a remark) to be trusted; a stable code and a sentence in English. */
export interface TrustReason {
  readonly code: string;
  readonly text: string;
}

export interface PecSigner {
  readonly certificate: Buffer;
  readonly subject: string;
  readonly issuer: string;
  /** Hex, upper case. */
  readonly serial: string;
  /** SHA-256 of the certificate, hex, lower case. */
  readonly fingerprint: string;
  readonly emails: readonly string[];
  readonly signingTime?: Date;
  readonly digestAlgorithm: string;
  /** SHA-256 of the certificates from the signer's up to the anchor, hex; absent when no chain was found. */
  readonly chain?: readonly string[];
}

export interface PecAttachment {
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
  /** Hex SHA-256 of the decoded octets. */
  readonly sha256: string;
  readonly content: Buffer;
}

/** A message as read from raw octets. `readPecMessage` never throws: what cannot be read is `ordinary` with reasons. */
export interface PecMessage {
  readonly class: PecClass;
  readonly kind?: PecKind;
  readonly signature: PecSignatureVerdict;
  /** `ok` only when every step of pec.md 7.2 that needs no database passed (3-9); the reasons name each step that failed. */
  readonly trust: { readonly ok: boolean; readonly reasons: readonly TrustReason[] };
  readonly signer?: PecSigner;
  /** The signer's certificate up to the anchor, DER; when a chain was found. */
  readonly chain?: readonly Buffer[];
  readonly daticert?: Daticert;
  /** Outer headers: NOT covered by the signature. Message identifiers are without angle brackets. */
  readonly headers: {
    readonly messageId?: string;
    readonly riferimentoMessageId?: string;
    /** Address only, lower case. */
    readonly from?: string;
    readonly replyTo?: string;
    readonly subject?: string;
    readonly date?: Date;
  };
  /** Hex SHA-256 of the signed part's octets: the same for every copy of the message. */
  readonly signedPartSha256?: string;
  /** Octets of `postacert.eml`, when there is one among the direct children of the signed part. */
  readonly postacert?: Buffer;
  /** For an envelope: the attachments of the original inside. Opened only when the signature is valid. */
  readonly attachments: readonly PecAttachment[];
}

/** Whose signatures are believed, and how strictly. */
export interface TrustStore {
  /** Certificates (PEM or DER) under which a signer's chain must end. */
  readonly anchors: readonly (Buffer | string)[];
  /** Certificates that may stand between, beside those that the message brings. */
  readonly intermediates?: readonly (Buffer | string)[];
  /** End certificates that count by themselves, for what they sign, and issue no others. */
  readonly pinned?: readonly (Buffer | string)[];
  /** Certificates that count nowhere, as signers or between, whoever vouches for them. */
  readonly revoked?: readonly (Buffer | string)[];
  /** SHA-1 signatures, and RSA keys from 1024 bits on, count (old archives only). */
  readonly allowSha1?: boolean;
  /** The providers' addresses from which a message may come; any that the anchors vouch for when absent (pec.md 7.2, 6). */
  readonly signers?: readonly string[];
  /** Addresses of our own provider: the only ones that may issue accettazione, non-accettazione and preavviso (pec.md 7.2, 10). Not judged when absent. */
  readonly senderProviders?: readonly string[];
  /** Addresses of the provider that serves the recipient (SdI: `posta-certificata@pcert.sogei.it`): the only ones for avvenuta-consegna; either may issue errore-consegna. Not judged when absent. */
  readonly recipientProviders?: readonly string[];
}
