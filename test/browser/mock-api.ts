import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { problem, ROUTES, type Answer } from './mock/routes.js';
import { World } from './mock/world.js';

const WEB = path.resolve(__dirname, '../../dist/web');
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

/** The strictest policy that the service may serve the application under. */
const POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

export interface BrowserService {
  readonly url: string;
  readonly key: string;
  close(): Promise<void>;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function give(response: ServerResponse, { status = 200, json, bytes, type, name, cookie }: Answer): void {
  const body = bytes ?? (json === undefined ? undefined : Buffer.from(JSON.stringify(json)));
  response.writeHead(status, {
    ...(body ? { 'content-type': type ?? 'application/json', 'content-length': body.length } : {}),
    ...(name ? { 'content-disposition': `attachment; filename="${name}"` } : {}),
    ...(cookie ? { 'set-cookie': cookie } : {}),
  });
  response.end(body);
}

function web(url: URL, response: ServerResponse): void {
  const wanted = path.join(WEB, path.normalize(url.pathname));
  const file = path.extname(wanted) && wanted.startsWith(WEB) && existsSync(wanted) ? wanted : path.join(WEB, 'index.html');
  response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream', 'content-security-policy': POLICY });
  response.end(readFileSync(file));
}

function stream(world: World, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write('retry: 500\n\n');
  const tell = (hint: { position: number }) => response.write(`id: ${hint.position}\nevent: feed\ndata: ${JSON.stringify(hint)}\n\n`);
  world.on('feed', tell);
  request.on('close', () => world.off('feed', tell));
}

/** Sign-in and sign-out, which need no session; undefined for everything else. */
function session(world: World, method: string, pathname: string, json: Record<string, unknown>, token: string): Answer | undefined {
  if (pathname !== '/v1/session') return undefined;
  if (method === 'POST') {
    const right = json['key'] === world.key || (world.password !== undefined && json['password'] === world.password);
    if (!right) return problem(401, 'unauthorized', 'Chiave o password errata', 'Wrong key or password');
    const fresh = randomBytes(16).toString('hex');
    world.sessions.add(fresh);
    return { json: { passwordSet: world.password !== undefined }, cookie: `corriere_session=${fresh}; HttpOnly; SameSite=Strict; Path=/` };
  }
  if (method !== 'DELETE') return undefined;
  world.sessions.delete(token);
  return { status: 204 };
}

/**
 * An invented Corriere for developing the web application and for trying its pages without a service: the same paths and shapes, invoices of every state,
 * the same security policy. With `invoices: 0` it shows how everything begins.
 */
export async function startMock({ invoices = 137, port = 0, key }: { invoices?: number; port?: number; key?: string } = {}): Promise<BrowserService> {
  const world = new World(invoices);
  const accepted = key ?? world.key;
  if (key) Object.assign(world, { key });
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://mock');
      const method = request.method ?? 'GET';
      if (!url.pathname.startsWith('/v1/')) return web(url, response);
      const body = await read(request);
      const json = parse(body);
      const token = /corriere_session=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
      const open = session(world, method, url.pathname, json, token);
      if (open) return give(response, open);
      if (!world.sessions.has(token) && request.headers.authorization !== `Bearer ${accepted}`) return give(response, problem(401, 'unauthorized', 'Accesso richiesto', 'Sign-in needed'));
      if (url.pathname === '/v1/stream') return stream(world, request, response);
      for (const [verb, pattern, handle] of ROUTES) {
        const match = verb === method ? pattern.exec(url.pathname) : null;
        if (match) return give(response, handle(world, { query: url.searchParams, body, json }, ...match.slice(1)));
      }
      give(response, problem(404, 'not-found', 'Non trovato', 'Not found'));
    })().catch((error: unknown) => give(response, problem(500, 'internal', 'Errore interno', String(error))));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key: accepted,
    close: async () => {
      world.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
