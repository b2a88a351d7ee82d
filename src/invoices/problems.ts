import { defineProblem } from '../platform/http/problem.js';

export const INVOICE_NOT_FOUND = defineProblem('invoice-not-found', 404, { it: 'Fattura non trovata', en: 'Invoice not found' });
export const EVIDENCE_NOT_FOUND = defineProblem('evidence-not-found', 404, { it: 'Prova non trovata', en: 'Evidence not found' });
export const NOT_VIEWABLE = defineProblem('not-viewable', 422, { it: 'Documento non leggibile', en: 'Document not readable' });

export const EMPTY_BODY = defineProblem('empty-body', 400, { it: 'Nessun file ricevuto', en: 'No file received' });
export const ONE_FILE_ONLY = defineProblem('one-file-only', 400, { it: 'Un solo file per richiesta', en: 'One file per request' });
export const UNREADABLE_P7M = defineProblem('unreadable-p7m', 422, { it: 'File p7m illeggibile', en: 'Unreadable p7m file' });

export const UNKNOWN_TRANSMITTER = defineProblem('unknown-transmitter', 422, { it: 'Trasmittente sconosciuto', en: 'Unknown transmitter' });
export const AMBIGUOUS_COMPANY = defineProblem('ambiguous-company', 422, { it: 'Azienda non determinabile', en: 'Company not determined' });
export const NO_MAILBOX = defineProblem('no-mailbox', 409, { it: 'Nessuna casella PEC', en: 'No PEC mailbox' });

export const ILLEGAL_FILE_NAME = defineProblem('illegal-file-name', 422, { it: 'Nome file non ammesso', en: 'Illegal file name' });
export const FILE_NAME_TAKEN = defineProblem('file-name-taken', 409, { it: 'Nome file già usato', en: 'File name already used' });
export const FILE_NAMES_EXHAUSTED = defineProblem('file-names-exhausted', 409, { it: 'Nomi file esauriti', en: 'File names exhausted' });

export const IDEMPOTENCY_KEY_REUSED = defineProblem('idempotency-key-reused', 409, { it: 'Chiave di idempotenza già usata', en: 'Idempotency key reused' });
export const ILLEGAL_IDEMPOTENCY_KEY = defineProblem('illegal-idempotency-key', 400, { it: 'Chiave di idempotenza non ammessa', en: 'Illegal idempotency key' });

export const ACT_NOT_POSSIBLE = defineProblem('manual-event-not-possible', 409, { it: 'Annotazione non ammessa in questo stato', en: 'Manual event not possible in this state' });
