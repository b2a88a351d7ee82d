import { Inject, Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { readWebFiles, type WebFile } from './web-files.js';

/** Injection token: the directory of the built web application. */
export const WEB_DIRECTORY = Symbol('WEB_DIRECTORY');

/** What belongs to machines: never answered with a page. */
const MACHINES = /^\/(v1|docs|docs-json|healthz|readyz|metrics)(\/|$)/;

/** Serves the web application at `/`; a page's own address (`/invoices/…`) gets `index.html`, where the application finds its way itself. */
@Injectable()
export class WebMiddleware implements NestMiddleware {
  readonly #files: ReadonlyMap<string, WebFile>;

  constructor(@Inject(WEB_DIRECTORY) directory: string) {
    this.#files = readWebFiles(directory) ?? new Map();
  }

  use(request: Request, response: Response, next: NextFunction): void {
    const path = pathOf(request);
    if ((request.method !== 'GET' && request.method !== 'HEAD') || MACHINES.test(path)) return next();
    const file = this.#files.get(path) ?? (isPage(path, request) ? this.#files.get('/index.html') : undefined);
    if (file === undefined) return next();
    send(request, response, file);
  }
}

/** Not `request.path`, which lacks the part under which the framework has mounted the middleware. */
function pathOf({ originalUrl }: Request): string {
  return originalUrl.split('?', 1)[0] ?? '/';
}

/** A person's browser that goes to an address, as opposed to a script, a style sheet or a picture that is missing. */
function isPage(path: string, { headers }: Request): boolean {
  return path === '/' || (!/\.[a-z0-9]+$/i.test(path) && /text\/html/.test(headers.accept ?? ''));
}

function send(request: Request, response: Response, file: WebFile): void {
  const gzip = file.gzip !== undefined && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? '')) ? file.gzip : undefined;
  const body = gzip ?? file.body;
  const headers = { 'cache-control': file.cacheControl, etag: file.etag, vary: 'accept-encoding', 'x-content-type-options': 'nosniff' };
  if (etags(request.headers['if-none-match']).includes(file.etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, {
    ...headers,
    'content-type': file.type,
    'content-length': body.length,
    ...(gzip ? { 'content-encoding': 'gzip' } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Weak comparison (RFC 9110 §13.1.2): a proxy that compressed may have put W/ before it. */
function etags(header: string | undefined): string[] {
  return (header ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
}
