import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Histogram } from 'prom-client';
import { newId } from '../ids.js';
import type { Log } from '../log/log.js';
import { type Metrics, SECONDS } from '../metrics/metrics.js';

const IDS = new WeakMap<IncomingMessage, string>();

/** The id of a request: the caller's `X-Request-Id` when it is harmless, else one of our own. */
export function requestIdOf(request: IncomingMessage): string {
  return IDS.get(request) ?? 'none';
}

interface Routed extends IncomingMessage {
  readonly route?: { readonly path?: unknown };
}

/** Gives each request an id, and writes one line for it when it is answered: the route's pattern, never the query or an id in it. */
export class RequestLog {
  readonly #seconds: Histogram<'method' | 'route' | 'status'>;

  constructor(
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.#seconds = metrics.histogram({ name: 'corriere_http_seconds', help: 'Time to answer HTTP requests' }, SECONDS, 'method', 'route', 'status');
  }

  readonly middleware = (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const given = request.headers['x-request-id'];
    const id = typeof given === 'string' && /^[A-Za-z0-9._-]{8,100}$/.test(given) ? given : newId();
    IDS.set(request, id);
    response.setHeader('x-request-id', id);
    const begun = performance.now();
    response.once('close', () => {
      const seconds = (performance.now() - begun) / 1000;
      const { route } = request as Routed;
      const pattern = typeof route?.path === 'string' ? route.path : 'none';
      const status = String(response.statusCode);
      this.#seconds.observe({ method: request.method ?? 'none', route: pattern, status }, seconds);
      const fields = { requestId: id, method: request.method, route: pattern, status: response.statusCode, ms: Math.round(seconds * 1000), ...(response.writableFinished ? {} : { aborted: true }) };
      // 503 asks to come again: what is behind it, if anything, has a line of its own.
      if (response.statusCode === 503) this.log.warn('request', fields);
      else if (response.statusCode >= 500) this.log.error('request', fields);
      else if (pattern.startsWith('/v1')) this.log.info('request', fields);
      else this.log.debug('request', fields);
    });
    next();
  };
}
