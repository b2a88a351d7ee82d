import type { LookupAddress } from 'node:dns';
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from '../../platform/net/addresses.js';
import type { PostError, PostResult } from './post-result.js';
import { PrivateAddressError, type Resolve } from '../../platform/net/resolve.js';
import { hostOf } from './target-url.js';

/** Name, connection, TLS, request and answer together. */
export const TIMEOUT_MS = 20_000;
/** More than this of an answer is not read. */
export const MAX_RESPONSE_BYTES = 16_384;
/** A status that has come counts; the rest of the answer is only for the log and is not waited for much longer. */
const BODY_TIMEOUT_MS = 5_000;
/** Shorter than the idle time of usual servers (5 s in Node), so that a connection is rarely used at the moment when the other side closes it. */
const IDLE_SOCKET_MS = 4_000;

export interface PosterOptions {
  /** Private and loopback networks are allowed. */
  readonly allowPrivate: boolean;
  readonly resolve: Resolve;
  readonly timeoutMs?: number;
}

/**
 * Makes single POST requests to addresses that strangers chose. A name is resolved once per connection, the addresses are checked, and the connection goes to those
 * very addresses, so a name that changes between the check and the connection (DNS rebinding) gains nothing. Redirects are never followed.
 * Never throws: whatever goes wrong is in the result.
 */
export class Poster {
  readonly #options: PosterOptions;
  readonly #lookup: LookupFunction;
  readonly #plain: http.Agent;
  readonly #secure: https.Agent;

  constructor(options: PosterOptions) {
    this.#options = options;
    const agent = { keepAlive: true, timeout: IDLE_SOCKET_MS, maxFreeSockets: 64 };
    this.#plain = new http.Agent(agent);
    this.#secure = new https.Agent(agent);
    this.#lookup = (name, { all }, callback) => {
      const answer = (addresses: readonly LookupAddress[]) => {
        const [first] = addresses;
        if (first === undefined) callback(Object.assign(new Error(`no address for ${name}`), { code: 'ENOTFOUND' }), '');
        else if (all) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      };
      // What the callback itself throws ends nothing but this request, which then runs into its time limit.
      void this.#options
        .resolve(name)
        .then(answer, (error: NodeJS.ErrnoException) => callback(error, ''))
        .catch(() => undefined);
    };
  }

  async post(url: string, headers: Readonly<Record<string, string>>, body: Buffer, signal?: AbortSignal): Promise<PostResult> {
    const start = performance.now();
    const timeout = AbortSignal.timeout(this.#options.timeoutMs ?? TIMEOUT_MS);
    const stop = signal ? AbortSignal.any([timeout, signal]) : timeout;
    try {
      const target = new URL(url);
      const host = hostOf(target);
      // Node asks the lookup for names only; an address in the URL itself is checked here.
      if (isIP(host) && !this.#options.allowPrivate && !isPublicAddress(host)) throw new PrivateAddressError(host);
      const response = await this.#send(target, headers, body, stop);
      const responseBody = await readSome(response, stop);
      const status = response.statusCode ?? 0;
      return {
        durationMs: elapsed(start),
        status,
        responseHeaders: flatHeaders(response),
        responseBody,
        ...(statusError(status) ? { error: statusError(status) } : {}),
      };
    } catch (error) {
      return { durationMs: elapsed(start), error: timeout.aborted ? 'timeout' : signal?.aborted ? 'interrupted' : errorOf(error) };
    }
  }

  /** Closes idle connections. */
  close(): void {
    this.#plain.destroy();
    this.#secure.destroy();
  }

  async #send(target: URL, headers: Readonly<Record<string, string>>, body: Buffer, signal: AbortSignal): Promise<IncomingMessage> {
    const open = (reuse: boolean) => {
      const secure = target.protocol === 'https:';
      const agent = reuse ? (secure ? this.#secure : this.#plain) : false;
      const options = {
        method: 'POST',
        agent,
        lookup: this.#lookup,
        signal,
        headers: { ...headers, 'content-length': body.length },
        autoSelectFamily: true,
      };
      return secure ? https.request(target, options) : http.request(target, options);
    };
    const request = open(true);
    try {
      return await exchange(request, body);
    } catch (error) {
      // The other side closed a kept connection just as we wrote to it: that says nothing of the receiver, so one more request over a fresh connection.
      if (!request.reusedSocket || signal.aborted || !['ECONNRESET', 'EPIPE'].includes(codeOf(error))) throw error;
      return await exchange(open(false), body);
    }
  }
}

function exchange(request: ClientRequest, body: Buffer): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    // Stays for the request's life: an error after the answer (a reset while the body is read) must not be unhandled.
    request.on('error', reject);
    request.end(body);
  });
}

async function readSome(response: IncomingMessage, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, BODY_TIMEOUT_MS);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', done, { once: true });
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MAX_RESPONSE_BYTES) done();
    });
    for (const event of ['end', 'error', 'close']) response.once(event, done);
  });
  if (!response.readableEnded) response.destroy();
  return Buffer.concat(chunks).subarray(0, MAX_RESPONSE_BYTES);
}

function flatHeaders(response: IncomingMessage): Record<string, string> {
  const pairs = Object.entries(response.headers).map(
    ([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')] as const,
  );
  return Object.fromEntries(pairs.slice(0, 50).map(([name, value]) => [name, value.slice(0, 500)]));
}

function statusError(status: number): PostError | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status === 410) return 'gone';
  return status >= 300 && status < 400 ? 'redirect' : 'status';
}

const ERROR_CODES: readonly (readonly [RegExp, PostError])[] = [
  [/^ENOTFOUND$/, 'name'],
  [/^ECONNREFUSED$/, 'refused'],
  [/^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EHOSTDOWN|ENETDOWN)$/, 'unreachable'],
  [/^(ETIMEDOUT|ESOCKETTIMEDOUT)$/, 'timeout'],
  [/^(ECONNRESET|EPIPE|ECONNABORTED)$/, 'broken'],
  [/^HPE_/, 'not_http'],
  [
    /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|EPROTO$|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)/,
    'tls',
  ],
];

function errorOf(error: unknown): PostError {
  if (error instanceof PrivateAddressError) return 'private_address';
  // Codes of the resolver overlap with those of connections (ECONNREFUSED: by the name server).
  if (isResolverError(error)) return 'name';
  // Several addresses were tried (RFC 8305); the first one's failure stands for all.
  if (error instanceof AggregateError && error.errors.length > 0) return errorOf(error.errors[0]);
  return ERROR_CODES.find(([pattern]) => pattern.test(codeOf(error)))?.[1] ?? 'network';
}

function isResolverError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'syscall' in error && /^(query|getaddrinfo)/.test(String(error.syscall));
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

function elapsed(start: number): number {
  return Math.round(performance.now() - start);
}
