import { baseName } from '../../../fatturapa/index.js';
import { type EventType, isSdiAddress, isSdiEvent, type SdiMessage } from '../../../sdi/index.js';
import { type Believed, isIntact, SDI_PROVIDER } from './authorities.js';
import type { Reading } from './check-messages.js';
import { readMailFacts } from './mail-facts.js';
import type { OpenBundle } from './open.js';
import type { Note } from './report.js';

/** Whether an envelope is one of SdI's with a notification about this very file (pec.md 7.2 step 12, sdi.md 4.6, 5.4). */
export function faultsOfNotification({ pec, sdi }: Believed, bundle: OpenBundle): Reading {
  const none = { type: undefined, attempt: null, documents: null };
  const { daticert } = pec;
  if (!daticert || !sdi) return { ...none, faults: [note('no-notification', 'non contiene una notifica del SdI', 'it holds no notification of SdI')] };
  const { message } = sdi;
  const { invoice, attempts, files } = bundle;
  const faults: Note[] = [];
  if (pec.headers.from !== SDI_PROVIDER) faults.push(note('other-provider', 'non è firmato dal gestore del SdI', 'it is not signed by SdI’s provider'));
  if (!isSdiAddress(daticert.mittente.trim())) faults.push(note('other-sender', 'il mittente non è il SdI', 'the sender is not SdI'));
  const senders = [invoice.mailbox.address, ...attempts.map(({ file }) => readMailFacts(files.get(file) as Buffer).from ?? '')].map((address) => address.toLowerCase());
  if (!daticert.destinatari.some(({ address }) => senders.includes(address.trim().toLowerCase()))) faults.push(note('other-recipient', 'non è indirizzato alla casella da cui la fattura è partita', 'it is not addressed to the mailbox that the invoice left from'));
  if (!isIntact(message.signature.verdict)) faults.push(note('sdi-signature', 'la firma del SdI sulla notifica non è integra', 'SdI’s signature on the notification is not intact'));
  const type = isSdiEvent(message.code as EventType) ? (message.code as EventType) : undefined;
  if (!type) faults.push(note('other-kind', `la notifica ${message.code} non riguarda chi invia`, `the notification ${message.code} is not about sending`));
  if (message.family !== invoice.flow && message.code !== 'NS') faults.push(note('other-family', 'la notifica è dell’altro flusso (privati o PA)', 'the notification belongs to the other flow (private or PA)'));
  const stated = (message.hash ?? message.hashFileOriginale ?? '').trim().toLowerCase();
  if (/^[0-9a-f]{64}$/.test(stated) && stated !== invoice.sha256) faults.push(note('other-hash', 'l’impronta nella notifica non è quella del file inviato', 'the hash in the notification is not that of the file that was sent'));
  if (baseName(message.nomeFile).toUpperCase() !== baseName(invoice.fileName).toUpperCase()) faults.push(note('other-name', `la notifica riguarda il file ${message.nomeFile}`, `the notification is about the file ${message.nomeFile}`));
  const documents = documentsOf(message, bundle);
  if (documents?.length === 0) faults.push(note('other-document', 'la notifica nomina una fattura che non è nel file', 'the notification names an invoice that is not in the file'));
  return { type, attempt: null, documents, faults };
}

/** Positions of the documents that an NE or a DT names; null when it names none. */
function documentsOf({ code, riferimentoFattura: reference }: SdiMessage, { invoice }: OpenBundle): readonly number[] | null {
  if (!reference || (code !== 'NE' && code !== 'DT')) return null;
  const positions = invoice.documents.filter(({ numero, data }) => numero === reference.numeroFattura && Number(data.slice(0, 4)) === Number(reference.annoFattura)).map(({ position }) => position);
  const { posizioneFattura: stated } = reference;
  return stated !== undefined && positions.includes(stated) ? [stated] : positions;
}

const note = (code: string, it: string, en: string): Note => ({ code, text: { it, en } });
