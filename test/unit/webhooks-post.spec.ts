import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Poster } from '../../src/webhooks/target/post.js';
import { onlyPublic, type Resolve, resolveAny, resolvePublic } from '../../src/platform/net/resolve.js';

const posters: Poster[] = [];
const servers: net.Server[] = [];
let asked: string[] = [];
beforeEach(() => {
  asked = [];
});
afterEach(() => servers.splice(0).forEach((server) => (server as http.Server).closeAllConnections?.() ?? server.close()));
afterAll(() => posters.forEach((poster) => poster.close()));

function poster(options: Partial<ConstructorParameters<typeof Poster>[0]> = {}): Poster {
  const made = new Poster({ allowPrivate: true, resolve: resolveAny, timeoutMs: 2000, ...options });
  posters.push(made);
  return made;
}

async function serve(handler: http.RequestListener): Promise<number> {
  return listen(
    http.createServer((request, response) => {
      asked.push(`${request.method} ${request.headers.host} ${request.url}`);
      handler(request, response);
    }),
  );
}

async function listen(server: net.Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const body = Buffer.from('{"a":"è"}');
/** Answers with these addresses whatever the name; as `resolvePublic` does once DNS has answered. */
const pointsTo =
  (...addresses: string[]): Resolve =>
  async (name) =>
    onlyPublic(
      name,
      addresses.map((address) => ({ address, family: net.isIP(address) })),
    );

describe('a webhook request', () => {
  it('sends the bytes as they are and returns status, headers, body and time', async () => {
    const seen: Buffer[] = [];
    const port = await serve((request, response) => {
      request.on('data', (chunk: Buffer) => seen.push(chunk)).on('end', () => response.writeHead(202, { 'x-a': 'b' }).end('thanks'));
    });
    const result = await poster().post(`http://127.0.0.1:${port}/hook?x=1`, { 'content-type': 'application/json' }, body);
    expect(result).toMatchObject({
      status: 202,
      responseHeaders: { 'x-a': 'b' },
      responseBody: Buffer.from('thanks'),
      durationMs: expect.any(Number),
    });
    expect(result.error).toBeUndefined();
    expect(Buffer.concat(seen).equals(body)).toBe(true);
    expect(asked).toEqual([`POST 127.0.0.1:${port} /hook?x=1`]);
  });

  it.each([
    ['a silent receiver', () => undefined, 'timeout'],
    ['a connection cut before the answer', (request: http.IncomingMessage) => request.socket.destroy(), 'broken'],
  ] as const)('reports %s', async (_what, handler, error) => {
    const port = await serve(handler);
    const result = await poster({ timeoutMs: 200 }).post(`http://127.0.0.1:${port}/`, {}, body);
    expect(result).toMatchObject({ error });
    expect(result.status).toBeUndefined();
  });

  it('reports a closed port, a name without an address, a server that speaks no HTTP and one that speaks no TLS', async () => {
    const port = await serve((_request, response) => response.end());
    const nonsense = await listen(net.createServer((socket) => socket.end('SSH-2.0-x\r\n\r\n')));
    const free = await listen(net.createServer());
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const post = async (url: string) => (await poster().post(url, {}, body)).error;
    expect(await post(`http://127.0.0.1:${free}/`)).toBe('refused');
    expect(await post('http://nothing.invalid/')).toBe('name');
    expect(await post(`http://127.0.0.1:${nonsense}/`)).toBe('not_http');
    expect(await post(`https://127.0.0.1:${port}/`)).toBe('tls');
  });

  it.each([301, 302, 303, 307, 308])('follows no %i', async (status) => {
    const port = await serve((_request, response) => response.writeHead(status, { location: '/elsewhere' }).end());
    expect(await poster().post(`http://127.0.0.1:${port}/`, {}, body)).toMatchObject({ status, error: 'redirect' });
    expect(asked).toHaveLength(1);
  });

  it('reads sixteen kilobytes of an endless answer and no more', async () => {
    let sent = 0;
    const port = await serve((_request, response) => {
      const more = () => {
        while (response.write(Buffer.alloc(65_536, 'x')) && sent < 1e9) sent += 65_536;
        response.once('drain', more);
      };
      more();
    });
    const result = await poster().post(`http://127.0.0.1:${port}/`, {}, body);
    expect(result.status).toBe(200);
    expect(result.responseBody).toHaveLength(16_384);
    expect(sent).toBeLessThan(50_000_000);
  });

  it('takes the status of an answer whose body never ends', async () => {
    const port = await serve((_request, response) => response.writeHead(200).write('a'));
    const result = await poster({ timeoutMs: 300 }).post(`http://127.0.0.1:${port}/`, {}, body);
    expect(result).toMatchObject({ status: 200, responseBody: Buffer.from('a') });
    expect(result.error).toBeUndefined();
  });

  it('uses a connection again, and a fresh one when the other side has closed it', async () => {
    const ports = new Set<number | undefined>();
    let sockets: net.Socket[] = [];
    const port = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      sockets.push(request.socket);
      response.end();
    });
    const sender = poster();
    for (let index = 0; index < 3; index += 1) expect((await sender.post(`http://127.0.0.1:${port}/`, {}, body)).status).toBe(200);
    expect(ports.size).toBe(1);
    for (let index = 0; index < 20; index += 1) {
      sockets.forEach((socket) => socket.destroy());
      sockets = [];
      expect((await sender.post(`http://127.0.0.1:${port}/`, {}, body)).status).toBe(200);
    }
  });

  it('stops when told to', async () => {
    const port = await serve(() => undefined);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 50);
    expect(await poster().post(`http://127.0.0.1:${port}/`, {}, body, abort.signal)).toMatchObject({ error: 'interrupted' });
  });
});

