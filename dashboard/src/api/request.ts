import { ApiProblem, Unreachable } from './problem.js';

export type Query = Readonly<Record<string, string | number | undefined | null>>;

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly query?: Query;
  /** Sent as JSON unless it is a form or a file, which go as they are; a file's media type is among the headers. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

let language = 'it';
let onSignedOut: () => void = () => undefined;

export function setRequestLanguage(next: string): void {
  language = next;
}

/** Called when the session turns out to be over. */
export function setSignedOutListener(listener: () => void): void {
  onSignedOut = listener;
}

function address(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

/**
 * One call of the API under the session's cookie.
 * @throws ApiProblem for every answer that is not 2xx; Unreachable when there is none.
 */
export async function request<T>(path: string, { method = 'GET', query, body, headers, signal }: RequestOptions = {}): Promise<T> {
  const raw = body instanceof FormData || body instanceof Blob;
  let response: Response;
  try {
    response = await fetch(address(path, query), {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json, application/problem+json',
        'accept-language': language,
        ...(body === undefined || raw ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : raw ? body : JSON.stringify(body),
      signal,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Unreachable({ cause: error });
  }
  if (response.ok) return (await read(response)) as T;
  if (response.status === 401 && !path.startsWith('/v1/session')) onSignedOut();
  throw new ApiProblem(response.status, ((await read(response)) ?? {}) as object);
}

async function read(response: Response): Promise<unknown> {
  if (!/\bjson\b/.test(response.headers.get('content-type') ?? '')) return undefined;
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
