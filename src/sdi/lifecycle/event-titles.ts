import type { Text } from './texts.js';
import { type EventType, MANUAL_ACTS, type ManualAct } from './types.js';

const TITLES: Readonly<Record<EventType, Text>> = {
  queued: { it: 'Fattura presa in consegna', en: 'Invoice taken in' },
  attempt_opened: { it: 'Invio al gestore PEC iniziato', en: 'Hand-over to the PEC provider begun' },
  smtp_accepted: { it: 'Messaggio preso dal gestore PEC', en: 'Message taken by the PEC provider' },
  smtp_refused: { it: 'Messaggio respinto dal gestore PEC', en: 'Message refused by the PEC provider' },
  smtp_deferred: { it: 'Gestore PEC non disponibile: si riprova', en: 'PEC provider unavailable: it will be tried again' },
  smtp_unknown: { it: 'Connessione interrotta: esito dell’invio sconosciuto', en: 'Connection broken: outcome of the hand-over unknown' },
  accettazione: { it: 'Ricevuta di accettazione PEC', en: 'PEC acceptance receipt (accettazione)' },
  non_accettazione: { it: 'Avviso di non accettazione PEC', en: 'PEC notice of non-acceptance (non accettazione)' },
  preavviso_errore_consegna: { it: 'Avviso PEC: consegna in ritardo', en: 'PEC notice: delivery is late (preavviso di errore consegna)' },
  errore_consegna: { it: 'Avviso PEC di mancata consegna', en: 'PEC notice of failed delivery (errore di consegna)' },
  avvenuta_consegna: { it: 'Ricevuta di avvenuta consegna: il file è arrivato al SdI', en: 'PEC delivery receipt: the file reached SdI (avvenuta consegna)' },
  NS: { it: 'Notifica di scarto (NS)', en: 'Rejection by SdI (NS)' },
  RC: { it: 'Ricevuta di consegna (RC)', en: 'Delivery receipt of SdI (RC)' },
  MC: { it: 'Mancata consegna (MC)', en: 'Not delivered to the recipient (MC)' },
  NE: { it: 'Notifica di esito dell’ufficio (NE)', en: 'Outcome given by the public office (NE)' },
  DT: { it: 'Notifica di decorrenza termini (DT)', en: 'Terms expired without an outcome (DT)' },
  AT: { it: 'Attestazione di avvenuta trasmissione con impossibilità di recapito (AT)', en: 'Attestation of transmission, delivery impossible (AT)' },
  resend_requested: { it: 'Nuovo invio richiesto', en: 'Resend requested' },
  manual_note: { it: 'Annotazione di una persona, con il messaggio allegato', en: 'A person’s remark, with the message attached' },
  manual: { it: 'Annotazione di una persona', en: 'A person’s note' },
};

const ACT_TITLES: Readonly<Record<ManualAct, Text>> = {
  buyer_told: { it: 'Cliente avvisato, fuori dal SdI', en: 'Buyer told, outside SdI' },
  handed_over_otherwise: { it: 'Fattura consegnata al destinatario con altro mezzo', en: 'Invoice handed over to the recipient by other means' },
  sent_elsewhere: { it: 'Inviata al SdI per altra via (portale o altro programma)', en: 'Sent to SdI by another way (portal or another program)' },
  note: TITLES.manual,
};

/** Whether it is one of the acts that a person may write down. */
export const isManualAct = (act: unknown): act is ManualAct => (MANUAL_ACTS as readonly unknown[]).includes(act);

/** What an event of the timeline is called. @param act of a `manual` event, as its facts say */
export function eventTitle(type: EventType, act?: unknown): Text {
  return type === 'manual' && isManualAct(act) ? ACT_TITLES[act] : TITLES[type];
}