describe('private networks', () => {
  it.each(['127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', '::ffff:127.0.0.1', 'fd00::1'])(
    'are not reached by a name that points to %s',
    async (address) => {
      const port = await serve((_request, response) => response.end());
      const result = await poster({ allowPrivate: false, resolve: pointsTo(address) }).post(`http://example.com:${port}/`, {}, body);
      expect(result).toMatchObject({ error: 'private_address' });
      expect(asked).toEqual([]);
    },
  );

  it('are not reached by a name with one public and one private address', async () => {
    const result = await poster({ allowPrivate: false, resolve: pointsTo('93.184.215.14', '127.0.0.1') }).post(
      'http://example.com/',
      {},
      body,
    );
    expect(result).toMatchObject({ error: 'private_address' });
  });

  it.each(['http://127.0.0.1:PORT/', 'http://[::1]:PORT/', 'http://[::ffff:127.0.0.1]:PORT/', 'http://2130706433:PORT/'])(
    'are not reached by the address %s itself',
    async (url) => {
      const port = await serve((_request, response) => response.end());
      const result = await poster({ allowPrivate: false, resolve: resolveAny }).post(url.replace('PORT', String(port)), {}, body);
      expect(result).toMatchObject({ error: 'private_address' });
      expect(asked).toEqual([]);
    },
  );

  it('are not reached by a name that changes between the check and the connection', async () => {
    const port = await serve((_request, response) => response.end());
    let answers = 0;
    // The second answer would lead inside; there must be no second question.
    const rebinding: Resolve = async () => [{ address: answers++ === 0 ? '127.0.0.1' : '127.0.0.2', family: 4 }];
    const result = await poster({ resolve: rebinding }).post(`http://rebind.example:${port}/`, {}, body);
    expect(result.status).toBe(200);
    expect(answers).toBe(1);
    expect(asked).toEqual([`POST rebind.example:${port} /`]);
  });

  it('are not what the public resolver gives for names of this machine', async () => {
    await expect(resolvePublic('localhost')).rejects.toThrow();
  });
});
