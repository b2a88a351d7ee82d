import type { Text } from '../../platform/http/problem.js';

/** One attempt as it went: what was answered, or why nothing was. */
export interface PostResult {
  readonly durationMs: number;
  readonly status?: number;
  readonly responseHeaders?: Readonly<Record<string, string>>;
  /** The first bytes of the answer (16 KB at most). */
  readonly responseBody?: Buffer;
  /** Set when the attempt failed, also beside a status. */
  readonly error?: PostError;
}

export type PostError = keyof typeof POST_ERRORS;

/** Why an attempt failed, for people. */
export const POST_ERRORS = {
  status: { it: 'Il destinatario ha risposto con un codice diverso da 2xx.', en: 'The receiver answered with a status other than 2xx.' },
  redirect: {
    it: 'Il destinatario ha risposto con un reindirizzamento, che non viene seguito: indicare l’indirizzo definitivo.',
    en: 'The receiver answered with a redirect, which is not followed: give the final address.',
  },
  gone: {
    it: 'Il destinatario ha risposto 410: non vuole più messaggi, e il webhook è stato disattivato.',
    en: 'The receiver answered 410: it wants no more messages, and the webhook was switched off.',
  },
  timeout: { it: 'Il destinatario non ha risposto in tempo.', en: 'The receiver did not answer in time.' },
  name: { it: 'Il nome del destinatario non si risolve in un indirizzo.', en: 'The name of the receiver does not resolve to an address.' },
  private_address: {
    it: 'Il nome del destinatario porta a una rete privata o locale, che questo servizio non chiama.',
    en: 'The name of the receiver leads to a private or local network, which this service does not call.',
  },
  refused: { it: 'Il destinatario ha rifiutato la connessione.', en: 'The receiver refused the connection.' },
  unreachable: { it: 'Il destinatario non è raggiungibile in rete.', en: 'The receiver cannot be reached over the network.' },
  broken: { it: 'La connessione si è interrotta prima della risposta.', en: 'The connection broke before the answer.' },
  tls: {
    it: 'Il certificato o la cifratura (TLS) del destinatario non è valido.',
    en: 'The certificate or encryption (TLS) of the receiver is not valid.',
  },
  not_http: { it: 'La risposta del destinatario non è HTTP valido.', en: 'The answer of the receiver is not valid HTTP.' },
  secret: {
    it: 'Il segreto del webhook non si apre con la chiave del servizio: crearne uno nuovo.',
    en: 'The secret of the webhook does not open with the key of the service: make a new one.',
  },
  interrupted: {
    it: 'Il servizio si è fermato durante la consegna, che sarà ripetuta.',
    en: 'The service stopped during the delivery, which will be made again.',
  },
  network: { it: 'La rete ha dato un errore.', en: 'The network gave an error.' },
} as const satisfies Record<string, Text>;
