import type { Text } from './texts.js';
import type { Flow, Status } from './types.js';

/** What a state says to an accountant. */
export interface Explanation {
  /** Who said so. */
  readonly who: Text;
  /** What happened, in plain words. */
  readonly meaning: Text;
  /** What to do now. */
  readonly todo: Text;
  /** What it means in law. */
  readonly law: Text;
  /** Days from `statusSince` within which the thing must be done, or the awaited answer should have come. */
  readonly deadlineDays?: number;
}

const US: Text = { it: 'Corriere', en: 'Corriere' };
const PROVIDER: Text = { it: 'Il gestore della propria casella PEC', en: 'The provider of your own PEC mailbox' };
const SDI: Text = { it: 'Il Sistema di Interscambio (SdI)', en: 'The Sistema di Interscambio (SdI)' };
const NOT_ISSUED_YET: Text = {
  it: 'La fattura non risulta ancora emessa: lo attesta soltanto una risposta del SdI. Conta la data del documento se la trasmissione avviene nei termini (12 giorni dall’operazione per la fattura immediata).',
  en: 'The invoice does not count as issued yet: only an answer of SdI proves that. Its own date counts if it is sent in time (12 days from the operation for an immediate invoice).',
};
const NOTHING: Text = { it: 'Nulla: prosegue da sola.', en: 'Nothing: it goes on by itself.' };

const REJECTED: Explanation = {
  who: SDI,
  meaning: { it: 'Il SdI ha scartato il file: non ha superato i controlli indicati nella notifica di scarto (NS). Il destinatario non ha ricevuto nulla.', en: 'SdI rejected the file: it failed the checks listed in the notice (NS). The recipient got nothing.' },
  todo: {
    it: 'Correggere gli errori e inviare di nuovo entro 5 giorni dallo scarto, preferibilmente con lo stesso numero e la stessa data, in un file con un nuovo nome. In alternativa: nuovo numero e nuova data, con un’annotazione interna che la colleghi alla fattura scartata. Non serve una nota di credito.',
    en: 'Mend the errors and send it again within 5 days of the rejection, preferably with the same number and date, in a file with a new name. Otherwise use a new number and date, with an internal note that ties it to the rejected invoice. No credit note is needed.',
  },
  law: { it: 'La fattura scartata si considera non emessa. Oltre i 5 giorni il nuovo invio è un’emissione tardiva (circolare 13/E del 2018, par. 1.6).', en: 'A rejected invoice counts as not issued. Beyond the 5 days, sending it again is a late issue (circular 13/E of 2018, par. 1.6).' },
  deadlineDays: 5,
};

const CONFLICT: Explanation = {
  who: US,
  meaning: { it: 'Le prove raccolte si contraddicono: per la stessa fattura ci sono messaggi che non possono essere veri insieme. Sono segnalati nella cronologia.', en: 'The evidence contradicts itself: there are messages about the same invoice that cannot be true together. The timeline marks them.' },
  todo: {
    it: 'Aprire il portale Fatture e Corrispettivi, cercare la fattura con il suo IdentificativoSdI e vedere lo stato registrato dal SdI. Non inviarla di nuovo prima di averlo verificato.',
    en: 'Open the tax agency’s portal Fatture e Corrispettivi, look the invoice up by its IdentificativoSdI and see the state that SdI has on record. Do not send it again before that.',
  },
  law: { it: 'Fa fede lo stato registrato dal SdI. Conservare tutti i messaggi ricevuti.', en: 'The state on record at SdI is the one that counts. Keep all messages received.' },
};

