import { readAttachments } from '../../../pec/index.js';
import type { PecMessage } from '../../../pec/types.js';
import type { EventType } from '../../../sdi/index.js';
import { own } from '../format/own.js';
import type { Reading } from './check-messages.js';
import { readMailFacts } from './mail-facts.js';
import type { OpenBundle } from './open.js';
import type { Note } from './report.js';

/** The receipts that reach a sender, as events of the lifecycle (pec.md 1.1). */
const RECEIPT_EVENTS: Readonly<Record<string, EventType>> = {
  accettazione: 'accettazione',
  'non-accettazione': 'non_accettazione',
  'avvenuta-consegna': 'avvenuta_consegna',
  'errore-consegna': 'errore_consegna',
  'preavviso-errore-consegna': 'preavviso_errore_consegna',
};

const same = (a: string | undefined, b: string | undefined): boolean => a?.trim().toLowerCase() === b?.trim().toLowerCase();

/** Whether a receipt is one for a hand-over of this invoice (pec.md 7.2 step 11, 8). */
export function faultsOfReceipt(pec: PecMessage, { attempts, invoice, files }: OpenBundle): Reading {
  const { daticert } = pec;
  const none = { attempt: null, documents: null };
  if (!daticert) return { type: undefined, ...none, faults: [] };
  const type = own(RECEIPT_EVENTS, daticert.tipo);
  const attempt = attempts.find(({ messageId }) => messageId === daticert.msgid);
  if (!attempt) return { type, ...none, faults: [note('other-message', `è la ricevuta del messaggio ${daticert.msgid ?? '–'}, che non è fra gli invii di questa fattura`, `it is the receipt for the message ${daticert.msgid ?? '–'}, which is none of the hand-overs of this invoice`)] };
  const faults: Note[] = [];
  const sent = readMailFacts(files.get(attempt.file) as Buffer);
  if (!same(daticert.mittente, sent.from)) faults.push(note('other-sender', 'riguarda un altro mittente', 'it is about another sender'));
  const recipients = daticert.consegna === undefined ? daticert.destinatari.map(({ address }) => address) : [daticert.consegna];
  if (!recipients.some((address) => same(address, attempt.sdiAddress))) faults.push(note('other-recipient', 'riguarda un altro destinatario', 'it is about another recipient'));
  if (attempt.identificativo !== null && attempt.identificativo !== daticert.identificativo) faults.push(note('other-identificativo', 'l’identificativo non è quello dell’invio', 'the identificativo is not that of the hand-over'));
  // The receipt of a delivery may hold what was delivered: then it is this file, byte for byte.
  const delivered = pec.postacert && daticert.ricevuta !== 'breve' ? readAttachments(pec.postacert).attachments.filter(({ name }) => name === invoice.fileName) : [];
  if (delivered.some(({ sha256 }) => sha256 !== invoice.sha256)) faults.push(note('other-file', 'il messaggio consegnato contiene un altro file', 'the message that was delivered holds another file'));
  return { type, attempt: attempt.number, documents: null, faults };
}

const note = (code: string, it: string, en: string): Note => ({ code, text: { it, en } });
