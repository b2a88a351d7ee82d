import { own } from '../format/own.js';
import type { Text } from '../format/text.js';
import { romeTime } from './rome-time.js';
import type { Said } from './said.js';

const at = ({ at: instant }: Said): string => romeTime(instant);
const of = (value: string | undefined): string => (value === undefined || value === '' ? '?' : value);
const sdiId = (said: Said): string => `IdentificativoSdI ${of(said.identificativoSdi)}`;
const ISSUED: Text = { it: ' La fattura è emessa.', en: ' The invoice is issued.' };
const both = (first: Text, second: Text): Text => ({ it: first.it + second.it, en: first.en + second.en });
const aboutDocument = ({ document }: Said): Text => (document === undefined ? { it: '', en: '' } : { it: ` Riguarda la fattura ${document}.`, en: ` It is about invoice ${document}.` });

/** What each kind of event's evidence proves, and what it does not. */
const PROVES: Readonly<Record<string, (said: Said) => Text>> = {
  queued: (said) => ({
    it: `È il file ${said.fileName}, byte per byte, come è stato inviato. Prova che cosa è stato inviato; da solo non prova che sia arrivato.`,
    en: `It is the file ${said.fileName}, byte for byte, as it was sent. It proves what was sent; by itself it does not prove that it arrived.`,
  }),
  attempt_opened: (said) => ({
    it: `È il messaggio PEC dell’invio n. ${said.attempt ?? 1} (Message-ID ${of(said.messageId)}), da ${of(said.from)} a ${of(said.to)}, con il file in allegato byte per byte. È ciò che Corriere ha preparato: da solo non prova che qualcuno l’abbia preso.`,
    en: `It is the PEC message of hand-over no. ${said.attempt ?? 1} (Message-ID ${of(said.messageId)}), from ${of(said.from)} to ${of(said.to)}, with the file attached byte for byte. It is what Corriere prepared: by itself it does not prove that anybody took it.`,
  }),
  smtp_accepted: (said) => ({ it: `Annotazione di Corriere sul dialogo SMTP: il server del gestore ha preso il messaggio («${of(said.response)}»). Non è firmata da altri.`, en: `Corriere’s own record of the SMTP dialogue: the provider’s server took the message (“${of(said.response)}”). Nobody else signed it.` }),
  smtp_refused: (said) => ({ it: `Annotazione di Corriere sul dialogo SMTP: il server del gestore ha respinto il messaggio («${of(said.response)}»). Non è firmata da altri.`, en: `Corriere’s own record of the SMTP dialogue: the provider’s server refused the message (“${of(said.response)}”). Nobody else signed it.` }),
  smtp_deferred: (said) => ({ it: `Annotazione di Corriere sul dialogo SMTP: il messaggio non è stato preso, si riprova («${of(said.response)}»). Non è firmata da altri.`, en: `Corriere’s own record of the SMTP dialogue: the message was not taken, it will be tried again (“${of(said.response)}”). Nobody else signed it.` }),
  smtp_unknown: (said) => ({ it: `Annotazione di Corriere sul dialogo SMTP: la connessione si è interrotta e l’esito non si conosce («${of(said.response)}»). Non è firmata da altri.`, en: `Corriere’s own record of the SMTP dialogue: the connection broke and the outcome is not known (“${of(said.response)}”). Nobody else signed it.` }),
  resend_requested: (said) => ({ it: `Annotazione di Corriere: un nuovo invio è stato chiesto da ${of(said.by)} il ${at(said)}. Non è firmata da altri.`, en: `Corriere’s own record: another hand-over was asked for by ${of(said.by)} on ${at(said)}. Nobody else signed it.` }),
  manual: (said) => ({ it: `È la parola di ${of(said.by)} su ciò che è stato fatto fuori da Corriere (${at(said)}): «${of(said.note)}». Non è una prova firmata.`, en: `It is the word of ${of(said.by)} on what was done outside Corriere (${at(said)}): “${of(said.note)}”. No signed evidence.` }),
  accettazione: (said) => ({
    it: `Prova che il gestore ${of(said.provider)} ha accettato il messaggio${said.messageId === undefined ? '' : ` ${said.messageId}`} il ${at(said)} e gli ha dato l’identificativo ${of(said.identificativo)}. Non prova ancora la consegna al SdI.`,
    en: `Proves that the provider ${of(said.provider)} accepted the message${said.messageId === undefined ? '' : ` ${said.messageId}`} on ${at(said)} and gave it the identificativo ${of(said.identificativo)}. It does not prove the delivery to SdI yet.`,
  }),
  non_accettazione: (said) => ({ it: `Prova che il gestore ${of(said.provider)} non ha accettato il messaggio il ${at(said)}: ${of(said.error)}. Il file non è arrivato al SdI.`, en: `Proves that the provider ${of(said.provider)} did not accept the message on ${at(said)}: ${of(said.error)}. The file did not reach SdI.` }),
  preavviso_errore_consegna: (said) => ({ it: `Prova che il ${at(said)} il gestore ${of(said.provider)} non era ancora riuscito a consegnare il messaggio.`, en: `Proves that on ${at(said)} the provider ${of(said.provider)} had not managed to deliver the message yet.` }),
  errore_consegna: (said) => ({ it: `Prova che il gestore ${of(said.provider)} non ha potuto consegnare il messaggio (${at(said)}): ${of(said.error)}.`, en: `Proves that the provider ${of(said.provider)} could not deliver the message (${at(said)}): ${of(said.error)}.` }),
  avvenuta_consegna: (said) => ({
    it: `Prova che il gestore ${of(said.provider)} ha consegnato il messaggio nella casella ${of(said.deliveredTo)} il ${at(said)}: il file è arrivato al SdI. Non prova che il SdI l’abbia trovato corretto.`,
    en: `Proves that the provider ${of(said.provider)} put the message into the mailbox ${of(said.deliveredTo)} on ${at(said)}: the file reached SdI. It does not prove that SdI found it correct.`,
  }),
  NS: (said) => ({ it: `Prova che il SdI ha scartato il file (${sdiId(said)}; codici ${of(said.codes?.join(', '))}). La fattura si considera non emessa.`, en: `Proves that SdI rejected the file (${sdiId(said)}; codes ${of(said.codes?.join(', '))}). The invoice counts as not issued.` }),
  RC: (said) => both({ it: `Prova che il SdI ha consegnato la fattura al destinatario il ${at(said)} (${sdiId(said)}).`, en: `Proves that SdI delivered the invoice to the recipient on ${at(said)} (${sdiId(said)}).` }, ISSUED),
  MC: (said) =>
    both(
      said.flow === 'private'
        ? { it: `Prova che il SdI ha elaborato la fattura e l’ha messa a disposizione del destinatario, non potendola recapitare (${sdiId(said)}).`, en: `Proves that SdI processed the invoice and made it available to the recipient, since it could not be delivered (${sdiId(said)}).` }
        : { it: `Prova che il SdI non è ancora riuscito a consegnare la fattura all’ufficio (${sdiId(said)}).`, en: `Proves that SdI could not deliver the invoice to the office yet (${sdiId(said)}).` },
      ISSUED,
    ),
  NE: (said) =>
    both(
      said.esito === 'EC01'
        ? { it: `Prova che l’ufficio destinatario ha accettato la fattura (EC01; ${sdiId(said)}).`, en: `Proves that the receiving office accepted the invoice (EC01; ${sdiId(said)}).` }
        : { it: `Prova che l’ufficio destinatario ha rifiutato la fattura (${of(said.esito)}; ${sdiId(said)}).`, en: `Proves that the receiving office refused the invoice (${of(said.esito)}; ${sdiId(said)}).` },
      aboutDocument(said),
    ),
  DT: (said) => both({ it: `Prova che sono decorsi i termini senza esito dell’ufficio (${sdiId(said)}).`, en: `Proves that the terms expired without an outcome from the office (${sdiId(said)}).` }, aboutDocument(said)),
  AT: (said) => both({ it: `Attestazione del SdI: ha ricevuto la fattura e non può recapitarla all’ufficio (${sdiId(said)}).`, en: `Attestation of SdI: it received the invoice and cannot deliver it to the office (${sdiId(said)}).` }, ISSUED),
};

const PERSON = (said: Said): Text => ({
  it: `È la parola di una persona${said.by === undefined ? '' : ` (${said.by})`}, annotata da Corriere: non è una prova firmata.`,
  en: `It is the word of a person${said.by === undefined ? '' : ` (${said.by})`}, noted down by Corriere: no signed evidence.`,
});

/** What a person says without a message: its statement is told by itself. */
const OWN_WORDS: readonly string[] = ['resend_requested', 'manual'];

/** What the evidence of an event proves. */
export function proves(said: Said): Text {
  const known = said.source === 'person' && !OWN_WORDS.includes(said.type) ? undefined : own(PROVES, said.type);
  if (known) return known(said);
  return said.source === 'person' ? PERSON(said) : { it: 'Non si conosce il significato di questa voce.', en: 'The meaning of this entry is not known.' };
}
