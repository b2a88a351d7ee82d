import type { Text } from '../../platform/index.js';

/** Why a message has its disposition: stable codes, and what they say to people. */
export const REASONS = {
  told: { it: 'Il messaggio ha fatto avanzare la fattura.', en: 'The message moved the invoice on.' },
  told_before: { it: 'Un altro messaggio aveva già detto la stessa cosa.', en: 'Another message had told the same before.' },
  same_content: { it: 'Copia di un messaggio già letto.', en: 'A copy of a message that was read already.' },
  supplier_invoice: { it: 'Fattura ricevuta da un fornitore.', en: 'An invoice received from a supplier.' },
  supplier_invoice_bare: {
    it: 'Fattura ricevuta da un fornitore, senza un file dei metadati (MT) leggibile.',
    en: 'An invoice received from a supplier, without a readable metadata file (MT).',
  },

  attached_by_person: { it: 'Una persona ha allegato il messaggio alla fattura.', en: 'A person attached the message to the invoice.' },
  not_ours_by_person: { it: 'Una persona ha deciso che il messaggio non ci riguarda.', en: 'A person decided that the message is not ours.' },

  ordinary_mail: { it: 'Posta ordinaria: nessuno ne garantisce il contenuto, non riguarda le fatture inviate.', en: 'Ordinary mail: nobody vouches for it, and it is not about the invoices sent.' },
  anomaly_envelope: { it: 'Busta di anomalia: posta ordinaria o non verificabile, avvolta dal gestore.', en: 'Anomaly envelope: ordinary or unverifiable mail, wrapped by the provider.' },
  other_certified_mail: { it: 'Posta certificata che non viene dal Sistema di Interscambio.', en: 'Certified mail that does not come from SdI.' },
  unknown_attempt: { it: 'Ricevuta di un messaggio che non abbiamo inviato noi (da webmail o da un altro sistema).', en: 'A receipt for a message that we did not send (from webmail or another system).' },
  unknown_file: { it: 'Messaggio del SdI su un file che non abbiamo inviato noi.', en: 'A message of SdI about a file that we did not send.' },
  not_for_senders: { it: 'Messaggio del SdI che non riguarda chi invia fatture.', en: 'A message of SdI that is not about sending invoices.' },

  signature_absent: { it: 'Manca la firma del gestore: non prova nulla.', en: "The provider's signature is missing: it proves nothing." },
  signature_broken: { it: 'La firma del gestore non corrisponde al contenuto.', en: "The provider's signature does not match the content." },
  signature_unreadable: { it: 'La firma del gestore non è leggibile.', en: "The provider's signature cannot be read." },
  untrusted: { it: 'Il messaggio non ha superato i controlli di fiducia.', en: 'The message did not pass the trust checks.' },
  issuer_unknown: {
    it: 'Firma integra, emittente sconosciuto: nessuna autorità fidata garantisce il certificato di chi ha firmato. Se è davvero quello del gestore, un amministratore può dichiararlo fidato.',
    en: 'Signature sound, issuer unknown: no trusted authority vouches for the certificate of whoever signed. If it really is the provider’s, an administrator can trust it.',
  },
  provider_not_configured: {
    it: 'Non è noto con quale indirizzo firma il gestore della casella, quindi la ricevuta non prova nulla: indicarlo nella casella (providerSigners: l’indirizzo posta-certificata@… del gestore) e far riesaminare il messaggio.',
    en: "The address under which the mailbox's provider signs is not known, so the receipt proves nothing: set it on the mailbox (providerSigners: the provider's posta-certificata@… address) and have the message judged again.",
  },
  not_the_signer: { it: 'Chi l’ha firmato non è chi dice di averlo inviato.', en: 'Whoever signed it is not who it says has sent it.' },
  wrong_issuer: { it: 'Una ricevuta di questo tipo non può venire da questo gestore.', en: 'A receipt of this kind cannot come from this provider.' },
  contradictory: { it: 'Intestazioni e dati di certificazione si contraddicono.', en: 'Its headers and its certification data contradict each other.' },
  odd_structure: { it: 'Non è fatto come un messaggio PEC: parti mancanti, in più o ripetute.', en: 'It is not made as a PEC message is: parts are missing, added or repeated.' },
  out_of_bounds: { it: 'Supera i limiti di dimensione, di parti o di annidamento: non è stato letto fino in fondo.', en: 'It exceeds the limits on size, parts or depth: it was not read to its end.' },
  between_providers: { it: 'È un messaggio fra gestori: non deve arrivare in una casella.', en: 'It is a message between providers: none belongs in a mailbox.' },
  unknown_kind: { it: 'Il tipo di messaggio o di errore non è previsto dalle regole PEC.', en: 'Its kind, or the error it states, is not one of the PEC rules.' },
  certification_missing: { it: 'Mancano i dati di certificazione (daticert.xml).', en: 'The certification data (daticert.xml) are missing.' },
  certification_unreadable: { it: 'I dati di certificazione (daticert.xml) non si leggono o lasciano dubbi.', en: 'The certification data (daticert.xml) cannot be read, or leave doubts.' },
  certificate_misused: { it: 'Un certificato della firma non vale per questo uso.', en: 'A certificate of the signature is not good for this use.' },
  signing_time: { it: 'Al momento della firma il certificato non era in vigore, o quel momento non è certo.', en: 'The certificate was not in force when it was signed, or that moment is not certain.' },
  weak_signature: { it: 'La firma usa un algoritmo o una chiave che non bastano più.', en: 'The signature uses an algorithm or a key that is no longer enough.' },
  claims_our_message: { it: 'Si riferisce a un nostro invio ma non è una ricevuta verificabile.', en: 'It refers to a hand-over of ours but is no verifiable receipt.' },
  unreadable: { it: 'Il messaggio non è leggibile.', en: 'The message cannot be read.' },
  too_large: { it: 'Il messaggio è troppo grande: ne è conservata solo l’intestazione.', en: 'The message is too large: only its header is kept.' },
  unfetchable: { it: 'Il server elenca il messaggio ma non lo consegna; si riprova ogni alcune ore.', en: 'The server lists the message but does not give it; it is asked for again every few hours.' },
  judging_failed: { it: 'L’esame del messaggio è fallito; può essere ripetuto.', en: 'Judging the message failed; it can be repeated.' },

  wrong_sender: { it: 'La ricevuta riguarda un altro mittente.', en: 'The receipt is about another sender.' },
  wrong_recipient: { it: 'La ricevuta riguarda un altro destinatario.', en: 'The receipt is about another recipient.' },
  wrong_identificativo: { it: 'L’identificativo del gestore non è quello già noto per questo invio.', en: "The provider's identificativo is not the one known for this hand-over." },
  other_file: { it: 'La ricevuta di consegna contiene un file che non è quello inviato.', en: 'The delivery receipt holds a file that is not the one sent.' },
  implausible_instant: { it: 'L’istante dichiarato non è plausibile.', en: 'The stated instant is not plausible.' },

  sdi_wrong_signer: { it: 'Si presenta come SdI ma non è firmato dal gestore del SdI.', en: "It presents itself as SdI but is not signed by SdI's provider." },
  sdi_not_for_us: { it: 'La busta del SdI non è indirizzata a questa casella.', en: 'The envelope of SdI is not addressed to this mailbox.' },
  sdi_no_message: { it: 'Viene dal SdI ma non contiene un messaggio riconoscibile.', en: 'It comes from SdI but holds no message that can be recognised.' },
  sdi_several_messages: { it: 'Viene dal SdI ma contiene più messaggi diversi.', en: 'It comes from SdI but holds several different messages.' },
  sdi_message_unreadable: { it: 'Viene dal SdI ma il messaggio che contiene non si legge o lascia dubbi.', en: 'It comes from SdI but the message in it cannot be read, or leaves doubts.' },
  sdi_signature_absent: { it: 'La notifica non è firmata dal SdI.', en: 'The notification is not signed by SdI.' },
  sdi_signature_invalid: { it: 'La firma del SdI sulla notifica non è valida.', en: "SdI's signature on the notification is not valid." },
  sdi_issuer_unknown: {
    it: 'Firma del SdI integra, emittente sconosciuto: nessuno garantisce il certificato che ha firmato la notifica. Se è davvero quello dell’Agenzia delle Entrate, un amministratore può dichiararlo fidato.',
    en: 'SdI’s signature sound, issuer unknown: nobody vouches for the certificate that signed the notification. If it really is that of the Agenzia delle Entrate, an administrator can trust it.',
  },
  sdi_signer_revoked: {
    it: 'La notifica è firmata con un certificato che un amministratore ha revocato.',
    en: 'The notification is signed with a certificate that an administrator revoked.',
  },
  sdi_simulation: { it: 'Messaggio di simulazione: non può muovere una fattura vera.', en: 'A simulation message: it cannot move a real invoice.' },
  sdi_hash_mismatch: { it: 'L’hash nella notifica non è quello del file inviato.', en: 'The hash in the notification is not that of the file sent.' },
  sdi_other_file: { it: 'La notifica nomina insieme un nostro file e un altro.', en: 'The notification names a file of ours and another one at once.' },
  sdi_wrong_family: { it: 'La notifica è dell’altro flusso (privati o PA).', en: 'The notification belongs to the other flow (private or PA).' },
  sdi_unknown_document: { it: 'La notifica nomina una fattura che non è nel file.', en: 'The notification names an invoice that is not in the file.' },
} as const satisfies Readonly<Record<string, Text>>;

export type Reason = keyof typeof REASONS;

export function reasonText(reason: Reason): Text {
  return REASONS[reason];
}
