import { SIGNATURE_REASONS } from '../../signature/index.js';

/** A text for people, in both languages of the house. */
export interface Text {
  readonly it: string;
  readonly en: string;
}

/** Why a message is not to be acted upon, beside what its signature itself gives reason for. */
export const PEC_REASONS = {
  'message-too-large': { it: 'il messaggio supera la dimensione massima', en: 'the message is larger than allowed' },
  'header-too-large': { it: "l'intestazione supera la dimensione massima", en: 'the header is larger than allowed' },
  'too-many-parts': { it: 'il messaggio ha troppe parti o parti troppo annidate', en: 'the message has too many parts, or parts nested too deep' },
  'header-repeated': { it: "un'intestazione che decide compare più volte", en: 'a header that decides occurs more than once' },
  'kind-contradiction': { it: 'il messaggio si dichiara insieme ricevuta e busta di trasporto', en: 'the message claims to be a receipt and an envelope at once' },
  'kind-unknown': { it: 'il tipo di messaggio non è previsto dalle regole PEC', en: 'the kind of message is not one of the PEC rules' },
  'kind-between-providers': { it: 'il messaggio circola solo fra gestori e non deve arrivare in una casella', en: 'the message travels between providers only and must not reach a mailbox' },
  anomaly: { it: 'busta di anomalia: il contenuto non è garantito da nessuno', en: 'anomaly envelope: nobody vouches for its content' },
  ordinary: { it: 'posta ordinaria, non PEC', en: 'ordinary mail, not PEC' },
  inner: { it: 'messaggio originale senza la sua busta', en: 'an original message without its envelope' },
  'not-signed-multipart': { it: 'il messaggio non è un multipart/signed di due parti', en: 'the message is not a multipart/signed with two parts' },
  'signature-absent': { it: 'manca la firma del gestore (smime.p7s)', en: 'the signature of the provider (smime.p7s) is missing' },
  'signature-too-large': { it: 'la firma del gestore (smime.p7s) supera la dimensione massima', en: 'the signature of the provider (smime.p7s) is larger than allowed' },
  'signature-unverified': { it: 'la firma del gestore non è stata verificata', en: 'the signature of the provider was not verified' },
  'signed-part-malformed': { it: 'la parte firmata non è un multipart/mixed integro', en: 'the signed part is not a whole multipart/mixed' },
  'sender-not-single': { it: 'il mittente (From) non è un solo indirizzo', en: 'the sender (From) is not a single address' },
  'sender-not-listed': { it: 'il mittente non è fra i gestori ammessi', en: 'the sender is not among the providers that are allowed' },
  'sender-not-signer': { it: 'il certificato della firma non è del mittente (From)', en: 'the certificate of the signature is not that of the sender (From)' },
  'signing-time-odd': { it: 'la firma e i dati di certificazione dicono istanti diversi', en: 'the signature and the certification data state different instants' },
  'daticert-missing': { it: 'manca daticert.xml', en: 'daticert.xml is missing' },
  'daticert-several': { it: 'ci sono più daticert.xml', en: 'there is more than one daticert.xml' },
  'daticert-too-large': { it: 'daticert.xml supera la dimensione massima', en: 'daticert.xml is larger than allowed' },
  'daticert-doctype': { it: 'daticert.xml contiene un DOCTYPE', en: 'daticert.xml contains a DOCTYPE' },
  'daticert-malformed': { it: 'daticert.xml non è XML leggibile', en: 'daticert.xml is not readable XML' },
  'daticert-encoding': { it: 'daticert.xml contiene dati in una codifica errata', en: 'daticert.xml holds data in a wrong encoding' },
  'daticert-ambiguous': { it: 'daticert.xml ripete un dato che deve essere unico', en: 'daticert.xml repeats a value that must be given once' },
  'daticert-incomplete': { it: 'in daticert.xml manca un dato necessario', en: 'daticert.xml lacks a necessary value' },
  'daticert-unexpected': { it: 'la busta di anomalia contiene un daticert.xml', en: 'the anomaly envelope contains a daticert.xml' },
  'postacert-several': { it: 'ci sono più messaggi originali (postacert.eml)', en: 'there is more than one original message (postacert.eml)' },
  'errore-unknown': { it: "l'errore indicato in daticert.xml non è previsto dalle regole PEC", en: 'the error stated in daticert.xml is not one of the PEC rules' },
  'errore-contradiction': { it: 'daticert.xml indica un errore in un messaggio che non ne può riferire', en: 'daticert.xml states an error in a kind of message that tells of none' },
  'kind-mismatch': { it: "l'intestazione e daticert.xml dicono tipi diversi", en: 'the header and daticert.xml state different kinds' },
  'reference-mismatch': { it: "l'intestazione e daticert.xml si riferiscono a messaggi diversi", en: 'the header and daticert.xml refer to different messages' },
  'identificativo-mismatch': { it: "il Message-ID della busta non è l'identificativo di daticert.xml", en: 'the Message-ID of the envelope is not the identificativo in daticert.xml' },
  'issuer-not-allowed': { it: 'questo tipo di ricevuta non può venire da questo gestore', en: 'this kind of receipt cannot come from this provider' },
} as const satisfies Readonly<Record<string, Text>>;

export type PecReasonCode = keyof typeof PEC_REASONS | keyof typeof SIGNATURE_REASONS;

/** What a reason of a trust verdict says, in both languages; an unknown code stands for itself. */
export function explainReason(code: string): Text {
  return { ...PEC_REASONS, ...SIGNATURE_REASONS }[code as PecReasonCode] ?? { it: code, en: code };
}
