import { romeTime } from '../clock/rome-time.js';
import type { NotificationFacts } from './notification-xml.js';

interface Wording {
  /** Subject without the id; `Invio File` and the first four are as seen in the field (sdi.md 3.4), the others nobody has published. */
  readonly subject: string;
  it(facts: NotificationFacts, when: string): readonly string[];
  en(facts: NotificationFacts, when: string): readonly string[];
}

const file = ({ nomeFile, identificativoSdi }: NotificationFacts, when: string): string =>
  `${nomeFile}, ricevuto il ${when} con identificativo ${identificativoSdi}`;
const fileEn = ({ nomeFile, identificativoSdi }: NotificationFacts, when: string): string =>
  `${nomeFile}, received on ${when} with ID ${identificativoSdi}`;

const WORDINGS: Readonly<Record<NotificationFacts['code'], Wording>> = {
  RC: {
    subject: 'Ricevuta di consegna',
    it: (facts, when) => [
      `Il file ${file(facts, when)}, è stato consegnato al destinatario ${facts.destinatario.codice}.`,
      'In allegato la ricevuta di consegna.',
    ],
    en: (facts, when) => [
      `The file ${fileEn(facts, when)}, was delivered to the recipient ${facts.destinatario.codice}.`,
      'The delivery receipt is attached.',
    ],
  },
  NS: {
    subject: 'Notifica di scarto',
    it: (facts, when) => [
      `Il file ${file(facts, when)}, non ha superato i controlli del Sistema di Interscambio ed è stato scartato.`,
      "In allegato la notifica di scarto con l'elenco degli errori.",
    ],
    en: (facts, when) => [
      `The file ${fileEn(facts, when)}, did not pass the checks of the Exchange System and was rejected.`,
      'The rejection notice with the list of errors is attached.',
    ],
  },
  MC: {
    subject: 'Notifica di mancata consegna',
    it: (facts, when) => [
      `Non è stato ancora possibile recapitare al destinatario ${facts.destinatario.codice} il file ${file(facts, when)}.`,
      'In allegato la notifica di mancata consegna.',
      '',
      `Se per il file con identificativo ${facts.identificativoSdi} è già pervenuta una ricevuta di consegna, ignorare questa comunicazione.`,
    ],
    en: (facts, when) => [
      `The file ${fileEn(facts, when)}, could not be delivered to the recipient ${facts.destinatario.codice} yet.`,
      'The failed delivery notice is attached.',
      '',
      `If a delivery receipt for the file with ID ${facts.identificativoSdi} was received already, ignore this message.`,
    ],
  },
  NE: {
    subject: 'Notifica di esito',
    it: (facts, when) => [
      `L'ufficio destinatario ha comunicato l'esito ${facts.esito ?? ''} per il file ${file(facts, when)}.`,
      'In allegato la notifica di esito.',
    ],
    en: (facts, when) => [
      `The recipient office returned the outcome ${facts.esito ?? ''} for the file ${fileEn(facts, when)}.`,
      'The outcome notice is attached.',
    ],
  },
  DT: {
    subject: 'Notifica di decorrenza termini',
    it: (facts, when) => [
      `Sono decorsi i termini per la comunicazione dell'esito del file ${file(facts, when)}.`,
      'In allegato la notifica di decorrenza termini.',
    ],
    en: (facts, when) => [`The time for an outcome of the file ${fileEn(facts, when)}, has passed.`, 'The notice is attached.'],
  },
  AT: {
    subject: 'Attestazione di avvenuta trasmissione della fattura con impossibilità di recapito',
    it: (facts, when) => [
      `Il recapito del file ${file(facts, when)}, al destinatario ${facts.destinatario.codice} è risultato impossibile.`,
      "In allegato l'attestazione di avvenuta trasmissione con il file originale.",
    ],
    en: (facts, when) => [
      `The file ${fileEn(facts, when)}, could not be delivered to the recipient ${facts.destinatario.codice}.`,
      'The attestation of transmission is attached together with the original file.',
    ],
  },
  MT: {
    subject: 'Invio File',
    it: (facts, when) => [`In allegato il file ${file(facts, when)}, e il file dei metadati.`],
    en: (facts, when) => [`The file ${fileEn(facts, when)}, is attached together with its metadata.`],
  },
};

const HELP = 'www.fatturapa.gov.it';

export function notificationSubject(facts: NotificationFacts): string {
  return `${WORDINGS[facts.code].subject} ${facts.identificativoSdi}`;
}

/** The human part: Italian first, the announcement of the address to use from now on (sdi.md 3.1), then the same in English. */
export function notificationText(facts: NotificationFacts, sdiAddress: string): string {
  const { giorno, ora } = romeTime(facts.receivedAt);
  const wording = WORDINGS[facts.code];
  return [
    ...wording.it(facts, `${giorno} ${ora}`),
    '',
    `Per chiarimenti non rispondere a questo messaggio: usare i canali di assistenza del sito ${HELP}.`,
    '',
    ...(facts.code === 'MT' ? [] : [addressNotice(sdiAddress), '']),
    '',
    ...wording.en(facts, `${giorno} ${ora}`),
    '',
    `For any question do not reply to this message: use the support channels of the site ${HELP}.`,
    '',
    ...(facts.code === 'MT'
      ? []
      : [
          `To send other files to the Exchange System use the address ${sdiAddress} until further notice. Delivery is not guaranteed at a different address.`,
        ]),
    '',
  ].join('\n');
}

/** What SdI answers to a mail that brings no file. */
export function courtesyText(sdiAddress: string): string {
  return [
    'Il messaggio ricevuto non contiene alcun file in allegato e non è stato elaborato.',
    '',
    addressNotice(sdiAddress),
    '',
    'The message had no file attached and was not processed.',
    '',
  ].join('\n');
}

function addressNotice(sdiAddress: string): string {
  return `L'indirizzo da utilizzare per i prossimi invii di fatture al Sistema di Interscambio, fino a nuovo avviso, è ${sdiAddress}. L'uso di un indirizzo diverso non garantisce il buon esito del recapito.`;
}