/** States that mean the same in both flows. */
const BOTH: Readonly<Partial<Record<Status, Explanation>>> = {
  queued: {
    who: US,
    meaning: { it: 'La fattura è stata presa in consegna e attende di essere inviata. Il nome del file è riservato per sempre.', en: 'The invoice has been taken in and waits to be sent. Its file name is reserved for ever.' },
    todo: NOTHING,
    law: NOT_ISSUED_YET,
  },
  sending: {
    who: US,
    meaning: { it: 'La fattura viene consegnata in questo momento al gestore PEC.', en: 'The invoice is being handed over to the PEC provider right now.' },
    todo: NOTHING,
    law: NOT_ISSUED_YET,
  },
  uncertain: {
    who: US,
    meaning: {
      it: 'La connessione con il gestore PEC si è interrotta dopo l’invio del messaggio: non si sa se è stato preso. Si attende una prova (ricevuta di accettazione, di consegna o un messaggio del SdI) e intanto non si invia di nuovo.',
      en: 'The connection to the PEC provider broke after the message was sent: nobody knows whether it was taken. We wait for evidence (an acceptance or delivery receipt, or a message of SdI) and do not send again meanwhile.',
    },
    todo: {
      it: 'Attendere. Se entro 24 ore non arriva nulla, cercare la fattura per numero sul portale Fatture e Corrispettivi prima di decidere un nuovo invio.',
      en: 'Wait. If nothing comes within 24 hours, look the invoice up by number on the portal Fatture e Corrispettivi before deciding to send it again.',
    },
    law: NOT_ISSUED_YET,
    deadlineDays: 1,
  },
  sent: {
    who: PROVIDER,
    meaning: { it: 'Il gestore PEC ha preso il messaggio. Si attende la ricevuta di accettazione, di solito entro pochi minuti.', en: 'The PEC provider took the message. Its acceptance receipt is awaited, usually within minutes.' },
    todo: NOTHING,
    law: NOT_ISSUED_YET,
    deadlineDays: 1,
  },
  pec_accepted: {
    who: PROVIDER,
    meaning: { it: 'Il gestore PEC ha accettato il messaggio (ricevuta di accettazione) e lo sta consegnando al SdI.', en: 'The PEC provider accepted the message (acceptance receipt) and is delivering it to SdI.' },
    todo: { it: 'Nulla: la consegna al SdI, o l’avviso che non è riuscita, arriva entro 24 ore.', en: 'Nothing: the delivery to SdI, or the notice that it failed, comes within 24 hours.' },
    law: NOT_ISSUED_YET,
    deadlineDays: 1,
  },
  at_sdi: {
    who: { it: 'Il gestore PEC del SdI', en: 'The PEC provider of SdI' },
    meaning: { it: 'Il file è arrivato al SdI (ricevuta di avvenuta consegna), che lo sta controllando.', en: 'The file reached SdI (delivery receipt), which is checking it.' },
    todo: {
      it: 'Attendere: la prima risposta arriva di solito in poche ore, al più tardi entro 5 giorni. Se dopo 5 giorni non c’è, guardare sul portale Fatture e Corrispettivi; non inviare di nuovo alla cieca.',
      en: 'Wait: the first answer usually comes within hours, at the latest within 5 days. If there is none after 5 days, look at the portal Fatture e Corrispettivi; do not send again blindly.',
    },
    law: { it: 'L’arrivo al SdI non prova ancora che la fattura sia corretta, né che sia emessa.', en: 'Arrival at SdI proves neither that the invoice is correct nor that it is issued.' },
    deadlineDays: 5,
  },
  send_failed: {
    who: PROVIDER,
    meaning: { it: 'La fattura non è arrivata al SdI: il gestore PEC l’ha respinta o non è riuscito a consegnarla. Il motivo è nella cronologia.', en: 'The invoice did not reach SdI: the PEC provider refused it or could not deliver it. The timeline says why.' },
    todo: { it: 'Rimuovere la causa e inviare di nuovo, tenendo d’occhio il termine di emissione della fattura.', en: 'Remove the cause and send it again, with an eye on the date by which the invoice must be issued.' },
    law: { it: 'La fattura non è emessa. Una consegna in ritardo resta possibile: se poi il SdI risponde, vale la sua risposta.', en: 'The invoice is not issued. A late delivery remains possible: if SdI answers after all, its answer counts.' },
  },
  rejected: REJECTED,
  conflict: CONFLICT,
};

