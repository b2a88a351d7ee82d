import type { Flow } from '../../sdi/lifecycle/types.js';
import type { Handover, Outcome } from './outcome.js';
import { ANSWERS, PATH, TRANSPORT } from './plans.js';

const take: Handover = { kind: 'take' };
const normal = { handover: take, transport: TRANSPORT.delivered } as const;

/**
 * Every ending of an invoice number that the sandbox knows, and what comes of it. The provider, SdI, `GET /v1/sandbox`, `docs/sandbox.md` and the tests
 * all read this one table. A row of flow `private` or `pa` is for that flow only: elsewhere its ending means nothing and the row without ending holds.
 */
export const OUTCOMES: readonly Outcome[] = [
  {
    ...normal,
    ending: '',
    flow: 'both',
    answers: ANSWERS.RC,
    statuses: PATH.delivered,
    final: 'delivered',
    description: {
      it: 'Nessuna terminazione: ricevuta di consegna. Per la PA la fattura resta consegnata in attesa di esito.',
      en: 'No ending: delivery receipt. A PA invoice stays delivered, waiting for the office.',
    },
  },
  {
    ...normal,
    ending: '-RC',
    flow: 'both',
    answers: ANSWERS.RC,
    statuses: PATH.delivered,
    final: 'delivered',
    description: { it: 'Ricevuta di consegna.', en: 'Delivery receipt.' },
  },
  {
    ...normal,
    ending: '-NSnnnnn',
    flow: 'both',
    answers: ANSWERS.NS,
    statuses: [...PATH.atSdi, 'rejected'],
    final: 'rejected',
    description: {
      it: 'Scarto con il codice di errore indicato, per esempio -NS00423.',
      en: 'Rejection with the given error code, for example -NS00423.',
    },
  },
  {
    ...normal,
    ending: '-MC',
    flow: 'private',
    answers: ANSWERS.MC,
    statuses: [...PATH.atSdi, 'available'],
    final: 'available',
    description: {
      it: "Ricevuta di impossibilità di recapito: la fattura è emessa e si trova nell'area riservata del cliente.",
      en: "Receipt of impossible delivery: the invoice is issued and waits in the buyer's reserved area.",
    },
  },
  {
    ...normal,
    ending: '-MC',
    flow: 'pa',
    answers: ANSWERS.MC,
    statuses: [...PATH.atSdi, 'delivery_pending'],
    final: 'delivery_pending',
    description: {
      it: "Notifica di mancata consegna: il SdI ritenta verso l'ufficio.",
      en: 'Notice of failed delivery: SdI keeps trying to reach the office.',
    },
  },
  {
    ...normal,
    ending: '-MCRC',
    flow: 'private',
    answers: ANSWERS.MCRC,
    statuses: [...PATH.atSdi, 'available', 'delivered'],
    final: 'delivered',
    description: { it: 'Mancata consegna, poi ricevuta di consegna.', en: 'Failed delivery, then a delivery receipt.' },
  },
  {
    ...normal,
    ending: '-MCRC',
    flow: 'pa',
    answers: ANSWERS.MCRC,
    statuses: [...PATH.atSdi, 'delivery_pending', 'delivered'],
    final: 'delivered',
    description: { it: 'Mancata consegna, poi ricevuta di consegna.', en: 'Failed delivery, then a delivery receipt.' },
  },
  {
    ...normal,
    ending: '-EC01',
    flow: 'pa',
    answers: ANSWERS.EC01,
    statuses: [...PATH.delivered, 'accepted'],
    final: 'accepted',
    description: {
      it: "Consegna, poi esito di accettazione dell'ufficio. In un lotto vale per la fattura che porta la terminazione.",
      en: 'Delivery, then the office accepts. In a lot it holds for the invoice that bears the ending.',
    },
  },
  {
    ...normal,
    ending: '-EC02',
    flow: 'pa',
    answers: ANSWERS.EC02,
    statuses: [...PATH.delivered, 'refused'],
    final: 'refused',
    description: {
      it: "Consegna, poi rifiuto dell'ufficio. In un lotto vale per la fattura che porta la terminazione.",
      en: 'Delivery, then the office refuses. In a lot it holds for the invoice that bears the ending.',
    },
  },
  {
    ...normal,
    ending: '-DT',
    flow: 'pa',
    answers: ANSWERS.DT,
    statuses: [...PATH.delivered, 'terms_expired'],
    final: 'terms_expired',
    advance: '15d1h',
    description: {
      it: "Consegna, poi decorrenza termini dopo 15 giorni dell'orologio della sandbox.",
      en: "Delivery, then the terms expire after 15 days of the sandbox's clock.",
    },
  },
  {
    ...normal,
    ending: '-AT',
    flow: 'pa',
    answers: ANSWERS.AT,
    statuses: [...PATH.atSdi, 'delivery_pending', 'undeliverable'],
    final: 'undeliverable',
    advance: '10d1h',
    description: {
      it: "Mancata consegna, poi attestazione di avvenuta trasmissione dopo 10 giorni dell'orologio della sandbox.",
      en: "Failed delivery, then the attestation of transmission after 10 days of the sandbox's clock.",
    },
  },
  {
    ending: '-NOACC',
    flow: 'both',
    handover: take,
    transport: TRANSPORT.refused,
    answers: ANSWERS.RC,
    statuses: [...PATH.start, 'sent', 'send_failed'],
    final: 'send_failed',
    description: { it: 'Avviso di non accettazione del gestore.', en: 'The provider does not accept the message.' },
  },
  {
    ending: '-NOACCVIRUS',
    flow: 'both',
    handover: take,
    transport: TRANSPORT.virus,
    answers: ANSWERS.RC,
    statuses: [...PATH.start, 'sent', 'send_failed'],
    final: 'send_failed',
    description: { it: 'Avviso di non accettazione per virus.', en: 'The provider does not accept the message because of a virus.' },
  },
  {
    ending: '-NODELIVERY',
    flow: 'both',
    handover: take,
    transport: TRANSPORT.undelivered,
    answers: ANSWERS.RC,
    statuses: [...PATH.sent, 'send_failed'],
    final: 'send_failed',
    description: { it: 'Accettazione, poi avviso di mancata consegna.', en: 'Accepted, then a notice of failed delivery.' },
  },
  {
    ending: '-12H',
    flow: 'both',
    handover: take,
    transport: TRANSPORT.late,
    answers: ANSWERS.RC,
    statuses: PATH.delivered,
    final: 'delivered',
    advance: '14h',
    description: {
      it: 'Avviso di mancata consegna dopo 12 ore, consegna tardiva dopo 13, ricevuta di consegna.',
      en: 'Notice of non-delivery after 12 hours, late delivery after 13, delivery receipt.',
    },
  },
  {
    ending: '-24H',
    flow: 'both',
    handover: take,
    transport: TRANSPORT.timeout,
    answers: ANSWERS.RC,
    statuses: [...PATH.sent, 'send_failed'],
    final: 'send_failed',
    advance: '25h',
    description: { it: 'Avvisi di mancata consegna dopo 12 e dopo 24 ore.', en: 'Notices of non-delivery after 12 and after 24 hours.' },
  },
  {
    ending: '-LOST',
    flow: 'both',
    handover: { kind: 'take-and-drop' },
    transport: TRANSPORT.deliveredAfterBreak,
    answers: ANSWERS.RC,
    statuses: [...PATH.start, 'uncertain', 'pec_accepted', 'at_sdi', 'delivered'],
    final: 'delivered',
    description: {
      it: 'La connessione cade dopo il punto finale ma il messaggio è stato preso in carico: incerta finché non arrivano le ricevute, senza un secondo invio.',
      en: 'The connection breaks after the final dot although the message was taken: uncertain until the receipts come, without a second send.',
    },
  },
  {
    ending: '-LOSTGONE',
    flow: 'both',
    handover: { kind: 'drop' },
    transport: TRANSPORT.delivered,
    answers: ANSWERS.RC,
    resent: true,
    statuses: [...PATH.start, 'uncertain', ...PATH.delivered],
    final: 'delivered',
    description: {
      it: 'La connessione cade dopo il punto finale e il messaggio è perduto: incerta; dopo un silenzio abbastanza lungo della casella il servizio invia di nuovo lo stesso file.',
      en: 'The connection breaks after the final dot and the message is gone: uncertain; when the mailbox has been silent long enough the service sends the same file again.',
    },
  },
  {
    ending: '-5XX',
    flow: 'both',
    handover: { kind: 'refuse', code: 554, text: '5.7.1 Message refused by policy (sandbox)', times: 1 },
    transport: TRANSPORT.delivered,
    answers: ANSWERS.RC,
    statuses: [...PATH.start, 'send_failed'],
    final: 'send_failed',
    description: {
      it: 'Il server SMTP rifiuta il messaggio in modo definitivo; un nuovo invio va a buon fine.',
      en: 'The SMTP server refuses the message for good; sending it again succeeds.',
    },
  },
  {
    ending: '-4XX',
    flow: 'both',
    handover: { kind: 'refuse', code: 451, text: '4.3.2 System not accepting messages now (sandbox)', times: 2 },
    transport: TRANSPORT.delivered,
    answers: ANSWERS.RC,
    statuses: [...PATH.start, ...PATH.start, ...PATH.delivered],
    final: 'delivered',
    description: {
      it: 'Due rifiuti temporanei del server SMTP, poi il messaggio è preso in carico.',
      en: 'Two temporary refusals by the SMTP server, then the message is taken.',
    },
  },
  {
    ...normal,
    ending: '-SLOW',
    flow: 'both',
    handover: { kind: 'slow', milliseconds: 4000 },
    answers: ANSWERS.RC,
    statuses: [...PATH.start, 'pec_accepted', 'at_sdi', 'delivered'],
    final: 'delivered',
    description: {
      it: 'Il server SMTP conferma dopo quattro secondi, quando le ricevute sono già arrivate.',
      en: 'The SMTP server confirms after four seconds, when the receipts are there already.',
    },
  },
  {
    ...normal,
    ending: '-DUP',
    flow: 'both',
    answers: ANSWERS.RC,
    twice: true,
    statuses: PATH.delivered,
    final: 'delivered',
    description: { it: 'Ogni messaggio arriva due volte.', en: 'Every message arrives twice.' },
  },
  {
    ending: '-REORDER',
    flow: 'both',
    handover: take,
    transport: TRANSPORT.receiptsLast,
    answers: ANSWERS.RC,
    statuses: [...PATH.start, 'sent', 'delivered'],
    final: 'delivered',
    description: {
      it: "La risposta del SdI arriva prima delle ricevute PEC, la consegna prima dell'accettazione.",
      en: "SdI's answer arrives before the PEC receipts, and the delivery receipt before the acceptance.",
    },
  },
  {
    ending: '-NORECEIPT',
    flow: 'both',
    handover: take,
    transport: TRANSPORT.withoutAcceptance,
    answers: ANSWERS.RC,
    statuses: [...PATH.start, 'sent', 'at_sdi', 'delivered'],
    final: 'delivered',
    description: { it: 'La ricevuta di accettazione non arriva mai.', en: 'The acceptance receipt never arrives.' },
  },
  {
    ...normal,
    ending: '-FORGED',
    flow: 'both',
    answers: ANSWERS.RC,
    forged: true,
    statuses: PATH.delivered,
    final: 'delivered',
    description: {
      it: 'Prima della risposta arriva uno scarto falso, firmato con un altro certificato: deve finire in quarantena.',
      en: 'A forged rejection, signed with another certificate, comes before the answer: it must be quarantined.',
    },
  },
];

const REJECTION = /-NS(\d{5})$/i;

/** The error code that a number asks for with `-NSnnnnn`. */
export function rejectionCode(numero: string): string | undefined {
  return REJECTION.exec(numero.trim())?.[1];
}

/** The row that an invoice number of this flow asks for; the first, without ending, when it asks for nothing that is known. Upper and lower case are the same. */
export function outcomeOf(numero: string, flow: Flow): Outcome {
  const wanted = rejectionCode(numero) ? '-NSNNNNN' : (/-[A-Z0-9]+$/.exec(numero.trim().toUpperCase())?.[0] ?? '');
  const row = OUTCOMES.find(({ ending, flow: of }) => ending.toUpperCase() === wanted && (of === 'both' || of === flow));
  const fallback = row ?? OUTCOMES[0];
  if (!fallback) throw new Error('the table of outcomes is empty');
  return fallback;
}
