import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Log } from '../log/log.js';
import { isUnreachable, sqlState } from '../database/errors.js';
import { Problem, type ProblemKind, type Text } from './problem.js';
import { PROBLEMS } from './problems.js';
import { requestIdOf } from './request-log.js';

const TYPE_BASE = 'https://corriere.dev/problems/';

/** Errors of the framework and of the body parsers, by status. */
const BY_STATUS: Readonly<Record<number, { kind: ProblemKind; detail: Text }>> = {
  400: { kind: PROBLEMS.malformedRequest, detail: { it: 'La richiesta non si può leggere.', en: 'The request cannot be read.' } },
  401: { kind: PROBLEMS.unauthorized, detail: { it: 'Serve una chiave valida.', en: 'A valid key is needed.' } },
  403: { kind: PROBLEMS.forbidden, detail: { it: 'Operazione non permessa.', en: 'Not allowed.' } },
  404: { kind: PROBLEMS.notFound, detail: { it: 'A questo indirizzo non c’è nulla.', en: 'There is nothing at this address.' } },
  405: { kind: PROBLEMS.methodNotAllowed, detail: { it: 'Metodo non ammesso a questo indirizzo.', en: 'This address does not take this method.' } },
  406: { kind: PROBLEMS.notAcceptable, detail: { it: 'Formato non disponibile.', en: 'This form is not available.' } },
  408: { kind: PROBLEMS.timeout, detail: { it: 'La richiesta non è arrivata per intero in tempo.', en: 'The request did not arrive whole in time.' } },
  413: { kind: PROBLEMS.tooLarge, detail: { it: 'Il contenuto supera il limite.', en: 'The content exceeds the limit.' } },
  415: { kind: PROBLEMS.unsupportedMediaType, detail: { it: 'Tipo di contenuto non ammesso.', en: 'Content type not accepted.' } },
  429: { kind: PROBLEMS.tooManyRequests, detail: { it: 'Troppe richieste.', en: 'Too many requests.' } },
};

/** Unreadable JSON: by name from body-parser; when the framework has wrapped it, only the engine's message is left. */
function isMalformedJson(error: unknown): boolean {
  if ((error as { type?: unknown } | null)?.type === 'entity.parse.failed') return true;
  return error instanceof HttpException && error.getStatus() === 400 && /\bJSON\b/.test(error.message);
}

/** PostgreSQL, Appendix A. */
const FOREIGN_KEY_VIOLATION = '23503';

/** Turns every error into `application/problem+json` (RFC 9457), in both languages. What is not foreseen is logged and says nothing but its request id. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const problem = this.#problem(error, request);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const { kind, more } = problem;
    const italian = prefersItalian(request.headers['accept-language']);
    for (const [name, value] of Object.entries(more.headers ?? {})) response.setHeader(name, value);
    response.status(kind.status);
    response.setHeader('content-type', 'application/problem+json; charset=utf-8');
    response.setHeader('content-language', italian ? 'it' : 'en');
    response.setHeader('cache-control', 'no-store');
    response.end(
      JSON.stringify({ ...problemBody(problem, italian ? 'it' : 'en'), instance: request.originalUrl.split('?')[0], requestId: requestIdOf(request) }),
    );
  }

  #problem(error: unknown, request: Request): Problem {
    if (error instanceof Problem) return error;
    if (isMalformedJson(error)) return new Problem(PROBLEMS.malformedJson, { it: 'Il corpo non è JSON valido.', en: 'The body is not valid JSON.' });
    const status = error instanceof HttpException ? error.getStatus() : Number((error as { status?: unknown } | null)?.status);
    const known = BY_STATUS[status];
    if (known) return new Problem(known.kind, this.#detail(error, known.detail));
    if (sqlState(error) === FOREIGN_KEY_VIOLATION) {
      return new Problem(PROBLEMS.invalidBody, { it: 'La richiesta si riferisce a qualcosa che non esiste.', en: 'The request refers to something that does not exist.' });
    }
    if (isUnreachable(error)) {
      this.log.warn('the database is out of reach', { requestId: requestIdOf(request), error });
      return new Problem(PROBLEMS.unavailable, { it: 'Il servizio è temporaneamente fuori uso.', en: 'The service is out of order for a moment.' }, { headers: { 'retry-after': '5' } });
    }
    this.log.error('a request failed', { requestId: requestIdOf(request), method: request.method, error });
    return new Problem(PROBLEMS.internal, {
      it: `Errore inatteso; riferimento ${requestIdOf(request)}.`,
      en: `Unexpected error; reference ${requestIdOf(request)}.`,
    });
  }

  /** Nest's own pipes (ids, numbers) say in English what they want; it is worth showing beside our text. */
  #detail(error: unknown, detail: Text): Text {
    if (!(error instanceof HttpException) || error.getStatus() !== 400) return detail;
    return { it: `${detail.it} (${error.message})`, en: `${detail.en} (${error.message})` };
  }
}

/** A problem as JSON; `title`, `detail` and `mend` in one language, `messages` in both. */
export function problemBody({ kind, detail, more }: Problem, language: 'it' | 'en'): Record<string, unknown> {
  const inLanguage = (which: 'it' | 'en'): object => ({ title: kind.title[which], detail: detail[which], ...(more.mend ? { mend: more.mend[which] } : {}) });
  return {
    type: `${TYPE_BASE}${kind.slug}`,
    status: kind.status,
    ...inLanguage(language),
    messages: { it: inLanguage('it'), en: inLanguage('en') },
    ...(more.findings ? { errors: more.findings } : {}),
    ...more.extra,
  };
}

/** True when Italian is asked for before English (RFC 9110 §12.5.4; without weights the order decides). */
export function prefersItalian(header: string | undefined): boolean {
  const weights = new Map<string, number>();
  for (const part of (header ?? '').split(',')) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const quality = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find((value) => value !== undefined);
    const language = tag.split('-')[0] ?? '';
    if (!weights.has(language)) weights.set(language, quality === undefined ? 1 - weights.size / 1000 : Number(quality));
  }
  return (weights.get('it') ?? 0) > (weights.get('en') ?? 0);
}
