import { type PecClass, type PecKind, RECEIPT_KINDS, type ReceiptKind } from './types.js';

/** The two headers that say what a message is; they exclude each other (pec.md 1.3). */
export const KIND_HEADERS = { receipt: 'x-ricevuta', transport: 'x-trasporto' } as const;

/** Who may issue a receipt: the provider of the sender (for our mail: ours) or the recipient's (pec.md 1.1). */
export type Issuer = 'sender-provider' | 'recipient-provider';

interface KindEntry {
  readonly class: PecClass;
  readonly header: (typeof KIND_HEADERS)[keyof typeof KIND_HEADERS];
  /** Absent where any provider may issue it. */
  readonly issuers?: readonly Issuer[];
  /** `errore` of daticert.xml is `nessuno`: what it tells of is no error (pec.md 3.2). */
  readonly flawless?: true;
  /** Travels between providers only: in a user's mailbox it is suspicious. */
  readonly betweenProviders?: true;
}

/** Every kind of message that a PEC provider makes (pec.md 1.1, 1.3). */
export const KINDS: Readonly<Record<PecKind, KindEntry>> = {
  accettazione: { class: 'receipt', header: 'x-ricevuta', issuers: ['sender-provider'], flawless: true },
  'non-accettazione': { class: 'receipt', header: 'x-ricevuta', issuers: ['sender-provider'] },
  'presa-in-carico': { class: 'receipt', header: 'x-ricevuta', issuers: ['recipient-provider'], betweenProviders: true },
  'avvenuta-consegna': { class: 'receipt', header: 'x-ricevuta', issuers: ['recipient-provider'], flawless: true },
  'errore-consegna': { class: 'receipt', header: 'x-ricevuta', issuers: ['sender-provider', 'recipient-provider'] },
  'preavviso-errore-consegna': { class: 'receipt', header: 'x-ricevuta', issuers: ['sender-provider'] },
  'rilevazione-virus': { class: 'receipt', header: 'x-ricevuta', issuers: ['recipient-provider'], betweenProviders: true },
  'posta-certificata': { class: 'envelope', header: 'x-trasporto', flawless: true },
  errore: { class: 'anomaly', header: 'x-trasporto' },
};

export const isReceiptKind = (value: string): value is ReceiptKind => (RECEIPT_KINDS as readonly string[]).includes(value);

/** The kind that a header's value names; undefined for a value that the rules do not know. */
export function kindOf(header: KindEntry['header'], value: string): PecKind | undefined {
  const name = value.trim().toLowerCase();
  return Object.hasOwn(KINDS, name) && KINDS[name as PecKind].header === header ? (name as PecKind) : undefined;
}
