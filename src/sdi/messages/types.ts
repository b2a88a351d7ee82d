import type { XadesTrust, XadesVerdict } from '../../signature/xml/index.js';

/** Codes of SdI's messages (sdi.md 4.3, 4.4). */
export const SDI_MESSAGE_CODES = ['RC', 'NS', 'MC', 'NE', 'DT', 'AT', 'MT', 'EC', 'SE'] as const;
export type SdiMessageCode = (typeof SDI_MESSAGE_CODES)[number];
export type SdiMessageFamily = 'private' | 'pa';

export interface SdiErrore {
  readonly codice: string;
  readonly descrizione: string;
  readonly suggerimento?: string;
}

/** A message of SdI, read tolerantly (sdi.md 4.5); names are the schema's own in camel case. Instants are ISO 8601 in UTC; those without a zone are read as Europe/Rome. */
export interface SdiMessage {
  readonly code: SdiMessageCode;
  readonly family: SdiMessageFamily;
  readonly root: string;
  readonly namespace: string;
  readonly identificativoSdi: string;
  readonly nomeFile: string;
  readonly hash?: string;
  readonly dataOraRicezione?: string;
  readonly dataOraConsegna?: string;
  /** Calendar date, YYYY-MM-DD. */
  readonly dataMessaADisposizione?: string;
  readonly destinatario?: { readonly codice?: string; readonly descrizione?: string };
  readonly riferimentoArchivio?: { readonly identificativoSdi?: string; readonly nomeFile?: string };
  readonly listaErrori?: readonly SdiErrore[];
  readonly esito?: 'EC01' | 'EC02';
  readonly scarto?: 'EN00' | 'EN01';
  readonly riferimentoFattura?: { readonly numeroFattura: string; readonly annoFattura: string; readonly posizioneFattura?: number };
  readonly codiceDestinatario?: string;
  readonly formato?: string;
  readonly tentativiInvio?: number;
  readonly hashFileOriginale?: string;
  readonly descrizione?: string;
  readonly messageId?: string;
  readonly messageIdCommittente?: string;
  readonly pecMessageId?: string;
  readonly note?: string;
  /** What the enveloped XAdES signature says (sdi.md 4.6). `absent` is right for MT. */
  readonly signature: SdiSignature;
}

/** See {@link XadesVerdict}: `intact` is a right signature of a signer for whom nobody vouches, `revoked` one of a signer that was revoked. */
export type SdiSignature = XadesVerdict;

/** Whose signatures of SdI's are believed; a list alone holds anchors. */
export type SdiTrust = XadesTrust | readonly Buffer[];
