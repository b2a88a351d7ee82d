import { explainReason, type PecReasonCode } from '../pec/index.js';
import type { Text } from './command.js';

/** What the command itself has to say of a file, beside the reasons of the reader. */
const OWN = {
  'file-unreadable': { it: 'il file non si legge', en: 'the file cannot be read' },
  'file-failed': { it: "l'esame del file non è riuscito", en: 'the file could not be looked at' },
  'file-is-invoice': { it: 'il file è una fattura, non un messaggio: la giudica corriere validate', en: 'the file is an invoice and no message: corriere validate judges it' },
  'file-is-archive': { it: 'il file è un archivio senza messaggi di SdI', en: 'the file is an archive without a message of SdI' },
  'file-is-no-message': { it: 'il file non è un messaggio', en: 'the file is no message' },
  'sdi-signer-unknown': { it: 'la firma di SdI è integra, ma il firmatario non è verificato (--anchors)', en: 'the signature of SdI is intact, its signer is not verified (--anchors)' },
  'sdi-signer-revoked': { it: 'il firmatario è revocato', en: 'the signer was revoked' },
  'sdi-signature-invalid': { it: 'la firma di SdI non è valida', en: 'the signature of SdI is not valid' },
  'sdi-signature-absent': { it: 'il messaggio di SdI non è firmato: fuori dalla sua busta non prova nulla', en: 'the message of SdI is not signed: without its envelope it proves nothing' },
} as const satisfies Readonly<Record<string, Text>>;

export type InspectReason = keyof typeof OWN | Extract<PecReasonCode, 'message-too-large'>;

/** What a reason says, those of the command itself included. */
export const inspectReason = (code: string): Text => (Object.hasOwn(OWN, code) ? OWN[code as keyof typeof OWN] : explainReason(code));