const PRIVATE: Readonly<Partial<Record<Status, Explanation>>> = {
  delivered: {
    who: SDI,
    meaning: { it: 'Il SdI ha consegnato la fattura al destinatario (ricevuta di consegna, RC).', en: 'SdI delivered the invoice to the recipient (delivery receipt, RC).' },
    todo: { it: 'Nulla. Un errore si corregge con una nota di variazione (TD04 o TD05), mai inviando di nuovo la fattura.', en: 'Nothing. An error is mended with a credit or debit note (TD04 or TD05), never by sending the invoice again.' },
    law: { it: 'La fattura è emessa. Per il destinatario è ricevuta alla data di consegna indicata nella RC.', en: 'The invoice is issued. The recipient received it on the delivery date in the RC.' },
  },
  available: {
    who: SDI,
    meaning: {
      it: 'La fattura è emessa, ma il SdI non ha potuto recapitarla: è a disposizione del cliente nella sua area riservata (MC). Per un consumatore, o per chi non ha indicato un recapito, è l’esito normale.',
      en: 'The invoice is issued, but SdI could not deliver it: it waits in the customer’s reserved area (MC). For a consumer, or a customer without an address at SdI, this is the normal outcome.',
    },
    todo: {
      it: 'Comunicare subito al cliente, fuori dal SdI, che l’originale è nella sua area riservata del sito dell’Agenzia delle Entrate. Al consumatore consegnare comunque una copia, su carta o in PDF. Non inviare di nuovo.',
      en: 'Tell the customer promptly, outside SdI, that the original is in their reserved area on the tax agency’s site. Give a consumer a copy in any case, on paper or as PDF. Do not send it again.',
    },
    law: { it: 'La fattura è emessa. Per il cliente è ricevuta quando la visualizza nell’area riservata.', en: 'The invoice is issued. The customer has received it when they first view it in the reserved area.' },
  },
};

