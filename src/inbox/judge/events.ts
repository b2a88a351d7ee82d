import type { Daticert, ReceiptKind } from '../../pec/types.js';
import type { EventType } from '../../sdi/lifecycle/types.js';
import type { SdiMessage, SdiMessageCode } from '../../sdi/messages/types.js';
import type { JudgedEvent, MatchedBy } from './judgement.js';

/** The receipts that reach a user, as events of the lifecycle. The others travel between providers and never get past the trust checks. */
export const RECEIPT_EVENTS: Partial<Record<ReceiptKind, EventType>> = {
  accettazione: 'accettazione',
  'non-accettazione': 'non_accettazione',
  'avvenuta-consegna': 'avvenuta_consegna',
  'errore-consegna': 'errore_consegna',
  'preavviso-errore-consegna': 'preavviso_errore_consegna',
};

/** SdI's messages to senders, as events of the lifecycle. */
export const NOTIFICATION_EVENTS: Partial<Record<SdiMessageCode, EventType>> = { NS: 'NS', RC: 'RC', MC: 'MC', NE: 'NE', DT: 'DT', AT: 'AT' };

/** What a receipt tells of one hand-over. @param signer From of the receipt, which is the provider that signed it */
export function receiptEvent(type: EventType, daticert: Daticert, attempt: number | undefined, signer: string | undefined): JudgedEvent {
  const { identificativo } = daticert;
  return {
    type,
    key: [daticert.tipo, identificativo, daticert.consegna?.toLowerCase() ?? '', daticert.instant.toISOString()].join(':'),
    at: daticert.instant.toISOString(),
    ...(attempt === undefined ? {} : { attempt }),
    source: 'pec',
    facts: {
      identificativo,
      errore: daticert.errore,
      ...(daticert.consegna === undefined ? {} : { consegna: daticert.consegna }),
      ...(daticert.erroreEsteso === undefined ? {} : { erroreEsteso: daticert.erroreEsteso }),
      gestoreEmittente: daticert.gestoreEmittente,
      ...(signer === undefined ? {} : { signer }),
    },
  };
}

/** What is known of a notification beside its own words. */
export interface NotificationContext {
  /** The instant of the mail that brought it, ISO 8601. */
  readonly told: string;
  readonly matchedBy?: MatchedBy | undefined;
  /** Positions that its RiferimentoFattura means. */
  readonly documents?: readonly number[] | undefined;
  readonly signedPartSha256?: string | undefined;
  readonly signer?: string | undefined;
}

/** What a message of SdI tells of one file. */
export function notificationEvent(type: EventType, message: SdiMessage, context: NotificationContext): JudgedEvent {
  const { told, signer } = context;
  return {
    type,
    key: keyOf(message, context.signedPartSha256),
    at: message.code === 'RC' ? (message.dataOraConsegna ?? told) : told,
    identificativoSdi: message.identificativoSdi,
    ...(message.listaErrori && message.code === 'NS' ? { codes: message.listaErrori.map((errore) => errore.codice) } : {}),
    ...(message.esito && message.code === 'NE' ? { esito: message.esito } : {}),
    ...(referenceOf(message) ? { documents: context.documents ?? [] } : {}),
    source: 'sdi',
    facts: { ...factsOf(message), told, matchedBy: context.matchedBy ?? null, ...(signer ? { signer } : {}) },
  };
}

/** The document that a message is about, where it is about one: only NE and DT act on single documents (sdi.md 5.4). */
export function referenceOf(message: SdiMessage): SdiMessage['riferimentoFattura'] {
  return message.code === 'NE' || message.code === 'DT' ? message.riferimentoFattura : undefined;
}

/** The event's identity (sdi.md 5.4); where SdI gave no MessageId, the signed octets stand in. */
function keyOf(message: SdiMessage, signedPartSha256: string | undefined): string {
  const { riferimentoFattura: reference } = message;
  const about = reference ? [reference.numeroFattura, reference.annoFattura, reference.posizioneFattura ?? ''].join('/') : '';
  return ['sdi', message.family, message.code, message.identificativoSdi, message.messageId ?? signedPartSha256 ?? '', about].join(':');
}

function factsOf(message: SdiMessage): Record<string, unknown> {
  const shown = {
    family: message.family,
    nomeFile: message.nomeFile,
    messageId: message.messageId,
    pecMessageId: message.pecMessageId,
    dataOraRicezione: message.dataOraRicezione,
    dataOraConsegna: message.dataOraConsegna,
    dataMessaADisposizione: message.dataMessaADisposizione,
    destinatario: message.destinatario,
    errori: message.listaErrori,
    riferimentoFattura: message.riferimentoFattura,
    descrizione: message.descrizione,
    hashFileOriginale: message.hashFileOriginale,
    note: message.note,
  };
  return Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== undefined && value !== ''));
}
