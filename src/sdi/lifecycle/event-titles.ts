import type { Text } from './texts.js';
import type { EventType } from './types.js';

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
};

/** What an event of the timeline is called. */
export function eventTitle(type: EventType): Text {
  return TITLES[type];
}