const PA: Readonly<Partial<Record<Status, Explanation>>> = {
  delivered: {
    who: SDI,
    meaning: { it: 'Il SdI ha consegnato la fattura all’ufficio (ricevuta di consegna, RC). L’ufficio ha 15 giorni per accettarla o rifiutarla.', en: 'SdI delivered the invoice to the office (delivery receipt, RC). The office has 15 days to accept or refuse it.' },
    todo: { it: 'Attendere l’esito. Se l’ufficio tace, dopo 15 giorni arriva la notifica di decorrenza dei termini.', en: 'Wait for the outcome. If the office is silent, the notice that the terms have expired comes after 15 days.' },
    law: { it: 'La fattura è emessa.', en: 'The invoice is issued.' },
    deadlineDays: 15,
  },
  delivery_pending: {
    who: SDI,
    meaning: { it: 'Il SdI non è ancora riuscito a consegnare la fattura all’ufficio (MC) e riprova. Non è uno scarto.', en: 'SdI could not deliver the invoice to the office yet (MC) and keeps trying. This is no rejection.' },
    todo: { it: 'Attendere e non inviare di nuovo: entro 10 giorni arriva la consegna, oppure l’attestazione di impossibilità di recapito (AT).', en: 'Wait and do not send again: within 10 days comes the delivery, or the attestation that it is impossible (AT).' },
    law: { it: 'La fattura è emessa. I 15 giorni dell’ufficio decorrono solo dalla consegna.', en: 'The invoice is issued. The office’s 15 days run only from the delivery.' },
    deadlineDays: 10,
  },
  undeliverable: {
    who: SDI,
    meaning: { it: 'Il SdI non può recapitare la fattura all’ufficio e attesta di averla ricevuta (AT).', en: 'SdI cannot deliver the invoice to the office and attests that it received it (AT).' },
    todo: { it: 'Mandare il file AT (zip) all’amministrazione per PEC o con altro mezzo: contiene la fattura e la prova della trasmissione.', en: 'Send the AT file (zip) to the public body by PEC or other means: it holds the invoice and the proof of transmission.' },
    law: { it: 'La fattura è emessa: lo provano l’attestazione e l’impronta del file che contiene.', en: 'The invoice is issued: the attestation and the file’s hash in it prove it.' },
  },
  accepted: {
    who: { it: 'L’ufficio destinatario, tramite il SdI', en: 'The receiving office, through SdI' },
    meaning: { it: 'L’ufficio ha accettato la fattura (esito EC01).', en: 'The office accepted the invoice (outcome EC01).' },
    todo: { it: 'Nulla.', en: 'Nothing.' },
    law: { it: 'La fattura è emessa e accettata: non può più essere rifiutata tramite il SdI.', en: 'The invoice is issued and accepted: it can no longer be refused through SdI.' },
  },
  refused: {
    who: { it: 'L’ufficio destinatario, tramite il SdI', en: 'The receiving office, through SdI' },
    meaning: { it: 'L’ufficio ha rifiutato la fattura (esito EC02). Il motivo, se indicato, è nella notifica.', en: 'The office refused the invoice (outcome EC02). The reason, if given, is in the notice.' },
    todo: {
      it: 'Verificare il motivo con l’ufficio. Il numero è di nuovo libero: si può inviare la fattura corretta con lo stesso numero in un nuovo file, oppure, se è già registrata, emettere una nota di credito (TD04) e una nuova fattura. La scelta va concordata con chi tiene la contabilità.',
      en: 'Check the reason with the office. The number is free again: send the corrected invoice with the same number in a new file or, if it is already booked, issue a credit note (TD04) and a new invoice. Agree on which with whoever keeps the books.',
    },
    law: {
      it: 'Il rifiuto è ammesso solo per i cinque motivi del DM 132/2020 e mai se basta una nota di variazione: operazione non resa a quell’ente; CIG o CUP mancanti o errati; codice di repertorio dei dispositivi medici; codice AIC o quantità dei farmaci; estremi della determina di impegno di spesa.',
      en: 'Refusal is allowed only on the five grounds of DM 132/2020, and never where a variation note would do: operation not made for that body; CIG or CUP missing or wrong; medical-device repertory code; medicine AIC code or quantity; number and date of the spending deed.',
    },
  },
  terms_expired: {
    who: SDI,
    meaning: { it: 'Sono passati 15 giorni dalla consegna senza esito dell’ufficio (decorrenza dei termini, DT).', en: '15 days have passed since the delivery without an outcome from the office (terms expired, DT).' },
    todo: { it: 'Nulla: considerarla consegnata senza obiezioni. Eventuali contestazioni si trattano con l’ufficio, fuori dal SdI.', en: 'Nothing: treat it as delivered without objection. Any dispute is settled with the office, outside SdI.' },
    law: { it: 'La fattura è emessa. L’ufficio non può più rifiutarla tramite il SdI; il silenzio non vale però come accettazione.', en: 'The invoice is issued. The office can no longer refuse it through SdI; its silence is no acceptance in law, though.' },
  },
};

const TEXTS: Readonly<Record<Flow, Readonly<Partial<Record<Status, Explanation>>>>> = { private: { ...BOTH, ...PRIVATE }, pa: { ...BOTH, ...PA } };

/**
 * Who said so, what it means, what to do and by when (sdi.md 3.5, 5.5). A state that the flow does not know is explained as the other flow does.
 */
export function explain(status: Status, flow: Flow): Explanation {
  return TEXTS[flow][status] ?? TEXTS[flow === 'pa' ? 'private' : 'pa'][status] ?? CONFLICT;
}
