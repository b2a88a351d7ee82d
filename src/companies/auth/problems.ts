import { defineProblem } from '../../platform/http/problem.js';

export const UNAUTHORIZED = defineProblem('unauthorized', 401, { it: 'Accesso non autorizzato', en: 'Not authorised' });
export const FORBIDDEN = defineProblem('forbidden', 403, { it: 'Operazione non permessa', en: 'Not allowed' });
export const TOO_MANY_SIGN_INS = defineProblem('too-many-sign-ins', 429, { it: 'Troppi tentativi di accesso', en: 'Too many sign-in attempts' });
