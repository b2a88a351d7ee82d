import { defineProblem } from '../../platform/http/problem.js';

export const COMPANY_NOT_FOUND = defineProblem('company-not-found', 404, { it: 'Azienda non trovata', en: 'Company not found' });
export const MAILBOX_NOT_FOUND = defineProblem('mailbox-not-found', 404, { it: 'Casella non trovata', en: 'Mailbox not found' });
export const MAILBOX_EXISTS = defineProblem('mailbox-exists', 409, { it: 'Casella già presente', en: 'Mailbox already exists' });
export const KEY_NOT_FOUND = defineProblem('key-not-found', 404, { it: 'Chiave non trovata', en: 'Key not found' });
