import { defineProblem, Problem, type Finding, type ProblemKind, type Text } from './problem.js';

/** The problems that the platform itself answers with. */
export const PROBLEMS = {
  malformedRequest: defineProblem('malformed-request', 400, { it: 'Richiesta non leggibile', en: 'Unreadable request' }),
  malformedJson: defineProblem('malformed-json', 400, { it: 'JSON non leggibile', en: 'Unreadable JSON' }),
  invalidQuery: defineProblem('invalid-query', 400, { it: 'Parametri non validi', en: 'Invalid parameters' }),
  invalidCursor: defineProblem('invalid-cursor', 400, { it: 'Cursore non valido', en: 'Invalid cursor' }),
  unauthorized: defineProblem('unauthorized', 401, { it: 'Accesso non autenticato', en: 'Not authenticated' }),
  forbidden: defineProblem('forbidden', 403, { it: 'Accesso negato', en: 'Forbidden' }),
  notFound: defineProblem('not-found', 404, { it: 'Non trovato', en: 'Not found' }),
  methodNotAllowed: defineProblem('method-not-allowed', 405, { it: 'Metodo non ammesso', en: 'Method not allowed' }),
  notAcceptable: defineProblem('not-acceptable', 406, { it: 'Formato non disponibile', en: 'Not acceptable' }),
  timeout: defineProblem('request-timeout', 408, { it: 'Richiesta non completata in tempo', en: 'Request timed out' }),
  conflict: defineProblem('conflict', 409, { it: 'Conflitto', en: 'Conflict' }),
  tooLarge: defineProblem('payload-too-large', 413, { it: 'Contenuto troppo grande', en: 'Payload too large' }),
  unsupportedMediaType: defineProblem('unsupported-media-type', 415, { it: 'Tipo di contenuto non ammesso', en: 'Unsupported media type' }),
  invalidBody: defineProblem('invalid-body', 422, { it: 'Dati non validi', en: 'Invalid data' }),
  tooManyRequests: defineProblem('too-many-requests', 429, { it: 'Troppe richieste', en: 'Too many requests' }),
  internal: defineProblem('internal-error', 500, { it: 'Errore interno', en: 'Internal error' }),
  unavailable: defineProblem('unavailable', 503, { it: 'Servizio temporaneamente non disponibile', en: 'Service temporarily unavailable' }),
} as const satisfies Record<string, ProblemKind>;

/** 404 for a thing with an id. `what`: the thing with its article, for example `{ it: 'La fattura', en: 'The invoice' }`. */
export function notFound(what: Text, id?: string): Problem {
  const shown = id === undefined ? '' : ` ${id.slice(0, 100)}`;
  return new Problem(PROBLEMS.notFound, { it: `${what.it}${shown} non esiste.`, en: `${what.en}${shown} does not exist.` });
}

export function tooLarge(limit: number): Problem {
  const megabytes = String(limit / 1_000_000);
  return new Problem(
    PROBLEMS.tooLarge,
    { it: `Il contenuto supera il limite di ${limit} byte.`, en: `The content exceeds the limit of ${limit} bytes.` },
    { mend: { it: `Inviare al massimo ${megabytes.replace('.', ',')} MB.`, en: `Send at most ${megabytes} MB.` } },
  );
}

export function invalidBody(findings: readonly Finding[]): Problem {
  return new Problem(
    PROBLEMS.invalidBody,
    { it: `Dati non validi: ${findings.length === 1 ? 'un errore' : `${findings.length} errori`}.`, en: `The data are not valid: ${findings.length === 1 ? 'one error' : `${findings.length} errors`}.` },
    { findings, mend: { it: 'Correggere i campi elencati in "errors" e ripetere la richiesta.', en: 'Correct the fields listed in "errors" and send the request again.' } },
  );
}

export function invalidQuery(findings: readonly Finding[]): Problem {
  return new Problem(
    PROBLEMS.invalidQuery,
    { it: "Uno o più parametri dell'indirizzo non sono validi.", en: 'One or more parameters of the address are not valid.' },
    { findings, mend: { it: 'Correggere i parametri elencati in "errors".', en: 'Correct the parameters listed in "errors".' } },
  );
}
