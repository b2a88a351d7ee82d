import { defineProblem } from '../platform/http/problem.js';

export const RECEIVED_INVOICE_NOT_FOUND = defineProblem('received-invoice-not-found', 404, { it: 'Fattura ricevuta non trovata', en: 'Received invoice not found' });
export const RECEIVED_FILE_NOT_FOUND = defineProblem('received-file-not-found', 404, { it: 'File non disponibile', en: 'File not available' });
export const RECEIVED_NOT_VIEWABLE = defineProblem('received-not-viewable', 422, { it: 'Fattura non leggibile', en: 'Invoice not readable' });
